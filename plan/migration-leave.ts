import { comesBeside, DATA_MIGRATIONS, DRAINING, FOUND, type Holder, removeOld, step, UPDATES, type Way } from './migration-way';

/** How what is in a part comes to others. */
const COPY: Record<Exclude<Holder['kind'], 'kafka' | 'rabbitmq' | 'queue'>, string> = {
  relational: 'copy by a data migration of AWS DMS, let in to the old security group by hand',
  keyValue: 'copy the items: export the table to S3, and import or write them',
  wideColumn: 'copy the rows, read by token range',
  search: 'index again from what the documents were made of',
  cache: 'copy the keys that are worth it (SCAN, DUMP, RESTORE), let in to the old security group by hand',
  objectStore: 'copy the objects by S3 Batch Operations',
  hsm: 'decrypt what the old keys have encrypted and encrypt it again: no key leaves the hardware',
};

const gone = ({ id, technology }: Holder): string => `the stage has no ${id} in ${technology}`;

/** Data goes over to other parts; the rules that let callers in go with the part. */
export function leave(part: Holder, to: string): Way {
  const { id, kind } = part;
  return {
    because: gone(part),
    steps: [
      step('stop', `stop what uses ${id}`),
      comesBeside(to, id),
      step('copy', COPY[kind as keyof typeof COPY]),
      FOUND,
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
    step('drain', `stop what publishes to ${part.id}, and let its consumers empty it`),
    comesBeside(to, part.id),
    FOUND,
    removeOld(`the old ${part.id} with its secret`),
  ],
  down: `publishing to ${part.id}, from stopping it until the manifests are applied`,
  source: DRAINING,
});

/** Pods go over to another cluster. */
export const machine = (part: string, to: string): Way => ({
  because: `the ${part} goes when ${to} is there`,
  steps: [
    step('prepare', `copy what is to be kept of the logs and disk of the ${part}: they go with it`),
    step('data', `the network's update ends with the rules by which the ${part} reaches data`),
    step('compute', `the ${part} goes, ${to} is there`),
    step('manifests', `pods start on ${to}; install its controllers first`),
    step('edge', 'names lead to the new entrances'),
    step('remove', `delete the bucket of manifests, the address and the security group that the ${part} leaves`),
  ],
  down: 'every entrance, from the end of the update of the network until names lead to the new ones',
  source: UPDATES,
});
