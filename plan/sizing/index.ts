import type { Surroundings } from '../part';
import { type AcceleratorPart, type AcceleratorSpec, sizeAccelerator } from './accelerator';
import { type CachePart, type CacheSpec, sizeCache } from './cache';
import { type ChannelPart, type ChannelSpec, sizeChannel } from './channel';
import { type DeliveryPart, type DeliverySpec, sizeDelivery } from './delivery';
import { type EdgePart, type EdgeSpec, sizeEdge } from './edge';
import { type ExternalPart, type ExternalSpec, sizeExternal } from './external';
import { type FunctionPart, type FunctionSpec, sizeFunction } from './function';
import { type HostFleetPart, type HostFleetSpec, sizeHostFleet } from './host-fleet';
import { type HsmPart, type HsmSpec, sizeHsm } from './hsm';
import { type JobPart, type JobSpec, sizeJob } from './job';
import { type KafkaPart, type KafkaSpec, sizeKafka } from './kafka';
import { type KeyValuePart, type KeyValueSpec, sizeKeyValue } from './key-value';
import { type LakePart, type LakeSpec, sizeLake } from './lake';
import { type LoadBalancerPart, type LoadBalancerSpec, sizeLoadBalancer } from './load-balancer';
import { type MachinesPart, type MachinesSpec, sizeMachines } from './machines';
import { type ObjectStorePart, type ObjectStoreSpec, sizeObjectStore } from './object-store';
import { type QueuePart, type QueueSpec, sizeQueue } from './queue';
import { type RabbitmqPart, type RabbitmqSpec, sizeRabbitmq } from './rabbitmq';
import { type RelationalPart, type RelationalSpec, sizeRelational } from './relational';
import { type SearchPart, type SearchSpec, sizeSearch } from './search';
import { type ServicePart, type ServiceSpec, sizeService } from './service';
import { sizeStateful, type StatefulPart, type StatefulSpec } from './stateful';
import { sizeSparkJob, type SparkJobPart, type SparkJobSpec } from './spark-job';
import { sizeStreamJob, type StreamJobPart, type StreamJobSpec } from './stream-job';
import { type WideColumnPart, type WideColumnSpec, sizeWideColumn } from './wide-column';

/** What a system declares, by kind of part. */
export interface Specs {
  accelerator: AcceleratorSpec;
  cache: CacheSpec;
  channel: ChannelSpec;
  delivery: DeliverySpec;
  edge: EdgeSpec;
  external: ExternalSpec;
  function: FunctionSpec;
  hostFleet: HostFleetSpec;
  hsm: HsmSpec;
  job: JobSpec;
  kafka: KafkaSpec;
  keyValue: KeyValueSpec;
  lake: LakeSpec;
  loadBalancer: LoadBalancerSpec;
  machines: MachinesSpec;
  objectStore: ObjectStoreSpec;
  queue: QueueSpec;
  rabbitmq: RabbitmqSpec;
  relational: RelationalSpec;
  search: SearchSpec;
  service: ServiceSpec;
  sparkJob: SparkJobSpec;
  stateful: StatefulSpec;
  streamJob: StreamJobSpec;
  wideColumn: WideColumnSpec;
}

/** What the rules make of it, by kind of part. */
export interface PartByKind {
  accelerator: AcceleratorPart;
  cache: CachePart;
  channel: ChannelPart;
  delivery: DeliveryPart;
  edge: EdgePart;
  external: ExternalPart;
  function: FunctionPart;
  hostFleet: HostFleetPart;
  hsm: HsmPart;
  job: JobPart;
  kafka: KafkaPart;
  keyValue: KeyValuePart;
  lake: LakePart;
  loadBalancer: LoadBalancerPart;
  machines: MachinesPart;
  objectStore: ObjectStorePart;
  queue: QueuePart;
  rabbitmq: RabbitmqPart;
  relational: RelationalPart;
  search: SearchPart;
  service: ServicePart;
  sparkJob: SparkJobPart;
  stateful: StatefulPart;
  streamJob: StreamJobPart;
  wideColumn: WideColumnPart;
}

export type Kind = keyof Specs;
export type Part = PartByKind[Kind];

/** One sizing rule a kind of part. */
export const SIZING: { [K in Kind]: (id: string, spec: Specs[K], around: Surroundings) => PartByKind[K] } = {
  accelerator: sizeAccelerator,
  cache: sizeCache,
  channel: sizeChannel,
  delivery: sizeDelivery,
  edge: sizeEdge,
  external: sizeExternal,
  function: sizeFunction,
  hostFleet: sizeHostFleet,
  hsm: sizeHsm,
  job: sizeJob,
  kafka: sizeKafka,
  keyValue: sizeKeyValue,
  lake: sizeLake,
  loadBalancer: sizeLoadBalancer,
  machines: sizeMachines,
  objectStore: sizeObjectStore,
  queue: sizeQueue,
  rabbitmq: sizeRabbitmq,
  relational: sizeRelational,
  search: sizeSearch,
  service: sizeService,
  sparkJob: sizeSparkJob,
  stateful: sizeStateful,
  streamJob: sizeStreamJob,
  wideColumn: sizeWideColumn,
};
