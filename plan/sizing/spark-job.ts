import { firingsPerSecond } from '../cron';
import { type Sized, type Surroundings, unsized } from '../part';
import type { Capacity, Source } from '../source';
import { bytes, GIB, MONTH, short } from '../units';

/** Spark that runs by the clock, on machines that are there for the run alone. */
export interface SparkJobSpec {
  does: string;
  /** Cron expression of five fields, UTC. */
  schedule: string;
  /** Id of the object store that holds its program, at `jobs/<id>.py`; it reads from there, by a flow. */
  program: string;
  executors: number;
  /** Of an executor, and of the driver. */
  executor: { vcpu: number; memoryBytes: number; source: Source };
  /** Hours a run takes with all executors. */
  hours: Capacity;
  /** Hours after which a run is given up and tried once more. @default one and a half times `hours` */
  timeoutHours?: number;
}

export interface SparkJobPart extends Sized<'sparkJob'> {
  does: string;
  schedule: string;
  program: string;
  executors: number;
  vcpu: number;
  memoryGib: number;
  timeoutHours: number;
  /** Runs a month. */
  runs: number;
  /** Of a month, the driver's included. */
  vcpuHours: number;
  gibHours: number;
  /** Whether nothing starts it. @default false */
  paused?: boolean;
}

/** GiB that workers take, by their vCPUs: remembered (2026-11-22) of EMR Serverless, worker configurations. */
const WORKERS: Readonly<Record<number, readonly [least: number, most: number]>> = {
  1: [2, 8],
  2: [4, 16],
  4: [8, 30],
  8: [16, 60],
  16: [32, 120],
};

/**
 * As many workers as the source says, for as long; what is bought follows from the runs of a month.
 * @throws {Error} on workers that EMR Serverless does not have: a defect of the system file
 */
export function sizeSparkJob(id: string, spec: SparkJobSpec, { load }: Surroundings): SparkJobPart {
  const { executors, executor, schedule } = spec;
  const memoryGib = Math.ceil(executor.memoryBytes / GIB);
  const limits = WORKERS[executor.vcpu];
  if (!limits || memoryGib < limits[0] || memoryGib > limits[1])
    throw new Error(
      `spark job "${id}": ${executor.vcpu} vCPU with ${memoryGib} GiB; workers have ${Object.entries(WORKERS)
        .map(([vcpu, [least, most]]) => `${vcpu} with ${least} to ${most}`)
        .join(', ')}`,
    );
  const runs = firingsPerSecond(schedule) * MONTH;
  const workerHours = runs * (executors + 1) * spec.hours.value;
  return {
    id,
    kind: 'sparkJob',
    technology: 'EMR Serverless, Spark',
    size: `${executor.vcpu} vCPU / ${bytes(executor.memoryBytes)}`,
    reason: `${spec.does}, by the clock (${schedule}): ${short(runs)} runs a month of ${executors} executors for ${short(spec.hours.value)} h.`,
    load,
    cellsNeeded: 1,
    does: spec.does,
    schedule,
    program: spec.program,
    executors,
    vcpu: executor.vcpu,
    memoryGib,
    timeoutHours: spec.timeoutHours ?? 1.5 * spec.hours.value,
    runs,
    vcpuHours: workerHours * executor.vcpu,
    gibHours: workerHours * memoryGib,
    ...unsized(spec.hours.source),
    count: executors + 1,
  };
}
