import type { Band } from '../../cost/meter';
import { poolCosts } from '../../cost/pooling';
import type { PricedCharge } from '../../cost/pooling';
import { PriceBook } from '../../cost/price-book';
import type { Allowance } from '../../cost/price-book';

const book = PriceBook.open();

const charge = (service: string, dimension: string, quantity: number | Band, region = 'us-east-1', spec?: string): PricedCharge => {
  const price = book.find(region, { service, dimension, spec })!;
  return {
    origin: { resource: 'R', type: 'T', stack: 'S', region },
    charge: { dimension, quantity, unit: price.unit, price: { service, dimension, spec }, formula: '' },
    price,
  };
};
const expected = (charges: PricedCharge[], allowances: readonly Allowance[] = book.allowances) =>
  poolCosts(charges, allowances).map(({ usd }) => Number(usd.expected.toFixed(6)));

describe('one account', () => {
  test('has 100 GB of egress free over all regions, shared by quantity', () => {
    // 300 GB in all, 200 billed: 2/3 of each. us-east-1 100 x 2/3 x 0.09 = 6; ap-south-1 200 x 2/3 x 0.1093 = 14.573333
    expect(expected([charge('DataTransfer', 'internet out', 100), charge('DataTransfer', 'internet out', 200, 'ap-south-1')])).toEqual([
      6, 14.573333,
    ]);
  });

  test('within the free allowance pays nothing', () => {
    expect(expected([charge('DataTransfer', 'internet out', 60), charge('DataTransfer', 'internet out', 40)])).toEqual([0, 0]);
  });

  test('climbs the tiers with what all resources of a region use together', () => {
    // 20,580 GB - 100 free = 20,480: 10,240 x 0.09 + 10,240 x 0.085 = 921.60 + 870.40 = 1,792; a quarter and three quarters of it
    expect(expected([charge('DataTransfer', 'internet out', 5145), charge('DataTransfer', 'internet out', 15_435)])).toEqual([448, 1344]);
  });

  test('keeps the tiers of two regions apart', () => {
    // S3 Standard, 51,200 GB each: the first tier in both. 51,200 x 0.023 and 51,200 x 0.0245
    const storage = (region: string) => charge('S3', 'storage', 51_200, region, 'Standard');
    expect(expected([storage('us-east-1'), storage('eu-central-1')])).toEqual([1177.6, 1254.4]);
    // in one region the second half is at 0.022: (1,177.60 + 1,126.40) / 2 each
    expect(expected([storage('us-east-1'), storage('us-east-1')])).toEqual([1152, 1152]);
  });

  test('shares the free terabyte of CloudFront over geographies, each with its own tiers', () => {
    // 2,048 GB, half of it free: US 512 x 0.085, Japan 512 x 0.114
    const out = (geography: string) => charge('CloudFront', 'data transfer out to internet', 1024, 'us-east-1', geography);
    expect(expected([out('US, Mexico, Canada'), out('Japan')])).toEqual([43.52, 58.368]);
  });

  test('has allowances by region where they are given by region', () => {
    // 100 GB each, 25 free each: 75 x 0.25 twice
    const table = (region: string) => charge('DynamoDB', 'table storage', 100, region, 'Standard class, after 25 GB free');
    expect(expected([table('us-east-1'), table('us-east-2')])).toEqual([18.75, 18.75]);
  });

  test('gives each load its own allowance and tiers', () => {
    const [cost] = poolCosts([charge('DataTransfer', 'internet out', { min: 50, expected: 200, max: 20_580 })], book.allowances);
    expect(cost!.usd.min).toBe(0);
    expect(cost!.usd.expected).toBeCloseTo(9, 9); // 100 x 0.09
    expect(cost!.usd.max).toBeCloseTo(1792, 9); // as above
  });

  test('an allowance in another unit than its price is an error of the book', () => {
    const odd: Allowance = { service: 'DataTransfer', dimension: 'internet out', unit: 'TB', free: 1, pooledOver: 'account' };
    expect(() => poolCosts([charge('DataTransfer', 'internet out', 1)], [odd])).toThrow(
      /found unit "TB", allowed: the unit of its price, "GB"/,
    );
  });
});
