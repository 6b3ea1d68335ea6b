import type { KafkaCluster } from '../../constructs/kafka-cluster';
import type { Lake } from '../../constructs/lake';
import type { ManagedService } from '../../constructs/managed-service';
import { ParquetDelivery } from '../../constructs/parquet-delivery';
import { deliveredBy } from '../../plan/deliveries';
import type { DeliveryPart } from '../../plan/sizing/delivery';
import { MIB } from '../../plan/units';
import { onceAnswered } from '../parameters';
import { deliveryUsage } from '../usage/delivery';
import { type Around, builtStore, standard } from './around';
import { prefixOf } from './lake';

/** One whose brokers are too small for private connectivity takes what is put by hand: all else of it is there. */
export function delivery(part: DeliveryPart, around: Around): ManagedService {
  const { bufferBytes, bufferSeconds, topic } = part.spec;
  const { kafka, store, table } = deliveredBy(part, around.deployment);
  const source = kafka && !part.detached && { cluster: around.built.get(kafka.id) as KafkaCluster, topic: topic! };
  return new ParquetDelivery(around.stack, part.id, {
    ...standard(around),
    source: source || undefined,
    admitted: source ? onceAnswered(around.stack, 'KafkaPrivateConnectivity') : undefined,
    store: builtStore(store.id, around),
    table: {
      lake: around.built.get(part.spec.table.lake) as Lake,
      name: table.name,
      prefix: prefixOf(table.name),
      partitions: table.partitions,
    },
    bufferMib: bufferBytes / MIB,
    bufferSeconds,
    usage: deliveryUsage(part, around.deployment.flows),
  });
}
