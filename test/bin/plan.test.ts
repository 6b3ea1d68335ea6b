import { nines } from '../../bin/print-availability';
import type { planDocument } from '../../bin/verbs/plan';
import { plan } from '../../plan/plan';
import { loadSystem } from '../../systems';
import { scaleprint } from './command-line';

type Document = ReturnType<typeof planDocument>;

describe('plan --json of one stage', () => {
  const { code, stdout, stderr } = scaleprint([
    'plan',
    'marketplace',
    '--stage',
    'massive',
    '--set',
    'teamSize=50',
    '--region',
    'eu-central-1',
    '--json',
  ]);
  const document = JSON.parse(stdout) as Document;

  test('is one document, without a word on stderr', () => {
    expect([code, stderr]).toEqual([0, '']);
    expect(document).toMatchObject({ system: 'marketplace', stage: 'massive', quotas: expect.any(Array) });
  });

  test('is planned with the figures and the home region it was given', () => {
    expect(document.workload.teamSize).toBe(50);
    expect(document.regions[0]!.name).toBe('eu-central-1');
  });

  test('counts the cells of all regions', () => {
    expect(document.cells).toBe(document.regions.reduce((n, r) => n + r.cells, 0));
    expect(document.cells).toBeGreaterThanOrEqual(3);
  });

  test('every part tells kind, size, count, utilisation, reason, source and region', () => {
    expect(document.parts.length).toBeGreaterThan(0);
    const regions = document.regions.map((r) => r.name);
    for (const part of document.parts) {
      expect(part).toMatchObject({
        id: expect.any(String),
        kind: expect.any(String),
        size: expect.any(String),
        count: expect.any(Number),
        utilisation: expect.any(Number),
        reason: expect.stringMatching(/\.$/),
        source: { title: expect.any(String), date: expect.any(String), confidence: expect.any(String) },
      });
      expect(regions).toContain(part.region);
    }
  });

  test('flows and decisions are there', () => {
    expect(document.flows.length).toBeGreaterThan(0);
    expect(document.decisions.length).toBeGreaterThan(0);
  });

  test('the estimate of its availability stands beside the promise', () => {
    expect(document.availability).toMatchObject({ promised: document.workload.availability, estimated: expect.any(Number) });
    expect(document.availability.entries.length).toBeGreaterThan(0);
  });
});

describe('plan --all --json', () => {
  const { code, stdout } = scaleprint(['plan', 'marketplace', '--all', '--json']);

  test('is an array of every stage, in order', () => {
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Document[]).map((d) => d.stage)).toEqual(Object.keys(loadSystem('marketplace').stages));
  });
});

test('without --json it is a table for people', () => {
  const { code, stdout } = scaleprint(['plan', 'marketplace', '--stage', 'launch']);
  expect(code).toBe(0);
  expect(stdout).toContain('marketplace launch');
  expect(stdout).toMatch(/part +technology +size +count/);
  const { promised, estimated, entries } = plan(loadSystem('marketplace'), 'launch').availability;
  expect([promised, estimated < promised]).toEqual([0.99, true]);
  expect(stdout).toContain(
    `availability: promised 99 %, 438 minutes down a month; estimated ${nines(estimated)}, ${Math.round((1 - estimated) * 43_800)} minutes: below the promise; weakest part of ${entries[0]!.entry}: ${entries[0]!.weakest}, 99.5 %`,
  );
});

test.each([
  [0.5, '50 %'],
  [0.99, '99 %'],
  [0.9995, '99.95 %'],
  [0.99992525, '99.9925 %'],
  [0.9999999, '99.99999 %'],
  [1, '100 %'],
])('%d keeps its nines: %s', (share, text) => {
  expect(nines(share)).toBe(text);
});

describe('a stage that an environment grows into', () => {
  test('names what has to be moved, as JSON and in one line', () => {
    const asked = ['plan', 'marketplace', '--stage', 'hyper', '--from', 'growth', '--from', 'scale'];
    const { growth } = JSON.parse(scaleprint([...asked, '--json']).stdout) as Document;
    expect([growth!.from, growth!.migrations.map(({ part }) => part)]).toEqual(['scale', ['database', 'events']]);
    expect(scaleprint(asked).stdout).toContain('from scale: database, events to be moved');
    expect(JSON.parse(scaleprint(['plan', 'marketplace', '--stage', 'hyper', '--json']).stdout)).not.toHaveProperty('growth');
  });

  test('has to be there, and to have stacks that stay', () => {
    const unknown = scaleprint(['explain', 'marketplace', '--stage', 'scale', '--from', 'growht']);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean "growth"?')]);
    const alone = scaleprint(['synth', 'marketplace', '--stage', 'scale', '--from', 'growth']);
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('--environment')]);
  });
});
