import { estimateOf, regionsOf, type Term, weakestOf } from '../../../plan/availability/term';
import { docs } from '../../../plan/source';
import { seeded } from '../random';

const source = docs('an agreement', '2026-01-01');
const term = (part: string, availability: number, region?: string): Term => ({ part, availability, source, ...(region && { region }) });

test('what is in series multiplies', () => {
  const path = [term('front', 0.99), term('store', 0.9)];
  expect(estimateOf(path)).toBeCloseTo(0.891, 12);
  expect(estimateOf(path, 'store')).toBeCloseTo(0.99, 12);
});

test('any one of the regions will do: 0.99 x (1 - (1 - 0.9 x 0.8) x (1 - 0.5)) = 0.8514', () => {
  const path = [term('cdn', 0.99), term('front', 0.9, 'east'), term('store', 0.8, 'east'), term('front', 0.5, 'west')];
  expect(regionsOf(path)).toEqual(['east', 'west']);
  expect(estimateOf(path)).toBeCloseTo(0.8514, 12);
});

test('one region is as good as none to choose from', () => {
  expect(estimateOf([term('cdn', 0.9), term('front', 0.8, 'east')])).toBeCloseTo(0.72, 12);
});

test('a further term in series never raises the estimate, a further region never lowers it', () => {
  const random = seeded(7);
  for (let i = 0; i < 200; i++) {
    const path = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, n) =>
      term(`p${n}`, random(), ['east', 'west', undefined][n % 3]),
    );
    const before = estimateOf(path);
    for (const region of [undefined, ...regionsOf(path)])
      expect(estimateOf([...path, term('more', random(), region)])).toBeLessThanOrEqual(before + 1e-12);
    if (regionsOf(path).length) expect(estimateOf([...path, term('front', random(), 'north')])).toBeGreaterThanOrEqual(before - 1e-12);
  }
});

describe('the weakest part', () => {
  test('in series is the least available, the first of equals', () => {
    expect(weakestOf([term('front', 0.999), term('store', 0.99), term('queue', 0.99)])).toBe('store');
  });
  test('is what all regions share rather than what each has of its own', () => {
    const regions = ['east', 'west'].map((region) => term('store', 0.99, region));
    expect(weakestOf([...regions, term('cdn', 0.999)])).toBe('cdn');
  });
});
