import { Unpriceable } from '../../../cost/meter';
import { rdsMeters } from '../../../cost/meters/rds';
import { bill } from './bill';

const cluster = (properties: object = {}, DBInstanceClass = 'db.r6g.large') => ({
  Cluster: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql', ...properties } },
  Writer: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'aurora-postgresql', DBInstanceClass, DBClusterIdentifier: { Ref: 'Cluster' } },
  },
});

const IO_OPTIMIZED = { StorageType: 'aurora-iopt1' };

describe('Aurora members', () => {
  test('pay the Aurora price of their class, not that of RDS, and no storage', () => {
    // RDS would be 0.225 an hour
    expect(bill(rdsMeters, 'Writer', cluster())).toEqual(['Aurora instance db.r6g.large: 1 instance x 730 h = 730 hour at 0.26 = 189.8']);
  });

  test('pay the I/O-Optimized price when their cluster is', () => {
    expect(bill(rdsMeters, 'Writer', cluster(IO_OPTIMIZED))).toEqual([
      'Aurora instance db.r6g.large: 1 instance x 730 h = 730 hour at 0.338 = 246.74',
    ]);
  });

  test('pay the premium on the Standard price where only that is listed', () => {
    // 730 h x 1.3 = 949; x 0.276
    expect(bill(rdsMeters, 'Writer', cluster(IO_OPTIMIZED, 'db.r8g.large'))).toEqual([
      'Aurora instance db.r8g.large: 1 instance x 730 h x 1.3 (I/O-Optimized premium; only the Standard price is listed) = 949 hour at 0.276 = 261.92',
    ]);
  });

  test('of an unknown class have no price, either way', () => {
    const unpriced = 'Aurora instance db.z9.large: 1 instance x 730 h = 730 hour at no price';
    expect(bill(rdsMeters, 'Writer', cluster({}, 'db.z9.large'))).toEqual([unpriced]);
    expect(bill(rdsMeters, 'Writer', cluster(IO_OPTIMIZED, 'db.z9.large'))).toEqual([unpriced]);
  });

  test('of a cluster elsewhere cannot be priced', () => {
    const { Writer } = cluster();
    expect(() => bill(rdsMeters, 'Writer', { Writer })).toThrow(Unpriceable);
  });

  test('that are serverless span their range, the middle expected', () => {
    // 2, 9 and 16 ACU x 730 h
    const range = { ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 16 } };
    expect(bill(rdsMeters, 'Writer', cluster(range, 'db.serverless'))).toEqual([
      'Aurora serverless v2 capacity: 9 ACU (the middle of 2 to 16) x 730 h = 1460 | 6570 | 11680 ACU-hour at 0.12 = 175.2 | 788.4 | 1401.6',
    ]);
    expect(bill(rdsMeters, 'Writer', cluster({ ...range, ...IO_OPTIMIZED }, 'db.serverless'))[0]).toContain('ACU-hour at 0.16 = ');
  });

  test('that are serverless without a range cannot be priced', () => {
    expect(() => bill(rdsMeters, 'Writer', cluster({}, 'db.serverless'))).toThrow('ServerlessV2ScalingConfiguration.MinCapacity');
  });
});

describe('Aurora clusters', () => {
  const usage = { storedGb: 1000, ioRequestsPerMonth: 3e9, backupGbBeyondFree: 200 };

  test('pay storage, I/O and backups', () => {
    expect(bill(rdsMeters, 'Cluster', cluster(), usage)).toEqual([
      'Aurora storage: 1,000 GB = 1000 GB-month at 0.1 = 100',
      'Aurora I/O requests: 3,000,000,000 I/O requests / 1M = 3000 1M requests at 0.2 = 600',
      'Aurora backup storage: 200 GB beyond free = 200 GB-month at 0.021 = 4.2',
    ]);
  });

  test('that leave their password to RDS pay for one secret, whatever members they have', () => {
    const managed = cluster({ ...IO_OPTIMIZED, ManageMasterUserPassword: true });
    expect(bill(rdsMeters, 'Cluster', managed, { storedGb: 10 })).toEqual([
      'Aurora storage: 10 GB = 10 GB-month at 0.225 = 2.25',
      'secret of the master user: 1 secret made by RDS = 1 secret-month at 0.4 = 0.4',
    ]);
    expect(bill(rdsMeters, 'Writer', managed)).toHaveLength(1);
  });

  test('that are I/O-Optimized pay more for storage and nothing for I/O', () => {
    expect(bill(rdsMeters, 'Cluster', cluster(IO_OPTIMIZED), { ...usage, backupGbBeyondFree: 0 })).toEqual([
      'Aurora storage: 1,000 GB = 1000 GB-month at 0.225 = 225',
    ]);
  });

  test('of RDS with two readable standbys are not mistaken for Aurora', () => {
    expect(() => bill(rdsMeters, 'Cluster', cluster({ DBClusterInstanceClass: 'db.r6gd.large' }), usage)).toThrow(Unpriceable);
  });

  test('that are global pay each write once more for replication', () => {
    expect(bill(rdsMeters, 'Global', { Global: { Type: 'AWS::RDS::GlobalCluster' } }, { replicatedWriteIosPerMonth: 500e6 })).toEqual([
      'Aurora replicated writes: 500,000,000 replicated write I/Os, at the price of an I/O request / 1M = 500 1M requests at 0.2 = 100',
    ]);
  });
});
