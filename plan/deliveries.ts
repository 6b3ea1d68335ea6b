import type { Flow } from './flow';
import type { Part, PartByKind } from './sizing';
import type { LakeTable } from './sizing/lake';

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

type Delivery = PartByKind['delivery'];

/** What a delivery leads from and to. */
export interface Delivered {
  /** @default it takes what others publish to it */
  kafka?: PartByKind['kafka'];
  store: PartByKind['objectStore'];
  table: LakeTable;
}

/** Whether Firehose reads topics of a Kafka part: not of one whose brokers are too small for that. */
export const isDelivered = (kafka: string, { parts, flows }: Declared): boolean =>
  parts.some((part) => part.kind === 'delivery' && !part.detached && flows.some(({ from, to }) => from === part.id && to === kafka));

/**
 * What a delivery leads from and to, by its flows and its table.
 * @throws {Error} on one that leads from nowhere, or elsewhere than where its table looks: a defect of the system file
 */
export function deliveredBy({ id, spec: { topic, table: of } }: Delivery, { parts, flows }: Declared): Delivered {
  const wrong = (what: string) => new Error(`delivery "${id}" ${what}`);
  const byId = new Map(parts.map((part) => [part.id, part]));
  const own = (verb: Flow['verb']): Part[] => [
    ...new Set(flows.flatMap((flow) => (flow.from === id && flow.verb === verb ? [byId.get(flow.to)!] : []))),
  ];
  const [kafka, ...others] = own('consumes') as PartByKind['kafka'][];
  const [store, ...stores] = own('writes') as PartByKind['objectStore'][];
  const lake = byId.get(of.lake);
  const table = lake?.kind === 'lake' ? lake.tables.find(({ name }) => name === of.name) : undefined;
  if (others.length > 0) throw wrong('consumes several Kafka parts; a stream of Firehose reads one topic');
  if (!store || stores.length > 0) throw wrong('writes to one object store, no fewer and no more');
  if (!table) throw wrong(`is of table "${of.name}", which lake "${of.lake}" does not have`);
  if (table.store !== store.id) throw wrong(`writes to "${store.id}"; its table is over "${table.store}"`);
  if (kafka && !kafka.topics.some(({ name }) => name === topic))
    throw wrong(`takes topic "${topic}"; "${kafka.id}" has ${kafka.topics.map(({ name }) => name).join(', ')}`);
  if (!kafka === !flows.some((flow) => flow.to === id && flow.verb === 'publishes'))
    throw wrong('consumes a Kafka part, or is published to, one of them');
  return { ...(kafka && { kafka }), store, table };
}

/** @throws {Error} on a delivery that leads nowhere (see {@link deliveredBy}) */
export function requireDeliveries(declared: Declared): void {
  for (const part of declared.parts) if (part.kind === 'delivery') deliveredBy(part, declared);
}
