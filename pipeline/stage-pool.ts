import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from 'workerpool';
import type { Plan } from '../plan/plan';

type Tasks = typeof import('./tasks');
export type Task = keyof Tasks;
/** What a task is given: a plan, and what else it takes. */
export type Job<T extends Task> = Parameters<Tasks[T]>;
export type Result<T extends Task> = ReturnType<Tasks[T]>;

/** Each thread loads the CDK and warms up anew, which takes as long as two or three stages of usual size. */
const STAGES_PER_THREAD = 3;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** More than a signal to oneself takes. */
const SIGNAL_MILLISECONDS = 1000;

/**
 * Performs a task for many stages on all cores; few stages, or one core, get no thread of their own. A stage that fails, or a signal to end,
 * lets those finish that are under way and cancels the others: a thread that is cut off leaves what it has half written.
 * @param threads how many stages at once, at most. @default one a core
 * @param done told of each stage when it is finished
 * @returns results in the order of the jobs
 */
export async function performAll<T extends Task>(
  task: T,
  jobs: readonly Job<T>[],
  done: (job: Job<T>) => void = () => {},
  threads = availableParallelism(),
): Promise<Result<T>[]> {
  const useful = Math.min(threads, Math.ceil(jobs.length / STAGES_PER_THREAD));
  if (useful < 2) return runHere(task, jobs, done);
  const workers = pool(join(__dirname, 'worker.js'), { workerType: 'thread', maxWorkers: useful });
  const results = new Map<Job<T>, Result<T>>();
  let told: NodeJS.Signals | undefined;
  const end = (signal: NodeJS.Signals) => {
    told = signal;
    void workers.terminate();
  };
  SIGNALS.forEach((signal) => process.once(signal, end));
  // The largest first, or a thread would be left alone with it in the end.
  const largestFirst = [...jobs].sort(([a], [b]) => sizeOf(b) - sizeOf(a));
  try {
    await Promise.all(
      largestFirst.map(async (job) => {
        results.set(job, (await workers.exec(task, job)) as Result<T>);
        done(job);
      }),
    );
  } finally {
    await workers.terminate();
    SIGNALS.forEach((signal) => process.off(signal, end));
    if (told) {
      // This time nobody here puts it off.
      process.kill(process.pid, told);
      await sleep(SIGNAL_MILLISECONDS);
    }
  }
  return jobs.map((job) => results.get(job)!);
}

async function runHere<T extends Task>(task: T, jobs: readonly Job<T>[], done: (job: Job<T>) => void): Promise<Result<T>[]> {
  // Only here: the thread that hands out work does not need the CDK.
  const tasks: { [Name in Task]: (...job: Job<Name>) => Result<Name> } = await import('./tasks');
  return jobs.map((job) => {
    const result = tasks[task](...job);
    done(job);
    return result;
  });
}

const sizeOf = ({ deployments }: Plan): number => deployments.reduce((n, { cells, parts }) => n + cells * parts.length, 0);
