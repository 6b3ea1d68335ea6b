import { type Dimension, fit, type Spread, together, unitsFor, utilise } from '../../plan/fit';
import { docs } from '../../plan/source';
import { between, seeded } from './random';

const source = docs('a limit', '2026-01-01');
const dimension = (demand: number, perUnit: number, name = 'requests'): Dimension => ({
  name,
  demand,
  perUnit,
  unit: 'requests/s',
  source,
});

/** Units of the zone that has most of them. */
const fullest = (units: number, zones: number): number => Math.ceil(units / zones);
const holds = (units: number, d: Dimension, { zones, target, standIn }: Spread): boolean => {
  const left = zones > 1 && !standIn ? units - fullest(units, zones) : units;
  return d.demand / (d.perUnit * target) <= left + 1e-6;
};

test('1000 requests over pods of 100 at 80 % are 13 pods: 1000 / (100 x 0.8) = 12.5', () => {
  expect(unitsFor([dimension(1000, 100)], { zones: 1, target: 0.8 })).toBe(13);
});

test('with one of three zones lost 13 have to be left: 20 pods are 7, 7 and 6', () => {
  const { count, utilisation, utilisationZoneLost } = fit([dimension(1000, 100)], { zones: 3, target: 0.8 });
  expect(count).toBe(20);
  expect(utilisation).toBeCloseTo(0.5);
  expect(utilisationZoneLost).toBeCloseTo(1000 / (13 * 100));
});

test('a stand-in in another zone costs no capacity', () => {
  expect(unitsFor([dimension(1000, 100)], { zones: 3, target: 0.8, standIn: true })).toBe(13);
});

test('the dimension that needs most units binds', () => {
  const { count, binding } = fit([dimension(1000, 100, 'requests'), dimension(90, 2, 'connections')], { zones: 1, target: 1 });
  expect([count, binding]).toEqual([45, 'connections']);
});

test('a part without load still has a unit, and two where zones must be survived', () => {
  expect(unitsFor([dimension(0, 100)], { zones: 1, target: 0.8 })).toBe(1);
  expect(unitsFor([dimension(0, 100)], { zones: 3, target: 0.8 })).toBe(2);
});

test('rounding does not buy a unit: 0.1 + 0.2 over units of 0.3 is one', () => {
  expect(unitsFor([dimension(0.1 + 0.2, 0.3)], { zones: 1, target: 1 })).toBe(1);
});

test('a part of one zone is down with it', () => {
  expect(fit([dimension(10, 100)], { zones: 1, target: 0.8 }).utilisationZoneLost).toBeNull();
});

test('demand of any size is answered at once', () => {
  expect(unitsFor([dimension(1e15, 1)], { zones: 3, target: 1 })).toBe(1.5e15);
});

const spreads: Spread[] = [1, 2, 3].flatMap((zones) => [
  { zones, target: 0.8 },
  { zones, target: 0.7, minimum: 5 },
  { zones, target: 0.75, multipleOf: zones },
  { zones, target: 0.75, standIn: true },
]);

test.each(spreads)('units are enough, the fewest that are, and never fewer for more demand: %j', (spread) => {
  const { minimum = 1, multipleOf = 1 } = spread;
  const random = seeded(7);
  for (let i = 0; i < 500; i++) {
    const dimensions = [dimension(between(random, 1, 1e6), between(random, 1, 1e3)), dimension(between(random, 1, 1e6), 100)];
    const units = unitsFor(dimensions, spread);
    const enough = (n: number) => dimensions.every((d) => holds(n, d, spread));
    expect(units % multipleOf).toBe(0);
    expect(units).toBeGreaterThanOrEqual(minimum);
    expect(enough(units)).toBe(true);
    const oneStepFewer = units - multipleOf;
    if (oneStepFewer >= Math.max(1, minimum)) expect(enough(oneStepFewer)).toBe(false);
    expect(unitsFor([{ ...dimensions[0]!, demand: dimensions[0]!.demand * 1.1 }, dimensions[1]!], spread)).toBeGreaterThanOrEqual(units);
  }
});

test('two fleets of a part bind by the fullest dimension of both', () => {
  const primaries = utilise(2, [dimension(100, 100, 'writes')], { zones: 2, target: 0.7, standIn: true });
  const readers = utilise(3, [dimension(240, 100, 'reads')], { zones: 3, target: 0.7 });
  const both = together(primaries, readers);
  expect([both.count, both.binding]).toEqual([2, 'reads']);
  expect(both.utilisation).toBeCloseTo(0.8);
  expect(both.utilisationZoneLost).toBeCloseTo(1.2);
});

test('a part is down with its zone when one of its fleets is', () => {
  const primaries = utilise(1, [dimension(10, 100, 'writes')], { zones: 2, target: 0.7, standIn: true });
  const readers = utilise(1, [dimension(10, 100, 'reads')], { zones: 1, target: 0.7 });
  expect(together(primaries, readers).utilisationZoneLost).toBeNull();
});
