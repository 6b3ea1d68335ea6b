import { grouped, hourly, monthly, withoutZeros } from '../charges';
import type { Charge, Meter, PriceKey } from '../meter';
import { flagAt, numberAt, textAt } from '../property';
import type { Resource } from '../template';

/** What the price of gp3 storage includes per node. */
const GP3_INCLUDED = { iops: 3000, throughput: 125 };

const openSearch = (dimension: string, spec?: string): PriceKey => ({ service: 'OpenSearch', dimension, spec });

/**
 * Amazon OpenSearch Service domains: data nodes, dedicated masters and UltraWarm nodes by the hour, the data nodes' volumes, and
 * manual snapshots, which are S3 objects (automatic ones are free). Not counted: data in UltraWarm or an OR1 node's managed
 * storage, for which usage has no figure. https://aws.amazon.com/opensearch-service/pricing/
 */
export const opensearchMeters: Meter<'AWS::OpenSearchService::Domain'>[] = [
  {
    type: 'AWS::OpenSearchService::Domain',
    needs: [],
    charges(domain, { snapshotGb = 0 }) {
      const nodes = numberAt(domain, 'ClusterConfig.InstanceCount', 1);
      const snapshots = { service: 'S3', dimension: 'storage', spec: 'Standard' };
      return [
        nodeHours(domain, 'data node', nodes, 'InstanceType', 'instance'),
        ...(flagAt(domain, 'ClusterConfig.DedicatedMasterEnabled')
          ? [
              nodeHours(
                domain,
                'dedicated master',
                numberAt(domain, 'ClusterConfig.DedicatedMasterCount'),
                'DedicatedMasterType',
                'instance',
              ),
            ]
          : []),
        ...(flagAt(domain, 'ClusterConfig.WarmEnabled')
          ? [nodeHours(domain, 'UltraWarm node', numberAt(domain, 'ClusterConfig.WarmCount'), 'WarmType', 'UltraWarm instance')]
          : []),
        ...(flagAt(domain, 'EBSOptions.EBSEnabled') ? volumes(domain, nodes) : []),
        ...withoutZeros([monthly('manual snapshots in S3', snapshotGb, `${grouped(snapshotGb)} GB of snapshots`, snapshots)]),
      ];
    },
  },
];

function nodeHours(domain: Resource, role: string, count: number, typeProperty: string, dimension: string): Charge {
  const type = textAt(domain, `ClusterConfig.${typeProperty}`);
  return hourly(`${role} ${type}`, count, `${count} ${role}s`, openSearch(dimension, type));
}

/** One volume a data node. io1 bills all of its IOPS, gp3 what passes the included part. */
function volumes(domain: Resource, nodes: number): Charge[] {
  const type = textAt(domain, 'EBSOptions.VolumeType');
  const gb = numberAt(domain, 'EBSOptions.VolumeSize');
  const included = type === 'gp3' ? GP3_INCLUDED : { iops: 0, throughput: 0 };
  const iops = numberAt(domain, 'EBSOptions.Iops', included.iops);
  const throughput = numberAt(domain, 'EBSOptions.Throughput', included.throughput);
  const above = (amount: number, free: number) => nodes * Math.max(0, amount - free);
  const formula = (amount: number, free: number, unit: string) => `${nodes} data nodes x (${amount} - ${free} included) ${unit}`;
  return [
    monthly(`EBS storage ${type}`, nodes * gb, `${nodes} data nodes x ${gb} GB`, openSearch('EBS storage', type)),
    ...withoutZeros([
      monthly(
        `EBS provisioned IOPS ${type}`,
        above(iops, included.iops),
        formula(iops, included.iops, 'IOPS'),
        openSearch('EBS provisioned IOPS', type),
        'IOPS-month',
      ),
      monthly(
        `EBS provisioned throughput ${type}`,
        above(throughput, included.throughput),
        formula(throughput, included.throughput, 'MiB/s'),
        openSearch('EBS provisioned throughput', type),
        'MiBps-month',
      ),
    ]),
  ];
}
