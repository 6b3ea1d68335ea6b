import { systemIds } from '../../systems';
import { scaleprint } from './command-line';

interface Listed {
  id: string;
  aliases: string[];
  title: string;
  sources: { seed: string; row: number }[];
  stages: { name: string; title: string; figures: Record<string, number> }[];
}

describe('list --json', () => {
  const { code, stdout, stderr } = scaleprint(['list', '--json']);
  const systems = JSON.parse(stdout) as Listed[];

  test('succeeds without a word on stderr', () => {
    expect([code, stderr]).toEqual([0, '']);
  });

  test('has every system', () => {
    expect(systems.map((s) => s.id)).toEqual(systemIds());
    expect(systems.length).toBeGreaterThan(0);
  });

  test('tells id, aliases, title, sources and stages of each', () => {
    for (const system of systems)
      expect(system).toEqual({
        id: expect.stringMatching(/^[a-z0-9-]+$/),
        aliases: expect.any(Array),
        title: expect.stringMatching(/./),
        sources: expect.arrayContaining([{ seed: expect.stringMatching(/^\d{3}$/), row: expect.any(Number) }]),
        stages: expect.any(Array),
      });
  });

  test('tells name, title and stated figures of each stage', () => {
    for (const stage of systems.flatMap((s) => s.stages)) {
      expect(stage).toEqual({
        name: expect.stringMatching(/^[a-z0-9-]+$/),
        title: expect.stringMatching(/./),
        figures: expect.any(Object),
      });
      expect(Object.values(stage.figures).every((value) => typeof value === 'number')).toBe(true);
    }
  });
});

test('an alias finds its system', () => {
  const { stdout } = scaleprint(['list', 'shop', '--json']);
  expect((JSON.parse(stdout) as Listed[]).map((s) => s.id)).toEqual(['marketplace']);
});
