import { type Sized, type Surroundings, unsized } from '../part';
import { docs } from '../source';
import { bytes, MIB, type Rate, short } from '../units';

/** Files of Parquet in a bucket, made of messages without any code of ours. */
export interface DeliverySpec {
  does: string;
  /** Table that says which columns there are: a table of a lake over the bucket it writes to. */
  table: { lake: string; name: string };
  /** Topic of the Kafka part it consumes. @default it takes what others publish to it */
  topic?: string;
  /** Bytes of messages that become a file, 64 to 128 MiB; Parquet makes them several times smaller. @default 128 MiB */
  bufferBytes?: number;
  /** Seconds after which they do at the latest, 60 to 900. @default 900 */
  bufferSeconds?: number;
}

export interface DeliveryPart extends Sized<'delivery'> {
  spec: DeliverySpec & Required<Pick<DeliverySpec, 'bufferBytes' | 'bufferSeconds'>>;
  /** Whether it takes no messages from the topic, for which the brokers are too small. @default false */
  detached?: boolean;
}

/** Of a partition of the topic: bytes a second. */
export const READ_QUOTA = {
  value: 10e6,
  source: docs(
    'AWS docs, Amazon Data Firehose quota: 10 MB/s a partition of an MSK topic',
    '2026-11-22',
    'https://docs.aws.amazon.com/firehose/latest/dev/limits.html',
  ),
};
/** With conversion to Parquet: CloudFormation schema of AWS::KinesisFirehose::DeliveryStream, BufferingHints; the least remembered. */
const BUFFER = { leastBytes: 64 * MIB, mostBytes: 128 * MIB, leastSeconds: 60, mostSeconds: 900 };

/**
 * Firehose has no size to choose. It reads every partition of the topic on its own, each as fast as a quota lets it (plan/quotas).
 * @throws {Error} on buffers that Firehose refuses: a defect of the system file
 */
export function sizeDelivery(id: string, spec: DeliverySpec, { load }: Surroundings): DeliveryPart {
  const { bufferBytes = BUFFER.mostBytes, bufferSeconds = BUFFER.mostSeconds } = spec;
  const wrong = (what: string) => new Error(`delivery "${id}": ${what}`);
  if (bufferBytes < BUFFER.leastBytes || bufferBytes > BUFFER.mostBytes)
    throw wrong(`a buffer of ${bytes(bufferBytes)}; it takes ${bytes(BUFFER.leastBytes)} to ${bytes(BUFFER.mostBytes)}`);
  if (bufferSeconds < BUFFER.leastSeconds || bufferSeconds > BUFFER.mostSeconds)
    throw wrong(`a buffer of ${bufferSeconds} s; it takes ${BUFFER.leastSeconds} to ${BUFFER.mostSeconds}`);
  return {
    id,
    kind: 'delivery',
    technology: 'Data Firehose, to Parquet',
    size: 'on demand',
    reason: `${short(load.consumed.peak + load.writes.peak)} messages/s, ${bytes(load.bytesIn.peak)}/s, in files of ${bytes(bufferBytes)} of them or ${short(bufferSeconds)} s.`,
    load,
    cellsNeeded: 1,
    spec: { ...spec, bufferBytes, bufferSeconds },
    ...unsized(READ_QUOTA.source),
  };
}

/** Files a second that a buffer makes of messages, for the flow into the bucket. @param eventBytes of a message */
export function filesOf(
  events: Rate,
  eventBytes: number,
  { bufferBytes = BUFFER.mostBytes, bufferSeconds = BUFFER.mostSeconds }: Pick<DeliverySpec, 'bufferBytes' | 'bufferSeconds'> = {},
): Rate {
  const files = (perSecond: number) => (perSecond > 0 ? Math.max((perSecond * eventBytes) / bufferBytes, 1 / bufferSeconds) : 0);
  return { average: files(events.average), peak: files(events.peak) };
}
