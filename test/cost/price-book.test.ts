import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PriceBook, PriceBookError } from '../../cost/price-book';

const PRICES = join(__dirname, '../../cost/prices');
const book = PriceBook.open();

describe('look-up', () => {
  test('finds a price with where it comes from', () => {
    expect(book.find('us-east-1', { service: 'EBS', dimension: 'volume storage', spec: 'gp3' })).toEqual({
      service: 'EBS',
      region: 'us-east-1',
      dimension: 'volume storage',
      spec: 'gp3',
      unit: 'GB-month',
      usd: 0.08,
      ...{ tiers: [{ from: 0, to: Infinity, usd: 0.08 }], source: 'yeo/ec2.shop:data/ebs/ebs.json' },
      sourceDate: '2024-07-18',
      confidence: 'listed',
      note: '',
    });
  });

  test('gathers the tiers of a graduated price in order', () => {
    const price = book.find('us-east-1', { service: 'DataTransfer', dimension: 'internet out' });
    expect(price?.tiers).toEqual([
      { from: 0, to: 10_240, usd: 0.09 },
      { from: 10_240, to: 51_200, usd: 0.085 },
      { from: 51_200, to: 153_600, usd: 0.07 },
      { from: 153_600, to: Infinity, usd: 0.05 },
    ]);
  });

  test('finds EC2 instances by type', () => {
    expect(book.find('us-east-1', { service: 'EC2', dimension: 'instance', spec: 'c4.large' })).toMatchObject({
      usd: 0.1,
      unit: 'hour',
      sourceDate: '2026-07-20',
    });
  });

  test('falls back to worldwide and edge rows, never to another region', () => {
    expect(book.find('eu-west-1', { service: 'Route53', dimension: 'hosted zone' })?.region).toBe('global');
    expect(book.find('eu-west-1', { service: 'CloudFront', dimension: 'HTTPS requests', spec: 'Japan' })?.region).toBe('edge');
    const lambda = { service: 'Lambda', dimension: 'requests' };
    expect(book.regionsOf(lambda)).toContain('us-east-1');
    expect(book.find('mars-north-1', lambda)).toBeUndefined();
  });

  test('a key without spec takes the only one there is', () => {
    expect(book.find('us-east-1', { service: 'NATGateway', dimension: 'hourly' })?.usd).toBe(0.045);
    expect(book.find('us-east-1', { service: 'CloudWatch', dimension: 'dashboard' })?.spec).toBe('beyond the 3 free');
  });

  test('a key that matches several specs names them', () => {
    expect(() => book.find('us-east-1', { service: 'ELB', dimension: 'hourly' })).toThrow(
      /ELB \/ hourly has several specs in us-east-1; name one of: .*Network Load Balancer/,
    );
  });

  test('an unknown service has no prices', () => {
    expect(book.find('us-east-1', { service: 'Nimbus', dimension: 'hourly' })).toBeUndefined();
    expect(book.regionsOf({ service: 'Nimbus', dimension: 'hourly' })).toEqual([]);
  });

  test('tells the newest date among prices', () => {
    const prices = ['gp3', 'c4.large'].map((spec) =>
      book.find('us-east-1', { service: spec === 'gp3' ? 'EBS' : 'EC2', dimension: spec === 'gp3' ? 'volume storage' : 'instance', spec })!,
    );
    expect(book.asOf(prices)).toBe('2026-07-20');
    expect(book.asOf([])).toBeUndefined();
  });
});

describe('every file of the book', () => {
  test.each(readdirSync(join(PRICES, 'services')).map((file) => basename(file, '.csv')))('%s can be read', (service) => {
    expect(PriceBook.open(PRICES).regionsOf({ service, dimension: 'none' })).toEqual([]);
  });

  test('free allowances name dimensions that have prices, in their unit', () => {
    for (const { service, dimension, spec, unit } of book.allowances) {
      const regions = book.regionsOf({ service, dimension, spec });
      expect(regions).not.toEqual([]);
      const rows = readFileSync(join(PRICES, 'services', `${service}.csv`), 'utf8')
        .split('\n')
        .filter((row) => row.includes(`,${dimension},`));
      expect(rows.every((row) => row.includes(`,${unit},`))).toBe(true);
    }
  });
});

describe('a corrupt book', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'prices-'));
    cpSync(join(PRICES, 'services', 'EBS.csv'), join(folder, 'services', 'EBS.csv'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = () => join(folder, 'services', 'EBS.csv');
  const corrupt = (change: (lines: string[]) => string[]) =>
    writeFileSync(file(), change(readFileSync(file(), 'utf8').split('\n')).join('\n'));
  const look = () => PriceBook.open(folder).find('us-east-1', { service: 'EBS', dimension: 'volume storage', spec: 'gp3' });

  test('names file, line, column, what was found and what is allowed', () => {
    corrupt(([header, first, second, ...rest]) => [header!, first!, second!.replace(/,(\d[\d.]*),,,/, ',0.08 USD,,,'), ...rest]);
    expect(look).toThrow(PriceBookError);
    expect(look).toThrow(`${file()}, line 3, column usd: found "0.08 USD", allowed: a plain number, at least 0`);
  });

  test.each([
    ['confidence', ',listed,', ',certain,', 'found "certain", allowed: listed, derived or remembered'],
    ['source_date', ',2024-07-18,', ',last July,', 'found "last July", allowed: empty or a date'],
  ])('checks the column %s', (column, from, to, message) => {
    corrupt(([header, first, ...rest]) => [header!, first!.replace(from, to), ...rest]);
    expect(look).toThrow(`${file()}, line 2, column ${column}: ${message}`);
  });

  test('checks the header', () => {
    corrupt(([header, ...rest]) => [header!.replace('usd', 'price'), ...rest]);
    expect(look).toThrow(/line 1, column usd: found "service,.*price.*", allowed: service,region/);
  });

  test('checks that rows are complete', () => {
    corrupt(([header, first, ...rest]) => [header!, first!.split(',').slice(0, 5).join(','), ...rest]);
    expect(look).toThrow(/EBS\.csv, line 2, column .*allowed: 12 comma-separated values/);
  });

  test.each([
    ['nothing but its header', ([header]: string[]) => [header!]],
    ['nothing', () => []],
  ])('refuses a file of %s', (_, change) => {
    corrupt(change);
    expect(look).toThrow(/EBS\.csv: found no prices, allowed: a header and at least one row/);
  });

  test('refuses two rows for one price', () => {
    corrupt((lines) => [...lines.filter(Boolean), lines[1]!, '']);
    expect(look).toThrow(/found two rows for .*, allowed: one a tier/);
  });

  test('another folder can be named by the environment', () => {
    process.env.SCALEPRINT_PRICES = folder;
    try {
      corrupt((lines) => lines.map((line) => line.replace(/(us-east-1,volume storage,gp3,GB-month),0\.08,/, '$1,0.07,')));
      expect(PriceBook.open().find('us-east-1', { service: 'EBS', dimension: 'volume storage', spec: 'gp3' })?.usd).toBe(0.07);
      expect(() => PriceBook.open().find('us-east-1', { service: 'EC2', dimension: 'instance', spec: 'c4.large' })).toThrow(
        /ec2-on-demand\.csv: no such file/,
      );
    } finally {
      delete process.env.SCALEPRINT_PRICES;
    }
  });
});
