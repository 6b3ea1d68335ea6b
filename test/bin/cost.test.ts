import type { Estimate } from '../../cost/estimate';
import { scaleprint } from './command-line';

describe('cost --json of a stage', () => {
  const { code, stdout } = scaleprint(['cost', 'payment-processing', '--stage', 'day-1', '--json']);
  const document = JSON.parse(stdout) as Estimate & { system: string; stage: string };

  test('is one document about its stage, with currency, region and date of the prices', () => {
    expect(code).toBe(0);
    expect(document).toMatchObject({
      system: 'payment-processing',
      stage: 'day-1',
      currency: 'USD',
      region: 'us-east-1',
      priceBook: { asOf: expect.stringMatching(/^\d{4}-\d\d/) },
      unpriced: expect.any(Array),
      coverage: expect.any(Object),
    });
  });

  test('every line has the fields of the contract', () => {
    expect(document.lineItems.length).toBeGreaterThan(0);
    for (const line of document.lineItems)
      expect(line).toMatchObject({
        resource: expect.any(String),
        type: expect.any(String),
        dimension: expect.any(String),
        quantity: expect.any(Number),
        unit: expect.any(String),
        unitPrice: expect.any(Number),
        monthly: expect.any(Number),
        source: { name: expect.any(String), date: expect.any(String), confidence: expect.any(String) },
      });
  });

  test('lines add up to the total, AWS and third parties to the same', () => {
    const { total, onDemand, thirdParty } = document.monthly;
    expect(document.lineItems.reduce((sum, line) => sum + line.monthly, 0)).toBeCloseTo(total, 2);
    expect(onDemand + thirdParty).toBeCloseTo(total, 2);
  });
});
