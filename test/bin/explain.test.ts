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
