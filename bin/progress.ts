import { SingleBar } from 'cli-progress';
import type { Job, Result, Task } from '../pipeline/stage-pool';

/** Performs a task of the pipeline for each stage, with a bar on stderr when there are several. */
export async function performWithProgress<T extends Task>(task: T, jobs: readonly Job<T>[]): Promise<Result<T>[]> {
  const { performAll } = await import('../pipeline/stage-pool');
  if (jobs.length < 2) return performAll(task, jobs);
  const bar = new SingleBar({ format: '{bar} {value}/{total} {stage}', stream: process.stderr, noTTYOutput: false, barsize: 30 });
  bar.start(jobs.length, 0, { stage: '' });
  try {
    return await performAll(task, jobs, ([{ system, stage }]) => bar.increment({ stage: `${system} ${stage}` }));
  } finally {
    bar.stop();
  }
}
