import { Unpriceable } from '../../../cost/meter';
import { dynamodbMeters } from '../../../cost/meters/dynamodb';
import { bill } from './bill';

const globalTable = (...replicas: object[]) => ({
  Users: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { BillingMode: 'PAY_PER_REQUEST', Replicas: replicas } },
});
const table = (properties: object) => ({ Users: { Type: 'AWS::DynamoDB::Table', Properties: { ...properties } } });

const usage = { writeUnitsPerMonth: 120e6, readUnitsPerMonth: 400e6, storedGb: 500 };

describe('DynamoDB', () => {
  test('a table of one region pays units and storage', () => {
    expect(bill(dynamodbMeters, 'Users', globalTable({ Region: 'us-east-1' }), usage)).toEqual([
      'on-demand writes: 120,000,000 write units / 1M = 120 1M WRU at 0.625 = 75',
      'on-demand reads: 400,000,000 read units / 1M = 400 1M RRU at 0.125 = 50',
      'table storage: 500 GB x 1 replicas = 500 GB-month at 0.25 = 125',
    ]);
  });

  test('every other replica receives each write and holds each item', () => {
    // 10 M arriving + 120 M x 2 = 250 M replicated writes
    const replicas = [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }, { Region: 'ap-south-1' }];
    expect(bill(dynamodbMeters, 'Users', globalTable(...replicas), { ...usage, replicatedWriteUnitsPerMonth: 10e6 })).toEqual([
      'on-demand writes: 120,000,000 write units / 1M = 120 1M WRU at 0.625 = 75',
      'on-demand reads: 400,000,000 read units / 1M = 400 1M RRU at 0.125 = 50',
      'replicated writes: 250,000,000 replicated write units (10,000,000 arriving + 120,000,000 x 2 other replicas) / 1M = 250 1M rWRU at 0.625 = 156.25',
      'table storage: 500 GB x 3 replicas = 1500 GB-month at 0.25 = 375',
    ]);
  });

  test('the infrequent-access class is that of the own replica', () => {
    const replicas = [{ Region: 'eu-west-1' }, { Region: 'us-east-1', TableClass: 'STANDARD_INFREQUENT_ACCESS' }];
    expect(bill(dynamodbMeters, 'Users', globalTable(...replicas), usage)).toEqual(
      expect.arrayContaining([
        'on-demand writes: 120,000,000 write units / 1M = 120 1M WRU at 0.78 = 93.6',
        'table storage: 500 GB x 2 replicas = 1000 GB-month at 0.1 = 100',
      ]),
    );
  });

  test('point-in-time recovery is billed for the replicas that have it, where the book lists it', () => {
    const recovery = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
    const replicas = globalTable({ Region: 'us-east-2', ...recovery }, { Region: 'us-west-2' });
    expect(bill(dynamodbMeters, 'Users', replicas, usage, 'us-east-2').at(-1)).toBe(
      'point-in-time recovery: 500 GB x 1 replicas with recovery = 500 GB-month at 0.2 = 100',
    );
    expect(bill(dynamodbMeters, 'Users', replicas, usage, 'eu-west-1').at(-1)).toMatch(/^point-in-time recovery.* at no price$/);
  });

  describe('a GlobalTable with capacity that scales', () => {
    const scaling = (side: string, MinCapacity: number, MaxCapacity: number) => ({
      [`${side}ProvisionedThroughputSettings`]: {
        [`${side}CapacityAutoScalingSettings`]: {
          ...{ MinCapacity, MaxCapacity },
          TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 },
        },
      },
    });
    const provisioned = (more: object = {}) => ({
      Users: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          ...{ BillingMode: 'PROVISIONED', ...scaling('Write', 10, 500) },
          Replicas: [{ Region: 'us-east-1', ...scaling('Read', 300, 400) }],
          ...more,
        },
      },
    });

    test('expects what the average load takes at the target', () => {
      // 120 M writes are 45.66 a second, / 70 % = 65.2; 400 M reads are 152.2 a second, / 70 % = 217.4, but never below 300.
      expect(bill(dynamodbMeters, 'Users', provisioned(), usage)).toEqual([
        'provisioned write capacity: 66 units (average load at 70 %, within 10 to 500) x 730 h = 7300 | 48180 | 365000 WCU-hour at 0.00065 = 4.75 | 31.32 | 237.25',
        'provisioned read capacity: 300 units (average load at 70 %, within 300 to 400) x 730 h = 219000 | 292000 RCU-hour at 0.00013 = 28.47 | 37.96',
        'table storage: 500 GB x 1 replicas = 500 GB-month at 0.25 = 125',
      ]);
    });

    test('cannot be priced with several replicas, or with indexes', () => {
      const replicas = [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }];
      for (const more of [{ Replicas: replicas }, { GlobalSecondaryIndexes: [{}] }])
        expect(() => bill(dynamodbMeters, 'Users', provisioned(more), usage)).toThrow(Unpriceable);
    });
  });

  test('a Table on demand pays like a GlobalTable', () => {
    expect(bill(dynamodbMeters, 'Users', table({ BillingMode: 'PAY_PER_REQUEST' }), usage)).toEqual(
      bill(dynamodbMeters, 'Users', globalTable({ Region: 'us-east-1' }), usage),
    );
  });

  test('a provisioned Table pays the capacity of itself and its indexes, not its requests', () => {
    const capacity = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
      ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
    });
    expect(bill(dynamodbMeters, 'Users', table({ ...capacity(20, 10), GlobalSecondaryIndexes: [capacity(5, 5)] }), usage)).toEqual([
      'provisioned write capacity: (10 + 5) units of the table and its indexes x 730 h = 10950 WCU-hour at 0.00065 = 7.12',
      'provisioned read capacity: (20 + 5) units of the table and its indexes x 730 h = 18250 RCU-hour at 0.00013 = 2.37',
      'table storage: 500 GB x 1 replicas = 500 GB-month at 0.25 = 125',
    ]);
  });
});
