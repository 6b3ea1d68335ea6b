import type { Surroundings } from '../part';
import { type CachePart, type CacheSpec, sizeCache } from './cache';
import { type ChannelPart, type ChannelSpec, sizeChannel } from './channel';
import { type EdgePart, type EdgeSpec, sizeEdge } from './edge';
import { type ExternalPart, type ExternalSpec, sizeExternal } from './external';
import { type JobPart, type JobSpec, sizeJob } from './job';
import { type KafkaPart, type KafkaSpec, sizeKafka } from './kafka';
import { type KeyValuePart, type KeyValueSpec, sizeKeyValue } from './key-value';
import { type LoadBalancerPart, type LoadBalancerSpec, sizeLoadBalancer } from './load-balancer';
import { type ObjectStorePart, type ObjectStoreSpec, sizeObjectStore } from './object-store';
import { type QueuePart, type QueueSpec, sizeQueue } from './queue';
import { type RabbitmqPart, type RabbitmqSpec, sizeRabbitmq } from './rabbitmq';
import { type RelationalPart, type RelationalSpec, sizeRelational } from './relational';
import { type SearchPart, type SearchSpec, sizeSearch } from './search';
import { type ServicePart, type ServiceSpec, sizeService } from './service';
import { type WideColumnPart, type WideColumnSpec, sizeWideColumn } from './wide-column';

/** What a system declares, by kind of part. */
export interface Specs {
  cache: CacheSpec;
  channel: ChannelSpec;
  edge: EdgeSpec;
  external: ExternalSpec;
  job: JobSpec;
  kafka: KafkaSpec;
  keyValue: KeyValueSpec;
  loadBalancer: LoadBalancerSpec;
  objectStore: ObjectStoreSpec;
  queue: QueueSpec;
  rabbitmq: RabbitmqSpec;
  relational: RelationalSpec;
  search: SearchSpec;
  service: ServiceSpec;
  wideColumn: WideColumnSpec;
}

/** What the rules make of it, by kind of part. */
export interface PartByKind {
  cache: CachePart;
  channel: ChannelPart;
  edge: EdgePart;
  external: ExternalPart;
  job: JobPart;
  kafka: KafkaPart;
  keyValue: KeyValuePart;
  loadBalancer: LoadBalancerPart;
  objectStore: ObjectStorePart;
  queue: QueuePart;
  rabbitmq: RabbitmqPart;
  relational: RelationalPart;
  search: SearchPart;
  service: ServicePart;
  wideColumn: WideColumnPart;
}

export type Kind = keyof Specs;
export type Part = PartByKind[Kind];

/** One sizing rule a kind of part. */
export const SIZING: { [K in Kind]: (id: string, spec: Specs[K], around: Surroundings) => PartByKind[K] } = {
  cache: sizeCache,
  channel: sizeChannel,
  edge: sizeEdge,
  external: sizeExternal,
  job: sizeJob,
  kafka: sizeKafka,
  keyValue: sizeKeyValue,
  loadBalancer: sizeLoadBalancer,
  objectStore: sizeObjectStore,
  queue: sizeQueue,
  rabbitmq: sizeRabbitmq,
  relational: sizeRelational,
  search: sizeSearch,
  service: sizeService,
  wideColumn: sizeWideColumn,
};
