import { tieredCost } from '../../cost/tiers';

const egress = [
  { from: 0, to: 10_240, usd: 0.09 },
  { from: 10_240, to: 51_200, usd: 0.085 },
  { from: 51_200, to: Infinity, usd: 0.07 },
];

describe('graduated prices', () => {
  test.each([
    [0, 0],
    [100, 9], // 100 x 0.09
    [10_240, 921.6], // all of the first tier
    [20_480, 1792], // 921.60 + 10,240 x 0.085 = 921.60 + 870.40
    [61_440, 5120], // 921.60 + 40,960 x 0.085 + 10,240 x 0.07 = 921.60 + 3,481.60 + 716.80
  ])('%d GB cost %d USD', (gb, usd) => expect(tieredCost(egress, gb)).toBeCloseTo(usd, 9));

  test('what lies below the first tier is free', () => {
    expect(tieredCost([{ from: 1000, to: Infinity, usd: 0.005 }], 1500)).toBeCloseTo(500 * 0.005, 9);
  });

  test('what passes a bounded last tier, or falls in a gap, keeps the price before it', () => {
    const gappy = [
      { from: 0, to: 10, usd: 2 },
      { from: 20, to: 30, usd: 1 },
    ];
    expect(tieredCost(gappy, 40)).toBe(20 * 2 + 20 * 1);
  });
});
