import { migrationsBetween } from '../../plan/migration';
import { PHASES } from '../../plan/migration-way';
import { type Plan, plan } from '../../plan/plan';
import { growthPath } from '../../plan/system';
import { allSystems, loadSystem } from '../../systems';

const between = (system: string, from: string, to: string) =>
  migrationsBetween(plan(loadSystem(system), from), plan(loadSystem(system), to));
const moved = (system: string, from: string, to: string) => between(system, from, to).map(({ part, region }) => `${region} ${part}`);

test('a plan that stays moves nothing', () => {
  for (const system of allSystems())
    for (const stage of growthPath(system)) expect(migrationsBetween(plan(system, stage), plan(system, stage))).toEqual([]);
});

test('larger sizes, a standby and more shards of a cache move nothing', () => {
  expect(moved('marketplace', 'launch', 'traction')).toEqual([]);
  expect(moved('rate-limiter', 'reference-design', 'worst-case')).toEqual([]);
});

test('another platform, mode, service or set of parts moves what it is about', () => {
  expect(moved('marketplace', 'traction', 'growth')).toEqual(['us-east-1 box']);
  expect(moved('rate-limiter', 'start', 'reference-design')).toEqual(['us-east-1 counters']);
  expect(moved('payment-processing', 'day-1', 'production')).toEqual(['us-east-1 box', 'us-east-1 events']);
  expect(moved('real-time-chat', 'mvp', 'growth')).toEqual(['us-east-1 redis', 'us-east-1 messages']);
});

test('what a part leaves goes to what is new of its sort', () => {
  const [database, events] = between('marketplace', 'scale', 'hyper');
  expect([database!.part, database!.to]).toEqual(['database', 'orders (Aurora MySQL, 3 shards), catalogue (Aurora MySQL)']);
  expect([events!.part, events!.to]).toEqual(['events', 'events (MSK, KRaft)']);
});

test('rows are spread over more shards, once', () => {
  const [messages, ...others] = between('real-time-chat', 'growth', 'scale');
  expect([messages!.part, others]).toEqual(['messages', []]);
  expect(messages!.because).toContain('6 become 24');
  expect(between('real-time-chat', 'mvp', 'growth').filter(({ part }) => part === 'messages')).toHaveLength(1);
});

test('a region that is given up leaves all it holds', () => {
  const before = plan(loadSystem('payment-processing'), 'multi-region');
  const [home] = before.deployments;
  const after: Plan = { ...before, deployments: [home!] };
  const left = migrationsBetween(before, after);
  expect(left.length).toBeGreaterThan(2);
  expect(new Set(left.map(({ region, to }) => `${region} ${to}`))).toEqual(new Set(['eu-west-1 nothing of this region']));
});

test('each says what to do in order, what is down, and where that is from', () => {
  const all = allSystems().flatMap((system) =>
    growthPath(system)
      .slice(1)
      .flatMap((stage, i) => migrationsBetween(plan(system, growthPath(system)[i]!), plan(system, stage))),
  );
  expect(all.length).toBeGreaterThan(8);
  for (const { steps, down, because, source } of all) {
    expect(steps.length).toBeGreaterThan(2);
    const turns = steps.map(({ phase }) => PHASES.indexOf(phase));
    expect(turns).toEqual([...turns].sort((a, b) => a - b));
    for (const text of [...steps.map(({ what }) => what), down, because]) expect(text).not.toMatch(/undefined|\[object/);
    expect(source).toMatchObject({
      confidence: 'stated',
      url: expect.stringMatching(/^https:\/\/(docs\.aws\.amazon\.com|kubernetes\.io\/docs)\//),
    });
  }
});
