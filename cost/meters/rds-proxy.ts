import { hourly } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter, Surroundings } from '../meter';
import { listAt, textAt } from '../property';
import type { Resource } from '../template';

/** vCPUs a proxy is billed for at least, per instance behind it. */
const LEAST_VCPUS = 2;

/**
 * Amazon RDS Proxy: by the hour for each vCPU of the instances behind it. They are found through the proxy's target groups, an
 * Aurora cluster counting all of its members. https://aws.amazon.com/rds/proxy/pricing/
 */
export const rdsProxyMeters: Meter[] = [
  {
    type: 'AWS::RDS::DBProxy',
    needs: [],
    charges(proxy, _, around) {
      const instances = instancesBehind(proxy, around);
      if (instances.length === 0)
        throw new Unpriceable('no target group of these templates names an instance of this proxy, whose vCPUs it is billed by');
      const vcpus = instances.map((instance) => Math.max(LEAST_VCPUS, vcpusOf(textAt(instance, 'DBInstanceClass'))));
      const total = vcpus.reduce((sum, count) => sum + count, 0);
      return [
        hourly(
          'RDS Proxy',
          total,
          `(${vcpus.join(' + ')}) vCPUs behind the proxy`,
          { service: 'RDS', dimension: 'RDS Proxy' },
          'vCPU-hour',
        ),
      ];
    },
  },
];

function instancesBehind(proxy: Resource, around: Surroundings): Resource[] {
  const present = (values: unknown[]) => values.map((value) => around.follow(value)).filter((found) => found !== undefined);
  return around
    .referringTo(proxy, 'AWS::RDS::DBProxyTargetGroup', 'DBProxyName')
    .flatMap((group) => [
      ...present(listAt(group, 'DBInstanceIdentifiers')),
      ...present(listAt(group, 'DBClusterIdentifiers')).flatMap((cluster) =>
        around.referringTo(cluster, 'AWS::RDS::DBInstance', 'DBClusterIdentifier'),
      ),
    ]);
}

/** The sizes of every family agree: `xlarge` has 4 vCPUs, `4xlarge` 16, and what is smaller no more than the 2 billed at least. */
function vcpusOf(instanceClass: string): number {
  if (instanceClass === 'db.serverless')
    throw new Unpriceable('a proxy before a serverless instance is billed by capacity unit, which the price book does not list');
  const [, factor] = /\.(\d*)xlarge$/.exec(instanceClass) ?? [];
  return factor === undefined ? LEAST_VCPUS : 4 * Number(factor || 1);
}
