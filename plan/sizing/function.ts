import { firingsPerSecond } from '../cron';
import { utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { type Capacity, docs } from '../source';
import { MIB, type Rate, short, steady } from '../units';

/** Code that runs for messages of queues, or by the clock, on no machine of ours. */
export interface FunctionSpec {
  does: string;
  /** Memory of a run, 128 MiB to 10,240 MiB; it gets a vCPU for each 1,769 MiB. */
  memoryBytes: number;
  /** Seconds a run takes on average. */
  seconds: Capacity;
  /** Messages a run takes at most, 1 to 10. @default 1 */
  batch?: number;
  /** Cron expression of five fields, UTC. @default it runs for what it consumes */
  schedule?: string;
  /** Longest run, seconds, up to 900; its queues hide a message six times as long. @default three times `seconds`, at most 900 */
  timeoutSeconds?: number;
}

export interface FunctionPart extends Sized<'function'> {
  does: string;
  memoryMib: number;
  /** Average run, seconds. */
  seconds: number;
  timeoutSeconds: number;
  /** Runs a second. */
  runs: Rate;
  batch: number;
  /** Most runs at once, 2 to 1000: messages beyond them wait in their queue. */
  concurrency: number;
  /** @default it runs for what it consumes */
  schedule?: string;
}

/** Batches that Lambda takes from one queue at once. */
const PER_QUEUE = {
  value: 1000,
  source: docs(
    'AWS docs, Configuring scaling behavior for SQS event source mappings',
    '2026-11-22',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  ),
};
/** MiB and seconds: AWS docs, Lambda quotas (latest/dg/gettingstarted-limits.html), 2026-11-22. */
const MEMORY = { least: 128, most: 10_240 };
const LONGEST = 900;
/** The least that an event source can be bounded to: the page of {@link PER_QUEUE}. */
const LEAST_CONCURRENCY = 2;
const TARGET = 0.8;

/**
 * Runs at once are runs a second times their length; Lambda spreads them over the zones by itself. What a peak brings beyond the most that
 * run at once waits in the queue, so only an average beyond it asks for another cell.
 * @throws {Error} on sizes and times that Lambda refuses: a defect of the system file
 */
export function sizeFunction(id: string, spec: FunctionSpec, { zones, load }: Surroundings): FunctionPart {
  const { seconds, batch = 1, schedule } = spec;
  const memoryMib = Math.ceil(spec.memoryBytes / MIB);
  const timeoutSeconds = spec.timeoutSeconds ?? Math.min(LONGEST, Math.ceil(3 * seconds.value));
  const wrong = (what: string) => new Error(`function "${id}": ${what}`);
  if (memoryMib < MEMORY.least || memoryMib > MEMORY.most) throw wrong(`${memoryMib} MiB; Lambda takes ${MEMORY.least} to ${MEMORY.most}`);
  if (timeoutSeconds > LONGEST || timeoutSeconds < seconds.value)
    throw wrong(`a timeout of ${timeoutSeconds} s; it takes ${seconds.value} to ${LONGEST}`);
  if (batch < 1 || batch > 10) throw wrong(`batches of ${batch}; it takes 1 to 10`);
  // Assumed: batches are full at peak, and at other times as full as there are messages for.
  const filled = load.consumed.peak > 0 ? Math.max(1, (batch * load.consumed.average) / load.consumed.peak) : 1;
  const runs = schedule
    ? steady(firingsPerSecond(schedule))
    : { average: load.consumed.average / filled, peak: Math.max(load.consumed.peak / batch, load.consumed.average / filled) };
  const atOnce = schedule ? 1 : runs.peak * seconds.value;
  const sustained = schedule ? 1 : runs.average * seconds.value;
  const demand = Math.max(sustained, Math.min(atOnce, PER_QUEUE.value * TARGET));
  const fit = utilise(1, [{ name: 'runs at once', demand, perUnit: PER_QUEUE.value, unit: 'runs', source: PER_QUEUE.source }], {
    zones: Math.max(zones, 2),
    target: TARGET,
    standIn: true,
  });
  return {
    id,
    kind: 'function',
    technology: 'Lambda',
    size: `${memoryMib} MiB`,
    reason: schedule
      ? `${spec.does}, by the clock (${schedule}), for ${short(seconds.value)} s.`
      : `${short(runs.peak)} runs/s of ${short(seconds.value)} s are ${short(atOnce)} at once${atOnce > demand ? '; those beyond a thousand wait in the queue' : ''}.`,
    load,
    cellsNeeded: Math.max(1, Math.ceil(fit.utilisation / TARGET)),
    does: spec.does,
    memoryMib,
    seconds: seconds.value,
    timeoutSeconds,
    runs,
    batch,
    concurrency: Math.min(PER_QUEUE.value, Math.max(LEAST_CONCURRENCY, Math.ceil(atOnce / TARGET))),
    ...(schedule && { schedule }),
    ...measured({ fit, target: TARGET }),
  };
}
