import { WideColumnKeyspace } from '../../constructs/wide-column-keyspace';
import type { ManagedService } from '../../constructs/managed-service';
import type { WideColumnPart } from '../../plan/sizing/wide-column';
import { keyspaceName, replicaRegions, worldFactor } from '../data-replication';
import { wideColumnUsage } from '../usage/wide-column';
import { type Around, replicationOf, standard } from './around';
import { capacityOf } from './capacity';

export function wideColumn(part: WideColumnPart, around: Around): ManagedService {
  const { stack, deployment, dataName } = around;
  const replication = replicationOf(part.multiRegion, around);
  const world = replication && worldFactor(deployment, replication);
  return new WideColumnKeyspace(stack, part.id, {
    ...standard(around),
    // One that others come to share is another keyspace, beside which the old one stays.
    keyspaceName: keyspaceName(dataName, replication ? `${part.id}-world` : part.id),
    ...(replication && {
      declared: Boolean(replication.replicas),
      replicaRegions: replicaRegions(replication),
    }),
    tables: part.tables.map((table) => ({
      ...table,
      capacity: capacityOf(table),
      usage: { 'AWS::Cassandra::Table': wideColumnUsage(table, world) },
    })),
  });
}
