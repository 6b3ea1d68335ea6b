import { explainAvailability, nines } from '../../bin/print-availability';
import { growInPlace } from '../../plan/growth';
import { plan } from '../../plan/plan';
import { loadSystem } from '../../systems';
import { scaleprint } from './command-line';

const { code, stdout } = scaleprint(['explain', 'marketplace', '--stage', 'growth']);
const planned = plan(loadSystem('marketplace'), 'growth');
const [deployment] = planned.deployments;

test('it succeeds', () => {
  expect(code).toBe(0);
});

test('every part is explained, with its reason', () => {
  for (const part of deployment!.parts) {
    expect(stdout).toContain(`${part.id}: ${part.technology}`);
    expect(stdout).toContain(part.reason);
  }
});

test('a figure is told with the source of whoever states it: the stage, the workload or the command line', () => {
  const { stdout: told } = scaleprint(['explain', 'email-service', '--stage', 'launch', '--set', 'mailboxBytes=1e9']);
  expect(told).toMatch(/^ {2}availability = 0\.99 .*, ch4, stated by the stage$/m);
  expect(told).toMatch(/^ {2}attachmentShare = 0\.3 .*, ch1$/m);
  expect(told).toMatch(/^ {2}mailboxBytes = 1B .*; --set$/m);
});

test('every limit is told with its source', () => {
  for (const { name, source } of deployment!.parts.flatMap((p) => p.dimensions)) {
    expect(stdout).toContain(`${name}: `);
    expect(stdout).toContain(source.title);
  }
});

test('every decision is told with what was rejected', () => {
  for (const d of planned.decisions) {
    expect(stdout).toContain(`${d.about}: ${d.chosen}, because`);
    for (const r of d.rejected) expect(stdout).toContain(`not ${r.option}: `);
  }
});

test('it says what happens when a zone is lost at peak', () => {
  expect(stdout).toContain('one zone lost at peak: ');
});

describe('availability', () => {
  const { entries, notCounted } = planned.availability;
  const [least] = entries;

  test('the path of each entry is told as arithmetic', () => {
    for (const { entry, path, estimated } of entries)
      expect(stdout).toContain(
        `  ${entry}: ${path.map((t) => `${nines(t.availability)} ${t.part}`).join(' x ')} = ${nines(estimated)}, weakest `,
      );
  });
  test('every term is told with its source', () => {
    for (const { part, availability, source } of entries.flatMap((e) => e.path))
      expect(stdout).toMatch(new RegExp(`^ +${part} ${nines(availability)} .*${source.date}`, 'm'));
    for (const { source } of entries.flatMap((e) => e.path)) expect(stdout).toContain(source.title);
  });
  test('a promise that is not kept is said so, with the weakest part', () => {
    expect(least!.estimated).toBeLessThan(planned.availability.promised);
    expect(stdout).toContain(`: below the promise; weakest part of ${least!.entry}: ${least!.weakest}, `);
  });
  test('what is not counted is listed with the reason', () => {
    expect(notCounted.length).toBeGreaterThan(0);
    for (const { part, why } of notCounted) expect(stdout).toContain(`not counted: ${part}, ${why}`);
  });
});

test('the way from the stage before is told in one order, with what is interrupted', () => {
  const { stdout: told } = scaleprint(['explain', 'payment-processing', '--stage', 'production', '--from', 'day-1']);
  const { growth } = growInPlace(plan(loadSystem('payment-processing'), 'day-1'), plan(loadSystem('payment-processing'), 'production'));
  const numbers = [...told.matchAll(/^ +(\d+)\. /gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(growth!.moves.map((_, i) => i + 1));
  for (const { part, from, to, effect, source } of growth!.interruptions)
    expect(told).toContain(`${part} in us-east-1: ${from} becomes ${to} where it is; ${effect} (${source.title}, ${source.date})`);
  for (const { down } of growth!.migrations) expect(told).toContain(`    down: ${down}`);
});

test('regions that stand in for each other are told from what all of them need', () => {
  const source = { title: 'an agreement', date: '2026-01-01', confidence: 'stated' } as const;
  const term = (part: string, region?: string) => ({ part, availability: 0.999, source, ...(region && { region }) });
  const path = [term('cdn'), term('front', 'us-east-1'), term('front', 'eu-west-1')];
  const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  explainAvailability({
    estimated: 0.999,
    promised: 0.99,
    entries: [{ entry: 'cdn', path, estimated: 0.999, weakest: 'cdn' }],
    notCounted: [],
  });
  const [first] = printed.mock.calls.map(([text]) => text);
  printed.mockRestore();
  expect(first).toBe('  cdn: 99.9 % cdn worldwide, x (99.9 % front in us-east-1) or (99.9 % front in eu-west-1) = 99.9 %, weakest cdn\n');
});
