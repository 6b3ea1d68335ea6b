import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds. @throws {Error} when it does not in time, with what was waited for and why it is not so */
export async function eventually(what: string, seconds: number, holds: () => Promise<boolean>, why = () => ''): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not after ${seconds} s${why()}`);
    await sleep(50);
  }
}
