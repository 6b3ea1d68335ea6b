import { KeyValueReplica } from '../../constructs/key-value-replica';
import { KeyValueTable } from '../../constructs/key-value-table';
import type { ManagedService } from '../../constructs/managed-service';
import type { KeyValuePart } from '../../plan/sizing/key-value';
import { tableName, worldFactor } from '../data-replication';
import { keyValueUsage } from '../usage/key-value';
import { type Around, replicationOf, standard } from './around';
import { capacityOf } from './capacity';

export function keyValue(part: KeyValuePart, around: Around): ManagedService {
  const { stack, deployment, dataName } = around;
  const replication = replicationOf(part.spec.multiRegion, around);
  const name = tableName(dataName, part.id);
  if (replication && !replication.replicas)
    return new KeyValueReplica(stack, part.id, { ...standard(around), tableName: name, indexes: part.spec.indexes });
  return new KeyValueTable(stack, part.id, {
    ...standard(around),
    partitionKey: part.spec.partitionKey,
    sortKey: part.spec.sortKey,
    indexes: part.spec.indexes,
    ttlAttribute: part.spec.ttlAttribute,
    capacity: capacityOf(part),
    tableName: name,
    replicas: replication?.replicas?.map((r) => ({ region: r.deployment.region.name, keyArn: r.keyArnOf(part.id) })),
    usage: { 'AWS::DynamoDB::GlobalTable': keyValueUsage(part, replication && worldFactor(deployment, replication)) },
  });
}
