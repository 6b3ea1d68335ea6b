import { grouped, hourly, monthly, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter, PriceKey } from '../meter';
import { flagAt, numberAt, textAt } from '../property';

/** MiB/s of volume throughput that the storage price includes. */
const INCLUDED_THROUGHPUT = 250;

const msk = (dimension: string, spec?: string): PriceKey => ({ service: 'MSK', dimension, spec });

/**
 * Amazon MSK provisioned clusters: brokers by the hour, their volumes, and tiered storage. Replication between the brokers is
 * free; clients that cross zones pay on the VPC. https://aws.amazon.com/msk/pricing/
 */
const cluster: Meter<'AWS::MSK::Cluster'> = {
  type: 'AWS::MSK::Cluster',
  needs: [],
  charges(cluster, { tieredGb = 0, privateConnectivityGbPerMonth: privateGb }) {
    const type = textAt(cluster, 'BrokerNodeGroupInfo.InstanceType');
    if (type.startsWith('express.'))
      throw new Unpriceable('express brokers are billed by GB written and stored too, which no usage figure states');
    const brokers = numberAt(cluster, 'NumberOfBrokerNodes');
    const volume = 'BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo';
    const gb = numberAt(cluster, `${volume}.VolumeSize`);
    const throughput = flagAt(cluster, `${volume}.ProvisionedThroughput.Enabled`)
      ? numberAt(cluster, `${volume}.ProvisionedThroughput.VolumeThroughput`)
      : INCLUDED_THROUGHPUT;
    return [
      hourly(`broker instance ${type}`, brokers, `${brokers} brokers`, msk('broker instance', type)),
      monthly('broker storage EBS', brokers * gb, `${brokers} brokers x ${gb} GB`, msk('broker storage', 'EBS')),
      ...withoutZeros([
        monthly(
          'provisioned storage throughput',
          brokers * Math.max(0, throughput - INCLUDED_THROUGHPUT),
          `${brokers} brokers x (${throughput} - ${INCLUDED_THROUGHPUT} included) MiB/s`,
          msk('provisioned storage throughput above 250 MiB/s'),
          'MBps-month',
        ),
        hourly(
          'private connectivity',
          privateGb === undefined ? 0 : 1,
          '1 way to sign in',
          msk('multi-VPC private connectivity', 'per cluster per auth scheme'),
        ),
        monthly(
          'private connectivity data',
          privateGb ?? 0,
          `${grouped(privateGb ?? 0)} GB`,
          msk('multi-VPC private connectivity data'),
          'GB',
        ),
        monthly('tiered storage', tieredGb, `${grouped(tieredGb)} GB tiered`, msk('tiered storage')),
      ]),
    ];
  },
};

/** Amazon MSK Serverless: the cluster and its partitions by the hour, data in, out and held. */
const serverlessCluster: Meter = {
  type: 'AWS::MSK::ServerlessCluster',
  needs: ['partitions', 'writtenGbPerMonth', 'readGbPerMonth', 'storedGb'],
  charges: (_, { partitions = 0, writtenGbPerMonth = 0, readGbPerMonth = 0, storedGb = 0 }) => [
    hourly('serverless cluster', 1, '1 cluster', msk('serverless cluster'), 'cluster-hour'),
    hourly('serverless partitions', partitions, `${grouped(partitions)} partitions`, msk('serverless partition'), 'partition-hour'),
    monthly('serverless data in', writtenGbPerMonth, `${grouped(writtenGbPerMonth)} GB written`, msk('serverless data in'), 'GB'),
    monthly('serverless data out', readGbPerMonth, `${grouped(readGbPerMonth)} GB read`, msk('serverless data out'), 'GB'),
    monthly('serverless storage', storedGb, `${grouped(storedGb)} GB held`, msk('serverless storage')),
  ],
};

/**
 * MSK Replicator: by the hour and by GB. Billed as between regions, the reason to deploy one; the book lists the same price for
 * both ends in one region. Traffic between the regions is on the VPC of the source.
 */
const replicator: Meter<'AWS::MSK::Replicator'> = {
  type: 'AWS::MSK::Replicator',
  needs: ['processedGbPerMonth'],
  charges: (_, { processedGbPerMonth = 0 }) => [
    hourly('replicator', 1, '1 replicator', msk('replicator')),
    monthly(
      'replicator data processed',
      processedGbPerMonth,
      `${grouped(processedGbPerMonth)} GB replicated`,
      msk('replicator data processed', 'CrossRegionSourceLocal'),
      'GB',
    ),
  ],
};

export const mskMeters: Meter[] = [cluster, serverlessCluster, replicator];
