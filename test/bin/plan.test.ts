import type { planDocument } from '../../bin/verbs/plan';
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
});
