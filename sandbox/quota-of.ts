import { LIMITS } from '../plan/quotas';

/** The quota that new resources of a type run into, by its name in Service Quotas. Types with several possible ones are left to AWS's words. */
const NAME_BY_TYPE: Readonly<Record<string, string>> = {
  'AWS::AmazonMQ::Broker': 'Number of brokers, per region',
  'AWS::EC2::EIP': 'EC2-VPC Elastic IPs',
  'AWS::EC2::NatGateway': 'NAT gateways per Availability Zone',
  'AWS::EC2::VPC': 'VPCs per Region',
  'AWS::ElastiCache::ReplicationGroup': 'Nodes per Region',
  'AWS::MSK::Cluster': 'Number of brokers per account',
  'AWS::RDS::DBCluster': 'DB clusters',
  'AWS::RDS::DBInstance': 'DB instances',
};

/** `the quota "VPCs per Region" (VPC, L-F678F1CE)`; of a type unknown to us `the quota it names`. */
export function quotaOf(type: string | undefined): string {
  const limit = type && LIMITS.find(({ name }) => name === NAME_BY_TYPE[type]);
  if (limit) return `the quota "${limit.name}" (${[limit.service, limit.code].filter(Boolean).join(', ')})`;
  const service = type?.split('::')[1];
  return `the quota${service ? ` of ${service}` : ''} it names`;
}
