import { everySandbox, everyStage } from '../every-stage';

describe.each([...everyStage, ...everySandbox])('bill of %s', (_, stage) => {
  const { bill } = stage;

  test('knows every resource type', () => {
    expect(bill.coverage.resources).toBeGreaterThan(0);
    expect(bill.unpriced).toEqual([]);
    expect(bill.coverage).toMatchObject({ unknown: 0, lackingUsage: 0, noPrice: 0 });
  });

  test('counts every resource and every object once', () => {
    const { resources, objects, ...verdicts } = bill.coverage;
    expect(resources).toBe(stage.templates.reduce((n, template) => n + Object.keys(template.resources).length, 0));
    expect(objects).toBe(stage.objects.length);
    expect(Object.values(verdicts).reduce((a, b) => a + b, 0)).toBe(resources + objects);
  });

  test('is the sum of its lines', () => {
    expect(bill.lineItems.length).toBeGreaterThan(0);
    const sum = bill.lineItems.reduce((n, line) => n + Math.round(line.monthly * 1e6), 0) / 1e6;
    expect(bill.monthly.total).toBeCloseTo(sum, 6);
    expect(bill.monthly.total).toBeCloseTo(bill.monthly.onDemand + bill.monthly.thirdParty, 6);
  });

  test('lies between its fleets scaled in and scaled out', () => {
    expect(bill.monthly.min).toBeLessThanOrEqual(bill.monthly.total);
    expect(bill.monthly.total).toBeLessThanOrEqual(bill.monthly.max);
  });

  test('names formula and source on every line', () => {
    expect(bill.lineItems.filter((l) => !l.formula || !l.source.name || !l.source.confidence)).toEqual([]);
  });
});

test('a launch stage of the marketplace costs less than 150 USD a month', () => {
  const [, launch] = everyStage.find(([name]) => name === 'marketplace launch')!;
  expect(launch.bill.monthly.total).toBeGreaterThan(0);
  expect(launch.bill.monthly.total).toBeLessThan(150);
});
