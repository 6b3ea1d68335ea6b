import { Unpriceable } from '../../../cost/meter';
import { rdsMeters } from '../../../cost/meters/rds';
import { bill } from './bill';

const instance = (properties: object) => ({
  Orders: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'postgres', DBInstanceClass: 'db.r6g.large', StorageType: 'gp3', AllocatedStorage: '100', ...properties },
  },
});

describe('RDS instances', () => {
  test('Single-AZ within the gp3 baseline: instance and storage', () => {
    expect(bill(rdsMeters, 'Orders', instance({ Iops: 3000, StorageThroughput: 125 }))).toEqual([
      'instance PostgreSQL db.r6g.large: 1 instance x 730 h = 730 hour at 0.225 = 164.25',
      'storage gp3: 100 GB = 100 GB-month at 0.115 = 11.5',
    ]);
  });

  test('one that leaves its password to RDS pays for the secret, in two zones no more', () => {
    const secret = 'secret of the master user: 1 secret made by RDS = 1 secret-month at 0.4 = 0.4';
    const managed = { ManageMasterUserPassword: true };
    expect(bill(rdsMeters, 'Orders', instance(managed))).toEqual([
      'instance PostgreSQL db.r6g.large: 1 instance x 730 h = 730 hour at 0.225 = 164.25',
      'storage gp3: 100 GB = 100 GB-month at 0.115 = 11.5',
      secret,
    ]);
    expect(bill(rdsMeters, 'Orders', instance({ ...managed, MultiAZ: true }))).toContain(secret);
    expect(bill(rdsMeters, 'Orders', instance({ ManageMasterUserPassword: false }))).toHaveLength(2);
  });

  test('Multi-AZ pays the Multi-AZ rows; from 400 GiB the baseline is 12,000 IOPS and 500 MiB/s', () => {
    const large = instance({ MultiAZ: true, AllocatedStorage: '500', Iops: 15000, StorageThroughput: 700 });
    expect(bill(rdsMeters, 'Orders', large, { backupGbBeyondFree: 100 })).toEqual([
      'instance PostgreSQL db.r6g.large: 1 instance x 730 h, Multi-AZ = 730 hour at 0.45 = 328.5',
      'storage gp3: 500 GB, Multi-AZ = 500 GB-month at 0.23 = 115',
      'provisioned IOPS gp3: 15000 - 12000 included, Multi-AZ = 3000 IOPS-month at 0.04 = 120',
      'provisioned throughput gp3: 700 - 500 included, Multi-AZ = 200 MBps-month at 0.16 = 32',
      'backup storage: 100 GB beyond the size of the storage = 100 GB-month at 0.095 = 9.5',
    ]);
  });

  test('below 400 GiB the baseline is 3,000 IOPS and 125 MiB/s', () => {
    const [, , iops, throughput] = bill(rdsMeters, 'Orders', instance({ AllocatedStorage: 399, Iops: 5000, StorageThroughput: 200 }));
    expect(iops).toBe('provisioned IOPS gp3: 5000 - 3000 included = 2000 IOPS-month at 0.02 = 40');
    expect(throughput).toBe('provisioned throughput gp3: 200 - 125 included = 75 MBps-month at 0.08 = 6');
  });

  test('io1 pays all of its IOPS', () => {
    expect(bill(rdsMeters, 'Orders', instance({ StorageType: 'io1', Iops: 1000 }))).toContain(
      'provisioned IOPS io1: 1000 - 0 included = 1000 IOPS-month at 0.1 = 100',
    );
  });

  test('where only Single-AZ is listed, Multi-AZ is billed twice and says so', () => {
    // eu-west-1 lists the class Single-AZ at 0.252, and gp3 storage both ways
    expect(bill(rdsMeters, 'Orders', instance({ MultiAZ: true }), {}, 'eu-west-1')).toEqual([
      'instance PostgreSQL db.r6g.large: 1 instance x 730 h x 2 zones (only Single-AZ is listed here) = 1460 hour at 0.252 = 367.92',
      'storage gp3: 100 GB, Multi-AZ = 100 GB-month at 0.254 = 25.4',
    ]);
    // us-west-2 lists gp3 storage Single-AZ at 0.115 alone
    expect(bill(rdsMeters, 'Orders', instance({ MultiAZ: true }), {}, 'us-west-2')).toContain(
      'storage gp3: 100 GB x 2 zones (only Single-AZ is listed here) = 200 GB-month at 0.115 = 23',
    );
  });

  describe('a read replica', () => {
    const replica = (properties: object = {}) => ({
      Type: 'AWS::RDS::DBInstance',
      Properties: { SourceDBInstanceIdentifier: { Ref: 'Orders' }, DBInstanceClass: 'db.t4g.medium', ...properties },
    });
    const source = instance({ Engine: 'mysql', ManageMasterUserPassword: true, MultiAZ: true, AllocatedStorage: 200, Iops: 4000 });

    test('takes engine and storage from its source, but not its second zone or its secret', () => {
      expect(bill(rdsMeters, 'Replica', { ...source, Replica: replica() })).toEqual([
        'instance MySQL db.t4g.medium: 1 instance x 730 h = 730 hour at 0.065 = 47.45',
        'storage gp3: 200 GB = 200 GB-month at 0.115 = 23',
        'provisioned IOPS gp3: 4000 - 3000 included = 1000 IOPS-month at 0.02 = 20',
      ]);
    });

    test('with storage of its own type takes the size alone', () => {
      expect(bill(rdsMeters, 'Replica', { ...source, Replica: replica({ StorageType: 'gp2' }) }).slice(1)).toEqual([
        'storage gp2: 200 GB = 200 GB-month at 0.115 = 23',
      ]);
    });

    test('of a source in another region tells its engine by its parameter group', () => {
      const copy = { SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:1:db:orders', AllocatedStorage: '200' };
      const resources = {
        Settings: { Type: 'AWS::RDS::DBParameterGroup', Properties: { Family: 'mysql8.4' } },
        Replica: replica({ ...copy, DBParameterGroupName: { Ref: 'Settings' } }),
      };
      expect(bill(rdsMeters, 'Replica', resources)).toEqual([
        'instance MySQL db.t4g.medium: 1 instance x 730 h = 730 hour at 0.065 = 47.45',
        'storage gp3: 200 GB = 200 GB-month at 0.115 = 23',
      ]);
    });

    test('of a source elsewhere and with unknown settings cannot be priced', () => {
      expect(() => bill(rdsMeters, 'Replica', { Replica: replica() })).toThrow(Unpriceable);
    });
  });

  test('an unknown class has no price, an unknown engine no meter', () => {
    expect(bill(rdsMeters, 'Orders', instance({ MultiAZ: true, DBInstanceClass: 'db.z9.large' }))[0]).toBe(
      'instance PostgreSQL db.z9.large: 1 instance x 730 h, Multi-AZ = 730 hour at no price',
    );
    expect(() => bill(rdsMeters, 'Orders', instance({ Engine: 'oracle-se2' }))).toThrow(
      new Unpriceable('Engine is oracle-se2; postgres, mysql, mariadb can be priced'),
    );
  });

  test('a size known only at deployment cannot be priced', () => {
    expect(() => bill(rdsMeters, 'Orders', instance({ AllocatedStorage: { Ref: 'Size' } }))).toThrow(Unpriceable);
  });
});

describe('RDS Proxy', () => {
  const proxyTo = (targets: object) => ({
    Proxy: { Type: 'AWS::RDS::DBProxy' },
    Targets: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: { Ref: 'Proxy' }, ...targets } },
  });

  test('pays the vCPUs of the instance behind it', () => {
    expect(
      bill(rdsMeters, 'Proxy', {
        ...instance({ DBInstanceClass: 'db.r6g.xlarge' }),
        ...proxyTo({ DBInstanceIdentifiers: [{ Ref: 'Orders' }] }),
      }),
    ).toEqual(['RDS Proxy: (4) vCPUs behind the proxy x 730 h = 2920 vCPU-hour at 0.015 = 43.8']);
  });

  test('pays for every member of a cluster, for a small one the least of 2', () => {
    const member = (DBInstanceClass: string) => ({
      Type: 'AWS::RDS::DBInstance',
      Properties: { DBInstanceClass, DBClusterIdentifier: { Ref: 'Cluster' } },
    });
    const behind = {
      ...{ Cluster: { Type: 'AWS::RDS::DBCluster' }, Writer: member('db.r6g.4xlarge'), Reader: member('db.t4g.medium') },
      ...proxyTo({ DBClusterIdentifiers: [{ Ref: 'Cluster' }] }),
    };
    expect(bill(rdsMeters, 'Proxy', behind)).toEqual([
      'RDS Proxy: (16 + 2) vCPUs behind the proxy x 730 h = 13140 vCPU-hour at 0.015 = 197.1',
    ]);
  });

  test('without a known target, or before a serverless one, cannot be priced', () => {
    expect(() => bill(rdsMeters, 'Proxy', { Proxy: { Type: 'AWS::RDS::DBProxy' } })).toThrow(Unpriceable);
    const serverless = { ...instance({ DBInstanceClass: 'db.serverless' }), ...proxyTo({ DBInstanceIdentifiers: [{ Ref: 'Orders' }] }) };
    expect(() => bill(rdsMeters, 'Proxy', serverless)).toThrow('a proxy before a serverless instance');
  });
});
