import type { Part } from '../../../plan/sizing';
import { between, seeded } from '../random';
import { type Rule, rules } from './rules';

const DRAWS = 200;
const ROUNDING = 1 + 1e-6;
/** Sizes up to a tenth dearer are taken when they are fewer, so a larger demand may end up a tenth cheaper. */
const FEWER_UNITS_MAY_COST = 1.1;

const STEPS = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge', '4xlarge', '8xlarge'];
/** Price of a size relative to its family's first step, each costing twice the one before; pods and services on demand cost one. */
const priceOf = (size: string): number => 2 ** STEPS.findIndex((step) => size.split('.').includes(step));
const cost = (part: Part): number => part.cellsNeeded * part.count * priceOf(part.size);

function draw(rule: Rule, random: () => number): Record<string, number> {
  return Object.fromEntries(Object.entries(rule.demands).map(([name, [low, high]]) => [name, between(random, low, high)]));
}

describe.each([...rules])('$name', (rule) => {
  describe.each([1, 3])('in %i zones', (zones) => {
    const random = seeded(zones);
    const demands = Array.from({ length: DRAWS }, () => draw(rule, random));
    const parts = demands.map((d) => rule.size(d, zones));
    // A part whose one copy passes a hard limit is planned again in more cells; only what remains is built.
    const built = parts.filter((part) => part.cellsNeeded === 1);

    test('the draws reach what can be built', () => {
      expect(built.length).toBeGreaterThan(DRAWS / 20);
    });

    test('no dimension is above the target at peak', () => {
      expect(built.filter((part) => part.dimensions.some((d) => d.atPeak > part.target * ROUNDING))).toEqual([]);
    });

    test('no dimension is above the target with a zone lost', () => {
      expect(built.filter((part) => part.dimensions.some((d) => d.zoneLost !== null && d.zoneLost > part.target * ROUNDING))).toEqual([]);
    });

    test('only what lives in one zone is down with it', () => {
      const down = parts.filter((part) => part.utilisationZoneLost === null);
      if (rule.oneZone) expect(down).toEqual(parts);
      else if (zones > 1) expect(down).toEqual([]);
    });

    test('the fullest dimension binds and lends its source', () => {
      for (const part of parts) {
        const fullest = part.dimensions.reduce((a, b) => (b.atPeak > a.atPeak ? b : a));
        expect([part.binding, part.utilisation, part.source]).toEqual([fullest.name, fullest.atPeak, fullest.source]);
      }
    });

    test('every dimension names its source', () => {
      const sources = new Set(parts.flatMap((part) => part.dimensions).map(({ source }) => source));
      for (const { title, date, confidence } of sources) {
        expect(title).not.toBe('');
        expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
        expect(['stated', 'derived', 'remembered', 'assumed']).toContain(confidence);
      }
    });

    describe.each(Object.keys(rule.demands))('more %s', (grown) => {
      const steps = [1.05, 4].flatMap((factor) =>
        demands.map((demand, i) => ({ before: parts[i]!, after: rule.size({ ...demand, [grown]: demand[grown]! * factor }, zones) })),
      );

      test('never needs fewer cells', () => {
        expect(steps.filter(({ before, after }) => after.cellsNeeded < before.cellsNeeded)).toEqual([]);
      });

      test('never buys less for as many cells', () => {
        const measure = rule.bought ?? cost;
        const comparable = steps.filter(({ before, after }) => before.cellsNeeded === after.cellsNeeded);
        expect(comparable.filter(({ before, after }) => measure(after) * FEWER_UNITS_MAY_COST < measure(before))).toEqual([]);
      });
    });
  });
});
