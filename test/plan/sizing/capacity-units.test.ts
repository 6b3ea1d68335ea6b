import { billingOf, mostUnits, unitsOf } from '../../../plan/sizing/capacity-units';
import { rate, steady } from '../../../plan/units';

const none = steady(0);

test('a steady load is provisioned, one that peaks at four times its average is not', () => {
  const modes = [1, 3, 3.8, 3.9, 24].map((peak) => billingOf(rate(100, 100 * peak), none, false).mode);
  expect(modes).toEqual(['provisioned', 'provisioned', 'provisioned', 'on demand', 'on demand']);
});

test('the break-even is where units for a load midway between average and peak cost as much as requests', () => {
  // A million writes: on demand, and at 70 % of units of 0.00065 USD an hour.
  const onDemand = 0.625;
  const scaled = (peak: number) => ((((1 + peak) / 2) * 0.00065) / 3600 / 0.7) * 1e6;
  for (const peak of [1, 2, 3, 3.8, 3.9, 5, 10])
    expect(billingOf(rate(1, peak), none, false).mode).toBe(scaled(peak) < onDemand ? 'provisioned' : 'on demand');
});

test('a read counts a fifth of a write', () => {
  const spiky = rate(100, 2000);
  expect(billingOf(steady(1000), spiky, false).mode).toBe('provisioned');
  expect(billingOf(spiky, steady(1000), false).mode).toBe('on demand');
});

test('what nobody uses, or several regions share, is on demand', () => {
  expect(billingOf(none, none, false).mode).toBe('on demand');
  expect(billingOf(steady(100), none, true)).toMatchObject({ mode: 'on demand', reason: expect.stringContaining('take over') });
});

test('scaling goes from half the average to the peak, at 70 %', () => {
  const billing = billingOf(rate(140, 350), none, false);
  const units = unitsOf(rate(140, 350), billing);
  expect(units).toEqual({ load: rate(140, 350), provisioned: { min: 100, max: 500, targetPercent: 70 } });
  expect(unitsOf(none, billing).provisioned).toMatchObject({ min: 1, max: 1 });
  expect(mostUnits(units)).toBe(500);
});

test('nothing is provisioned on demand, where the peak is the most there is', () => {
  const units = unitsOf(rate(1, 100), billingOf(rate(1, 100), none, false));
  expect([units, mostUnits(units)]).toEqual([{ load: rate(1, 100) }, 100]);
});
