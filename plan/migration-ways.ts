import type { PartByKind } from './sizing';
import { docs, type Source } from './source';

/** A part that holds data. */
export type Holder = PartByKind[
  'relational' | 'keyValue' | 'wideColumn' | 'search' | 'cache' | 'kafka' | 'rabbitmq' | 'queue' | 'objectStore'];

type Relational = PartByKind['relational'];

/** How something is moved. */
export interface Way {
  /** Why AWS does not do it in place. */
  because: string;
  /** In order. */
  steps: string[];
  /** What does not work meanwhile, from when to when. */
  down: string;
  source: Source;
}

const READ = '2026-11-22';
const GUIDE = 'https://docs.aws.amazon.com';
const UPDATES = docs(
  'CloudFormation docs, Understand update behaviors of stack resources',
  READ,
  `${GUIDE}/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html`,
);
const CLUSTER_MODE = docs(
  'CloudFormation docs, AWS::ElastiCache::ReplicationGroup: ReplicasPerNodeGroup, update requires replacement',
  READ,
  `${GUIDE}/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html`,
);
const DRAINING = docs(
  'AWS docs, Migrating to Amazon MQ without service interruption',
  READ,
  `${GUIDE}/amazon-mq/latest/migration-guide/interruption-scenarios.html`,
);
const FILTERS = docs('AWS DMS docs, Using source filters', READ, `${GUIDE}/dms/latest/userguide/CHAP_Tasks.CustomizingTasks.Filters.html`);
const DATA_MIGRATIONS = docs(
  'AWS DMS docs, Homogeneous data migrations: full load and change data capture',
  READ,
  `${GUIDE}/dms/latest/userguide/data-migrations.html`,
);

const deployBeside = (to: string, id: string) =>
  `deploy the stacks: ${to} comes beside the old ${id}, which stays with its data outside the stacks`;
const APPLY = 'apply the manifests: pods find the new one';
const removeOld = (what: string) => `when nothing is missed, delete ${what} by hand: it is billed until then`;

/** A database of RDS becomes one of Aurora, or the other way. */
export const move = ({ id, technology, engine }: Relational, { technology: to, shards }: Relational): Way => ({
  because: `${technology} does not become ${to} in place`,
  steps: [
    `hold releases and scaling: pods that start after the update may read only the new password`,
    CHANGE_CAPTURE[engine],
    deployBeside(to, id),
    'let DMS in to the security groups of both',
    `copy by ${shards > 1 ? 'a task of AWS DMS for each shard, with a filter that takes its rows' : 'a data migration of AWS DMS'}, full load and change data capture`,
    'compare both; then stop what writes, until the last change has arrived',
    APPLY,
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
export const spread = ({ id, shards }: Relational, next: Relational): Way => ({
  because: `rows stay in the shard they are in, and ${shards} become ${next.shards}`,
  steps: [
    ...(next.shards > shards ? ['deploy the stacks: the new shards come empty'] : []),
    'copy rows to the shards that are to hold them, by the application or by tasks of AWS DMS with filters',
    'stop what writes to rows that move, until their last change has arrived; then send their callers to the new shard',
    ...(next.shards < shards ? ['deploy the stacks: the last shards stay with their data outside the stacks'] : []),
    'delete the rows that have moved',
  ],
  down: `writes to rows of ${id} that move, from stopping them until callers use the new shard`,
  source: FILTERS,
});

/** A cache or broker of another make under the same address rules and password. */
export function reshape(part: Extract<Holder, { kind: 'cache' | 'rabbitmq' }>): Way {
  const { id } = part;
  const first = deployBeside('the new one, empty, with the same password and security group,', id);
  if (part.kind === 'rabbitmq')
    return {
      because: 'a broker of one node does not become a cluster, or the other way',
      steps: [
        first,
        `${APPLY}, and publish there`,
        `run a consumer of each queue against the old ${id}, whose password is still in its secret, until it is empty`,
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
      primary ? 'stop what writes, then copy the keys with the time they have left (SCAN, PTTL, DUMP, RESTORE)' : APPLY,
      ...(primary ? [APPLY] : ['expect misses until it has filled: what is behind it answers them']),
      removeOld(`the old ${id}`),
    ],
    down: primary ? `writes to ${id}, from stopping them until the manifests are applied` : 'nothing; it starts empty',
    source: CLUSTER_MODE,
  };
}

/** How what is in a part comes to others. */
const COPY: Record<Exclude<Holder['kind'], 'kafka' | 'rabbitmq' | 'queue'>, string> = {
  relational: 'copy by a data migration of AWS DMS, let in to the old security group by hand',
  keyValue: 'copy the items: export the table to S3, and import or write them',
  wideColumn: 'copy the rows, read by token range',
  search: 'index again from what the documents were made of',
  cache: 'copy the keys that are worth it (SCAN, DUMP, RESTORE), let in to the old security group by hand',
  objectStore: 'copy the objects by S3 Batch Operations',
};

const gone = ({ id, technology }: Holder): string => `the stage has no ${id} in ${technology}`;

/** Data goes over to other parts; the rules that let callers in go with the part. */
export function leave(part: Holder, to: string): Way {
  const { id, kind } = part;
  return {
    because: gone(part),
    steps: [
      `stop what uses ${id}`,
      deployBeside(to, id),
      COPY[kind as keyof typeof COPY],
      APPLY,
      removeOld(`the old ${id} with its secret and logs`),
    ],
    down: `what uses ${id}, from the update of the network until the manifests are applied`,
    source: kind === 'relational' ? DATA_MIGRATIONS : UPDATES,
  };
}

/** Messages are consumed where they are. */
export const drain = (part: Holder, to: string): Way => ({
  because: gone(part),
  steps: [
    `stop what publishes to ${part.id}, and let its consumers empty it`,
    deployBeside(to, part.id),
    APPLY,
    removeOld(`the old ${part.id} with its secret`),
  ],
  down: `publishing to ${part.id}, from stopping it until the manifests are applied`,
  source: DRAINING,
});

/** Pods go over to another cluster. */
export const machine = (part: string, to: string): Way => ({
  because: `the ${part} goes when ${to} is there`,
  steps: [
    `copy what is to be kept of the logs and disk of the ${part}: they go with it`,
    'deploy the stacks network, data and compute, then install the controllers and apply the manifests',
    'deploy edge and operations: names lead to the new entrances',
    `delete the bucket of manifests, the address and the security group that the ${part} leaves`,
  ],
  down: 'every entrance, from the end of the update of compute until names lead to the new ones',
  source: UPDATES,
});
