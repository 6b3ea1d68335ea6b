import { clusterShortage, fewestCells, partShortage } from '../../plan/cells';
import { type Plan, plan } from '../../plan/plan';
import { tiny } from './tiny-system';

const growth = plan(tiny, 'growth').deployments[0]!;
const cellsDecision = (p: Plan) => p.decisions.find((d) => d.about === 'cells');

/** A deployment that needs so many cells in all. */
const needing = (total: number) => (cells: number) => ({
  cells,
  parts: [],
  ...(total > cells && { shortage: { of: 'web', cellsNeeded: Math.ceil(total / cells), because: `${total} in ${cells}` } }),
});

test('the fewest cells that fit, and what one less would be too small for', () => {
  for (const total of [1, 2, 3, 7, 40, 64]) {
    const { laid, avoided } = fewestCells(needing(total), 'x');
    expect(laid.cells).toBe(total);
    expect(avoided?.because).toBe(total === 1 ? undefined : `${total} in ${total - 1}`);
  }
});

test('more than 64 are refused', () => {
  expect(() => fewestCells(needing(65), 'tiny in us-east-1')).toThrow('tiny in us-east-1 needs more than 64 cells');
});

test('of several parts the one that asks for the most cells', () => {
  const needing = (...cells: number[]) => cells.map((cellsNeeded, i) => ({ ...growth.parts[0]!, id: `part${i}`, cellsNeeded }));
  expect(partShortage(needing(1, 1))).toBeUndefined();
  expect(partShortage(needing(1, 3, 2))).toMatchObject({ of: 'part1', cellsNeeded: 3 });
});

test('a cluster asks for cells past 5000 nodes, or where the addresses of a subnet are all given out', () => {
  const nodes = (max: number) => ({ ...growth, nodeGroups: [{ ...growth.nodeGroups[0]!, nodes: { min: 1, expected: 1, peak: 1, max } }] });
  expect(clusterShortage(nodes(4000))).toBeUndefined();
  expect(clusterShortage(nodes(4500))).toMatchObject({ of: 'the cluster', cellsNeeded: 2, because: expect.stringContaining('addresses') });
  expect(clusterShortage({ ...nodes(4500), zones: 5 })).toBeUndefined();
  expect(clusterShortage({ ...nodes(5001), zones: 5 })).toMatchObject({ cellsNeeded: 2, because: expect.stringContaining('nodes') });
});

test('a stage in one cell decides nothing about cells', () => {
  expect(cellsDecision(plan(tiny, 'growth'))).toBeUndefined();
});

test('a stage in several says which part asks for them, by which limit, and what it was chosen over', () => {
  const decision = cellsDecision(plan(tiny, 'growth', { users: 1000e6, requestsPerPod: 1e5 }))!;
  expect(decision.chosen).toBe('2 in us-east-1');
  expect(decision.because).toMatch(/with one fewer answers passes a limit in us-east-1: .*1M units\/s/);
  expect(decision.rejected).toEqual([expect.objectContaining({ because: expect.stringContaining('nothing is clipped silently') })]);
});
