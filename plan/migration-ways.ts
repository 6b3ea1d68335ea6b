import {
  comesBeside,
  DATA_MIGRATIONS,
  DRAINING,
  FOUND,
  guide,
  type Holder,
  type Phase,
  removeOld,
  step,
  UPDATES,
  type Way,
} from './migration-way';
import type { PartByKind } from './sizing';

type Relational = PartByKind['relational'];

const CLUSTER_MODE = guide(
  'CloudFormation docs, AWS::ElastiCache::ReplicationGroup: ReplicasPerNodeGroup, update requires replacement',
  'AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html',
);
const KEYSPACES = guide(
  'AWS docs, Amazon Keyspaces multi-Region replication usage notes: no customer managed keys before a region is added',
  'keyspaces/latest/devguide/multiRegion-replication_usage-notes.html',
);
const FILTERS = guide('AWS DMS docs, Using source filters', 'dms/latest/userguide/CHAP_Tasks.CustomizingTasks.Filters.html');

/** A database of RDS becomes one of Aurora, or the other way. */
export const move = ({ id, technology, engine }: Relational, { technology: to, shards }: Relational): Way => ({
  because: `${technology} does not become ${to} in place`,
  steps: [
    step('prepare', 'hold releases and scaling: pods that start after the update may read only the new password'),
    step('prepare', CHANGE_CAPTURE[engine]),
    comesBeside(to, id),
    step('copy', 'let DMS in to the security groups of both'),
    step(
      'copy',
      `copy by ${shards > 1 ? 'a task of AWS DMS for each shard, with a filter that takes its rows' : 'a data migration of AWS DMS'}, full load and change data capture`,
    ),
    step('switch', 'compare both; then stop what writes, until the last change has arrived'),
    FOUND,
    removeOld(`the old ${id} with its logs`),
  ],
  down: `writes to ${id}, from stopping them until the manifests are applied${engine === 'postgres' ? ', and all of it while it restarts' : ''}`,
  source: DATA_MIGRATIONS,
});

/** What lets DMS follow changes: remembered (2026-11-22) of its pages on PostgreSQL and MySQL as sources. */
const CHANGE_CAPTURE: Record<Relational['engine'], string> = {
  postgres: 'set rds.logical_replication to 1 in its parameter group and restart it, so that changes can be captured',
  mysql: 'keep its binary logs for a day (mysql.rds_set_configuration), so that changes can be captured',
};

/** Shards come empty, or have to be empty before they go: which holds a row is the application's to say. */
export function spread({ id, shards }: Relational, next: Relational): Way {
  const grows = next.shards > shards;
  const [copy, change]: [Phase, Phase] = grows ? ['copy', 'switch'] : ['prepare', 'stop'];
  return {
    because: `rows stay in the shard they are in, and ${shards} become ${next.shards}`,
    steps: [
      ...(grows ? [step('data', 'the new shards come empty')] : []),
      step(copy, 'copy rows to the shards that are to hold them, by the application or by tasks of AWS DMS with filters'),
      step(change, 'stop what writes to rows that move, until their last change has arrived; then send their callers to the new shard'),
      ...(grows ? [] : [step('data', 'the last shards stay with their data outside the stacks')]),
      step('remove', 'delete the rows that have moved'),
    ],
    down: `writes to rows of ${id} that move, from stopping them until callers use the new shard`,
    source: FILTERS,
  };
}

/** A cache or broker of another make under the same address rules and password. */
export function reshape(part: Extract<Holder, { kind: 'cache' | 'rabbitmq' }>): Way {
  const { id } = part;
  const first = comesBeside('the new one, empty, with the same password and security group,', id);
  if (part.kind === 'rabbitmq')
    return {
      because: 'a broker of one node does not become a cluster, or the other way',
      steps: [
        first,
        step('manifests', 'pods find the new one, and publish there'),
        step('after', `run a consumer of each queue against the old ${id}, whose password is still in its secret, until it is empty`),
        removeOld(`the old ${id}`),
      ],
      down: 'nothing; messages may come out of order',
      source: DRAINING,
    };
  const primary = part.snapshots || part.eviction === 'noeviction';
  return {
    because: 'CloudFormation replaces a group whose cluster mode or replicas a shard change (docs/decisions/0017)',
    steps: [
      first,
      ...(primary ? [step('switch', 'stop what writes, then copy the keys with the time they have left (SCAN, PTTL, DUMP, RESTORE)')] : []),
      FOUND,
      ...(primary ? [] : [step('after', 'expect misses until it has filled: what is behind it answers them')]),
      removeOld(`the old ${id}`),
    ],
    down: primary ? `writes to ${id}, from stopping them until the manifests are applied` : 'nothing; it starts empty',
    source: CLUSTER_MODE,
  };
}

/** A bucket under another name: one that tells a queue has a name known beforehand, and names do not change. */
export const rename = ({ id }: Holder): Way => ({
  because: 'a bucket that begins or ceases to tell a queue has another name, and S3 changes no name',
  steps: [
    comesBeside('the new bucket, empty,', id),
    FOUND,
    step('after', `copy the objects of the old ${id} by S3 Batch Operations, which the queue hears of as well`),
    removeOld(`the old ${id}`),
  ],
  down: `reads of older objects of ${id}, until they are copied`,
  source: UPDATES,
});

/** A keyspace of one region, under its own key, becomes one that others share. */
export const replicate = ({ id }: Holder): Way => ({
  because: 'CloudFormation replaces a keyspace that gets regions, and Keyspaces gives none to tables under a key of yours',
  steps: [
    comesBeside('the new keyspace, empty, in all regions,', id),
    step('copy', 'write to both from now on; copy the rows, read by token range, with the time they have left'),
    step('switch', 'compare both by counts of rows; then stop what writes, until the last change has arrived'),
    FOUND,
    removeOld(`the old keyspace of ${id}`),
  ],
  down: `writes to ${id}, from stopping them until the manifests are applied`,
  source: KEYSPACES,
});
