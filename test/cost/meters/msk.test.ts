import { Unpriceable } from '../../../cost/meter';
import { mskMeters } from '../../../cost/meters/msk';
import { bill } from './bill';

const cluster = (InstanceType: unknown, EBSStorageInfo: object = { VolumeSize: 1000 }) => ({
  Events: {
    Type: 'AWS::MSK::Cluster',
    Properties: { NumberOfBrokerNodes: 3, BrokerNodeGroupInfo: { InstanceType, StorageInfo: { EBSStorageInfo } } },
  },
});

describe('MSK', () => {
  test('a cluster pays its brokers and their volumes', () => {
    expect(bill(mskMeters, 'Events', cluster('kafka.m7g.large'))).toEqual([
      'broker instance kafka.m7g.large: 3 brokers x 730 h = 2190 hour at 0.204 = 446.76',
      'broker storage EBS: 3 brokers x 1000 GB = 3000 GB-month at 0.1 = 300',
    ]);
  });

  test('throughput above 250 MiB/s a volume and tiered data come on top', () => {
    const storage = { VolumeSize: 1000, ProvisionedThroughput: { Enabled: true, VolumeThroughput: 400 } };
    expect(bill(mskMeters, 'Events', cluster('kafka.m7g.4xlarge', storage), { tieredGb: 5000 })).toEqual([
      'broker instance kafka.m7g.4xlarge: 3 brokers x 730 h = 2190 hour at 1.632 = 3574.08',
      'broker storage EBS: 3 brokers x 1000 GB = 3000 GB-month at 0.1 = 300',
      'provisioned storage throughput: 3 brokers x (400 - 250 included) MiB/s = 450 MBps-month at 0.08 = 36',
      'tiered storage: 5,000 GB tiered = 5000 GB-month at 0.06 = 300',
    ]);
  });

  test('prices are those of the region', () => {
    expect(bill(mskMeters, 'Events', cluster('kafka.m5.large'), {}, 'ap-south-1')).toContain(
      'broker storage EBS: 3 brokers x 1000 GB = 3000 GB-month at 0.114 = 342',
    );
  });

  test('an unknown broker type has no price, its storage does', () => {
    expect(bill(mskMeters, 'Events', cluster('kafka.z9.large'))).toEqual([
      'broker instance kafka.z9.large: 3 brokers x 730 h = 2190 hour at no price',
      'broker storage EBS: 3 brokers x 1000 GB = 3000 GB-month at 0.1 = 300',
    ]);
  });

  test('a broker type known only at deployment cannot be priced', () => {
    expect(() => bill(mskMeters, 'Events', cluster({ 'Fn::GetAtt': ['Choice', 'Type'] }))).toThrow(Unpriceable);
  });

  test('express brokers are not priced short of their data', () => {
    expect(() => bill(mskMeters, 'Events', cluster('express.m7g.large'))).toThrow('express brokers are billed by GB written');
  });

  test('a serverless cluster pays for itself, its partitions and its data', () => {
    const usage = { partitions: 100, writtenGbPerMonth: 1000, readGbPerMonth: 2000, storedGb: 500 };
    expect(bill(mskMeters, 'Events', { Events: { Type: 'AWS::MSK::ServerlessCluster' } }, usage)).toEqual([
      'serverless cluster: 1 cluster x 730 h = 730 cluster-hour at 0.75 = 547.5',
      'serverless partitions: 100 partitions x 730 h = 73000 partition-hour at 0.0015 = 109.5',
      'serverless data in: 1,000 GB written = 1000 GB at 0.1 = 100',
      'serverless data out: 2,000 GB read = 2000 GB at 0.05 = 100',
      'serverless storage: 500 GB held = 500 GB-month at 0.1 = 50',
    ]);
  });

  test('private connectivity is billed by the hour and GB, once it is used', () => {
    const all = bill(mskMeters, 'Events', cluster('kafka.m7g.large'), { tieredGb: 0, privateConnectivityGbPerMonth: 1000 });
    expect(all.filter((line) => line.startsWith('private'))).toEqual([
      'private connectivity: 1 way to sign in x 730 h = 730 hour at 0.0225 = 16.43',
      'private connectivity data: 1,000 GB = 1000 GB at 0.006 = 6',
    ]);
    expect(bill(mskMeters, 'Events', cluster('kafka.m7g.large'), { tieredGb: 0 }).join()).not.toContain('private');
  });

  test('a replicator pays by the hour and by what it copies', () => {
    expect(bill(mskMeters, 'Copy', { Copy: { Type: 'AWS::MSK::Replicator' } }, { processedGbPerMonth: 10_000 })).toEqual([
      'replicator: 1 replicator x 730 h = 730 hour at 0.3 = 219',
      'replicator data processed: 10,000 GB replicated = 10000 GB at 0.08 = 800',
    ]);
  });
});
