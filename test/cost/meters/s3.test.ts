import { s3Meters } from '../../../cost/meters/s3';
import { bill } from './bill';

const bucket = (Properties = {}) => ({ It: { Type: 'AWS::S3::Bucket', Properties } });
const usage = { standardGb: 61_440, putRequestsPerMonth: 10e6, getRequestsPerMonth: 100e6 };

describe('S3', () => {
  test('pays storage by tier, and requests', () => {
    // 51,200 x 0.023 + 10,240 x 0.022 = 1,177.60 + 225.28; 10,000 x 0.005; 100,000 x 0.0004
    expect(bill(s3Meters, 'It', bucket(), usage)).toEqual([
      'storage, Standard: 61440 GB = 61440 GB-month at 0.023 then 0.022 then 0.021 = 1402.88',
      'PUT, COPY, POST, LIST requests, Standard: 10,000,000 / 1k = 10000 1k requests at 0.005 = 50',
      'GET and other requests, Standard: 100,000,000 / 1k = 100000 1k requests at 0.0004 = 40',
    ]);
  });

  test('pays colder classes and copies in other regions', () => {
    // 1,000 x 0.0125, 1,000 x 0.004, 1,000 x 0.00099, 500 x 0.02
    const colder = { standardIaGb: 1000, glacierInstantGb: 1000, deepArchiveGb: 1000, replicatedGbPerMonth: 500 };
    expect(bill(s3Meters, 'It', bucket(), { ...usage, ...colder }).slice(3)).toEqual([
      'storage, Standard-IA: 1000 GB = 1000 GB-month at 0.0125 = 12.5',
      'storage, Glacier Instant Retrieval: 1000 GB = 1000 GB-month at 0.004 = 4',
      'storage, Glacier Deep Archive: 1000 GB = 1000 GB-month at 0.00099 = 0.99',
      'data replicated to other regions: 500 GB = 500 GB at 0.02 = 10',
    ]);
  });

  test('pays Intelligent-Tiering by access tier, and for watching its objects', () => {
    // 1,000 x 0.023, 2,000 x 0.0125, 3,000 x 0.004; 6M objects x 0.0025 a thousand
    const tiered = { tieredFrequentGb: 1000, tieredInfrequentGb: 2000, tieredArchiveGb: 3000, tieredObjects: 6e6 };
    expect(bill(s3Meters, 'It', bucket(), { ...usage, ...tiered }).slice(3)).toEqual([
      'storage, Intelligent-Tiering frequent access: 1000 GB = 1000 GB-month at 0.023 = 23',
      'storage, Intelligent-Tiering infrequent access: 2000 GB = 2000 GB-month at 0.0125 = 25',
      'storage, Intelligent-Tiering archive instant access: 3000 GB = 3000 GB-month at 0.004 = 12',
      'monitoring, Intelligent-Tiering: 6,000,000 objects / 1k = 6000 1k objects-month at 0.0025 = 15',
    ]);
  });

  test('pays what went through an edge, elsewhere twice as much', () => {
    const accelerated = { acceleratedGbPerMonth: 500, acceleratedElsewhereGbPerMonth: 500 };
    expect(bill(s3Meters, 'It', bucket(), { ...usage, ...accelerated }).slice(3)).toEqual([
      'transfer acceleration, edge in US, EU, Japan: 500 GB = 500 GB at 0.04 = 20',
      'transfer acceleration, edge elsewhere: 500 GB = 500 GB at 0.08 = 40',
    ]);
  });

  test('pays lifecycle moves into the dearest class of its rules', () => {
    const Rules = [
      { Transitions: [{ StorageClass: 'STANDARD_IA' }] },
      { Transitions: [{ StorageClass: 'DEEP_ARCHIVE' }, { StorageClass: 'GLACIER_IR' }] },
    ];
    const moves = (properties = {}) => bill(s3Meters, 'It', bucket(properties), { ...usage, lifecycleTransitionsPerMonth: 1e6 })[3];
    expect(moves({ LifecycleConfiguration: { Rules } })).toBe(
      'lifecycle transitions in, Glacier Deep Archive: 1,000,000 / 1k = 1000 1k requests at 0.05 = 50',
    );
    expect(moves()).toBe('lifecycle transitions in, Standard-IA: 1,000,000 / 1k = 1000 1k requests at 0.01 = 10');
  });
});
