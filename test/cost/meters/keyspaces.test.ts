import { keyspacesMeters } from '../../../cost/meters/keyspaces';
import { bill } from './bill';

const table = (properties: object = {}) => ({ Messages: { Type: 'AWS::Cassandra::Table', Properties: { ...properties } } });

const usage = { writeUnitsPerMonth: 1e9, readUnitsPerMonth: 2e9, storedGb: 100, ttlDeletesPerMonth: 10e6 };

const scaling = (MinimumUnits: number, MaximumUnits: number) => ({
  MinimumUnits,
  MaximumUnits,
  ScalingPolicy: { TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } },
});

describe('Keyspaces', () => {
  test('on demand: units, storage, rows deleted by TTL and recovery', () => {
    expect(bill(keyspacesMeters, 'Messages', table({ PointInTimeRecoveryEnabled: true }), usage)).toEqual([
      'on-demand writes: 1,000,000,000 write units / 1M = 1000 1M WRU at 0.625 = 625',
      'on-demand reads: 2,000,000,000 read units / 1M = 2000 1M RRU at 0.125 = 250',
      'storage: 100 GB x 1 regions = 100 GB-month at 0.25 = 25',
      'TTL deletes: 10,000,000 rows deleted by TTL / 1M = 10 1M deletes at 0.275 = 2.75',
      'point-in-time recovery: 100 GB x 1 regions = 100 GB-month at 0.2 = 20',
    ]);
  });

  test('every other region receives each write and holds each row', () => {
    const regions = { ReplicaSpecifications: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }] };
    expect(
      bill(keyspacesMeters, 'Messages', table(regions), { ...usage, ttlDeletesPerMonth: 0, replicatedWriteUnitsPerMonth: 5e8 }),
    ).toEqual([
      'on-demand writes: 1,000,000,000 write units / 1M = 1000 1M WRU at 0.625 = 625',
      'on-demand reads: 2,000,000,000 read units / 1M = 2000 1M RRU at 0.125 = 250',
      'replicated writes: 1,500,000,000 replicated write units (500,000,000 arriving + 1,000,000,000 x 1 other regions) / 1M = 1500 1M WRU at 0.625 = 937.5',
      'storage: 100 GB x 2 regions = 200 GB-month at 0.25 = 50',
    ]);
  });

  test('provisioned capacity is billed as declared, whatever the load', () => {
    const fixed = { Mode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 200, WriteCapacityUnits: 100 } };
    expect(bill(keyspacesMeters, 'Messages', table({ BillingMode: fixed }), { ...usage, ttlDeletesPerMonth: 0 })).toEqual([
      'provisioned write capacity: 100 units x 1 regions x 730 h = 73000 WCU-hour at 0.00065 = 47.45',
      'provisioned read capacity: 200 units x 730 h = 146000 RCU-hour at 0.00013 = 18.98',
      'storage: 100 GB x 1 regions = 100 GB-month at 0.25 = 25',
    ]);
  });

  describe('capacity that scales', () => {
    const scaled = {
      BillingMode: { Mode: 'PROVISIONED', ProvisionedThroughput: { ReadCapacityUnits: 200, WriteCapacityUnits: 100 } },
      AutoScalingSpecifications: { WriteCapacityAutoScaling: scaling(500, 5000), ReadCapacityAutoScaling: { AutoScalingDisabled: true } },
    };
    const writeLine = (writesPerSecond: number) =>
      bill(keyspacesMeters, 'Messages', table(scaled), { ...usage, writeUnitsPerMonth: writesPerSecond * 730 * 3600 })[0];

    test('expects what the average load takes at the target', () => {
      // 1,000 writes/s / 70 % = 1,428.6, so 1,429 units; x 730 h = 1,043,170
      expect(writeLine(1000)).toBe(
        'provisioned write capacity: 1429 units (average load at 70 %, within 500 to 5000) x 1 regions x 730 h' +
          ' = 365000 | 1043170 | 3650000 WCU-hour at 0.00065 = 237.25 | 678.06 | 2372.5',
      );
    });

    test('never expects less than the minimum or more than the maximum', () => {
      expect(writeLine(1)).toContain(': 500 units (');
      expect(writeLine(1e6)).toContain(': 5000 units (');
    });

    test('makes room for the writes of other regions', () => {
      const arriving = { ...usage, writeUnitsPerMonth: 500 * 730 * 3600, replicatedWriteUnitsPerMonth: 500 * 730 * 3600 };
      expect(bill(keyspacesMeters, 'Messages', table(scaled), arriving)[0]).toContain(': 1429 units (');
    });
  });

  test('a region without a write price says so', () => {
    expect(bill(keyspacesMeters, 'Messages', table(), usage, 'us-west-2')[0]).toBe(
      'on-demand writes: 1,000,000,000 write units / 1M = 1000 1M WRU at no price',
    );
  });
});
