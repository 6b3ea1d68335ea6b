import { compare } from '../../cost/compare';
import type { Estimate } from '../../cost/estimate';

const estimateOf = (lines: [type: string, monthly: number][]): Estimate => ({
  ...{ currency: 'USD', region: 'us-east-1', priceBook: { asOf: '' }, unpriced: [], free: [] },
  coverage: { resources: 0, objects: 0, priced: 0, free: 0, lackingUsage: 0, unknown: 0, noPrice: 0 },
  monthly: { total: lines.reduce((sum, [, monthly]) => sum + monthly, 0), onDemand: 0, thirdParty: 0, min: 0, max: 0 },
  lineItems: lines.map(([type, monthly]) => ({
    resource: 'r',
    type,
    stack: 's',
    region: 'us-east-1',
    section: 'aws' as const,
    dimension: 'd',
    unit: 'hour',
    unitPrice: 1,
    formula: '',
    quantity: 1,
    quantityMin: 1,
    quantityMax: 1,
    monthly,
    monthlyMin: monthly,
    monthlyMax: monthly,
    source: { name: '', date: '', confidence: 'listed' as const },
  })),
});

test('puts estimates side by side: total, price per user, dearest types', () => {
  const launch = estimateOf([
    ['A', 10],
    ['B', 25],
    ['A', 20.5],
  ]);
  const growth = estimateOf([
    ['A', 1],
    ['B', 2],
    ['C', 3],
    ['D', 4],
    ['E', 5],
    ['F', 6],
  ]);
  const { rows } = compare([
    { system: 'chat', stage: 'launch', estimate: launch, users: 1000 },
    { system: 'chat', stage: 'growth', estimate: growth },
  ]);
  expect(rows[0]).toEqual({
    system: 'chat',
    stage: 'launch',
    monthly: 55.5,
    perUser: 0.0555,
    topItems: [
      { type: 'A', monthly: 30.5 },
      { type: 'B', monthly: 25 },
    ],
  });
  expect(rows[1]).toMatchObject({ stage: 'growth', monthly: 21, perUser: null });
  expect(rows[1]!.topItems.map(({ type }) => type)).toEqual(['F', 'E', 'D', 'C', 'B']);
});
