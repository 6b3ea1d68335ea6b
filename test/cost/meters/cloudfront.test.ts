import { cloudfrontMeters } from '../../../cost/meters/cloudfront';
import { bill } from './bill';

const distribution = { It: { Type: 'AWS::CloudFront::Distribution' } };
const usage = { httpsRequestsPerMonth: 50e6, outGbPerMonth: 20_480, originUploadGbPerMonth: 100 };

describe('CloudFront', () => {
  test('pays North American prices by default, before the free terabyte', () => {
    // 50M / 10k x 0.01 = 50; 10,240 x 0.085 + 10,240 x 0.08 = 870.40 + 819.20; 100 x 0.02
    expect(bill(cloudfrontMeters, 'It', distribution, usage)).toEqual([
      'HTTPS requests, US, Mexico, Canada: 50,000,000 x 100 % / 10,000 = 5000 10k requests at 0.01 = 50',
      'data transfer out to internet, US, Mexico, Canada: 20,480 x 100 % = 20480 GB at 0.085 then 0.08 then 0.06 then 0.04 then 0.03 then 0.025 then 0.02 = 1689.6',
      'data transfer out to origin, US, Mexico, Canada: 100 x 100 % = 100 GB at 0.02 = 2',
    ]);
  });

  test('splits by geography where usage says so; the rest stays in North America', () => {
    // requests 75 % x 5,000 x 0.01 = 37.50 and 25 % x 5,000 x 0.012 = 15; GB 15,360: 870.40 + 5,120 x 0.08; 5,120 x 0.109
    const lines = bill(cloudfrontMeters, 'It', distribution, { ...usage, 'shareOf:India': 0.25 });
    expect(lines.map((line) => line.replace(/:.* = /, ' = '))).toEqual([
      'HTTPS requests, US, Mexico, Canada = 37.5',
      'data transfer out to internet, US, Mexico, Canada = 1280',
      'data transfer out to origin, US, Mexico, Canada = 1.5',
      'HTTPS requests, India = 15',
      'data transfer out to internet, India = 558.08',
      'data transfer out to origin, India = 4', // 25 x 0.16
    ]);
  });

  test('shares above the whole cannot be priced', () => {
    expect(() => bill(cloudfrontMeters, 'It', distribution, { ...usage, 'shareOf:India': 0.6, 'shareOf:Japan': 0.6 })).toThrow(
      /add up to 1.2/,
    );
  });

  test('functions pay by invocation', () => {
    expect(bill(cloudfrontMeters, 'It', { It: { Type: 'AWS::CloudFront::Function' } }, { invocationsPerMonth: 30e6 })).toEqual([
      'function invocations: 30,000,000 invocations / 1M = 30 1M invocations at 0.1 = 3',
    ]);
  });
});
