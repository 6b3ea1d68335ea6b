import { interruptionsBetween } from '../../plan/interruption';
import { type Deployment, type Plan, plan } from '../../plan/plan';
import type { Part } from '../../plan/sizing';
import { growthPath } from '../../plan/system';
import { allSystems, loadSystem } from '../../systems';

const between = (system: string, from: string, to: string) =>
  interruptionsBetween(plan(loadSystem(system), from), plan(loadSystem(system), to));
const effects = (system: string, from: string, to: string) =>
  Object.fromEntries(between(system, from, to).map(({ part, effect }) => [part, effect]));

/** What another size of one part does, everything else staying what it is. */
function effectOn(system: string, stage: string, id: string, was: Partial<Part>, is: Partial<Part>): string | undefined {
  const planned = plan(loadSystem(system), stage);
  const withPart = (own: Partial<Part>): Plan => ({
    ...planned,
    deployments: planned.deployments.map((deployment): Deployment => ({
      ...deployment,
      parts: deployment.parts.map((part) => (part.id === id ? ({ ...part, ...own } as Part) : part)),
    })),
  });
  const [found, ...others] = interruptionsBetween(withPart(was), withPart(is));
  expect(others).toEqual([]);
  return found?.effect;
}

test('what stays is not interrupted', () => {
  for (const system of allSystems())
    for (const stage of growthPath(system)) expect(interruptionsBetween(plan(system, stage), plan(system, stage))).toEqual([]);
});

test('a database without a standby is down, one with a standby fails over', () => {
  expect(effects('marketplace', 'launch', 'traction').database).toMatch(/^down while it restarts/);
  expect(effects('payment-processing', 'day-1', 'production').database).toMatch(/^fails over to its standby/);
  const classes = [{ instanceClass: 'db.m7g.large' }, { instanceClass: 'db.m7g.xlarge' }] as const;
  const change = (was: object, is: object) =>
    effectOn('marketplace', 'growth', 'database', { ...classes[0], ...was }, { ...classes[1], ...is });
  expect(change({ topology: 'single' }, { topology: 'multi-az' })).toMatch(/^down/);
  expect(change({ topology: 'aurora', readersPerShard: 2 }, { topology: 'aurora' })).toMatch(/^fails over to a reader/);
  expect(change({ topology: 'aurora', readersPerShard: 0 }, { topology: 'aurora' })).toBe('down while it restarts');
  expect(change({ readersPerShard: 0 }, {})).not.toContain('reader');
  expect(change({ readersPerShard: 2 }, {})).toContain('each reader is down while it restarts');
});

test('a machine stops, and one that makes room for a cluster does more than that', () => {
  const [box] = between('marketplace', 'launch', 'traction').filter(({ part }) => part === 'box');
  expect(box).toMatchObject({
    from: 't4g.medium',
    to: 't4g.xlarge',
    phase: 'compute',
    effect: expect.stringMatching(/^down while it stops/),
  });
  expect(effects('payment-processing', 'day-1', 'production').box).toBeUndefined();
});

test('caches and brokers of several nodes keep answering, those of one do not', () => {
  expect(effects('payment-processing', 'day-1', 'production').redis).toMatch(/a few seconds/);
  expect(effects('notifications', 'scale', 'production').redis).toMatch(/^keeps answering/);
  const kafka = [{ brokerType: 'kafka.m7g.large' }, { brokerType: 'kafka.m7g.xlarge' }] as const;
  expect(effectOn('marketplace', 'hyper', 'events', ...kafka)).toMatch(/^a broker at a time/);
  const rabbit = [{ brokerType: 'mq.m5.large' }, { brokerType: 'mq.m5.xlarge' }] as const;
  expect(effectOn('payment-processing', 'production', 'events', ...rabbit)).toMatch(/^a node at a time/);
  expect(effectOn('payment-processing', 'day-1', 'events', ...rabbit)).toMatch(/^down while it restarts/);
});

test('what is replaced by another make moves, and is not said to stay', () => {
  expect(effects('payment-processing', 'day-1', 'production').events).toBeUndefined();
  expect(effects('marketplace', 'growth', 'scale').cache).toBeUndefined();
});

test('each says where it is from', () => {
  const all = allSystems().flatMap((system) =>
    growthPath(system)
      .slice(1)
      .flatMap((stage, i) => between(system.id, growthPath(system)[i]!, stage)),
  );
  expect(all.length).toBeGreaterThan(8);
  for (const { source, from, to } of all) {
    expect(from).not.toBe(to);
    if (source.confidence === 'stated') expect(source.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    else expect(source.confidence).toBe('remembered');
  }
});
