import { ObjectStore } from '../../constructs/object-store';
import type { ManagedService } from '../../constructs/managed-service';
import type { ObjectStorePart } from '../../plan/sizing/object-store';
import { bucketName, replicaBuckets } from '../data-replication';
import { tellsQueue } from '../../plan/managed-callers';
import { objectStoreUsage } from '../usage/object-store';
import { type Around, replicationOf, standard } from './around';

export function objectStore(part: ObjectStorePart, around: Around): ManagedService {
  const { stack, deployment, disposable, dataName } = around;
  const replication = replicationOf(part.spec.multiRegion, around);
  const edges = new Set(deployment.parts.filter((p) => p.kind === 'edge').map((p) => p.id));
  const replicas = replication?.replicas && replicaBuckets(stack, dataName, replication, part.id);
  return new ObjectStore(stack, part.id, {
    ...standard(around),
    // A name known beforehand takes what another region copies to (the home region's bucket is there before it has copies), and what a
    // queue is to hear of.
    bucketName:
      (replication && !replication.replicas) || tellsQueue(part.id, deployment)
        ? bucketName(dataName, part.id, stack.region, stack.account)
        : undefined,
    replicas,
    lifecycle: part.spec.lifecycle,
    versioned: part.spec.versioned,
    accelerated: part.spec.accelerated && true,
    // A locked bucket cannot be emptied, so a stage that has to go away again goes without the lock.
    lockYears: disposable ? undefined : part.spec.lockYears,
    readByCdn: deployment.flows.some((f) => f.to === part.id && edges.has(f.from)),
    requestMetrics: deployment.alarms.some((a) => a.part === part.id),
    usage: { 'AWS::S3::Bucket': objectStoreUsage(part, deployment.flows, replicas?.length) },
  });
}
