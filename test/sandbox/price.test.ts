import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inEnvironment } from '../../plan/environment';
import { plan } from '../../plan/plan';
import { smallest } from '../../plan/smallest';
import { PriceBook } from '../../cost/price-book';
import { bill } from '../../pipeline/bill';
import { synthesize } from '../../pipeline/synthesize';
import { priceSandbox, requireBudget } from '../../sandbox/price';
import { loadSystem } from '../../systems';

describe('the price of a sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const sandbox = {
    name: 'marketplace-launch-alice',
    owner: 'alice',
    expires: new Date('2026-11-22T10:00:00Z'),
    budgetUsd: 20,
    usdPerHour: 0,
  };
  synthesize(inEnvironment(smallest(plan(loadSystem('marketplace'), 'launch')), 'launch-alice'), folder, { sandbox });
  const price = priceSandbox(folder);

  test('is the sum of its lines, the costliest first, and knows every resource', () => {
    const sum = price.lines.reduce((usd, line) => usd + line.usdPerHour, 0);
    expect(price.lines.length).toBeGreaterThan(3);
    expect(sum).toBeGreaterThan(0.01);
    expect(sum).toBeLessThanOrEqual(price.usdPerHour + 1e-9);
    expect(sum).toBeGreaterThan(0.95 * price.usdPerHour);
    expect(price.lines).toEqual([...price.lines].sort((a, b) => b.usdPerHour - a.usdPerHour));
    expect(price.unpriced).toEqual([]);
  });

  test('is an hour’s: a machine costs what its instance type is listed at', () => {
    const machine = price.lines.find(({ dimension }) => dimension.startsWith('instance t4g.medium'));
    expect(machine!.usdPerHour).toBeCloseTo(0.0336, 4);
  });
});

test('fleets count at their largest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
  const sandbox = {
    name: 'rate-limiter-start-alice',
    owner: 'alice',
    expires: new Date('2026-11-22T10:00:00Z'),
    budgetUsd: 20,
    usdPerHour: 0,
  };
  synthesize(inEnvironment(smallest(plan(loadSystem('rate-limiter'), 'start')), 'start-alice'), folder, { sandbox });
  const { monthly } = bill(folder, PriceBook.open());
  const { usdPerHour } = priceSandbox(folder);
  rmSync(folder, { recursive: true });
  expect(usdPerHour * 730).toBeCloseTo(monthly.max);
  expect(monthly.max).toBeGreaterThan(1.02 * monthly.total);
});

describe('the budget', () => {
  test('pays for as many hours as it does', () => {
    expect(() => requireBudget(5, 4, 20)).not.toThrow();
    expect(() => requireBudget(0, 4, 0)).not.toThrow();
  });

  test('refuses more, with the time and the budget that would do', () => {
    expect(() => requireBudget(5, 6, 20)).toThrow(
      '5.00 USD an hour for 6 h is 30.00 USD, above the budget of 20 USD, which lasts 4 h; take a shorter --ttl, or --budget 30',
    );
    // Four hours and a begun fifth would be 25.
    expect(() => requireBudget(5, 5, 22)).toThrow('which lasts 4 h;');
  });
});
