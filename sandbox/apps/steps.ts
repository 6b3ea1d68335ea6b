import type { Step } from '../engine';

/** Progress of one cell's app tiers. */
export interface Progress {
  /** Does something and tells how it went. */
  step<T>(resource: string, type: string, act: () => Promise<T>): Promise<T>;
  /** Something that is done already. */
  done(resource: string, type: string): void;
}

/** Steps of all cells together. */
export interface Tally {
  done: number;
  /** Grows as cells find out what they have to do. */
  total: number;
  watch: (step: Step) => void;
}

/** @param steps there will be of this cell */
export function progressOf(stack: string, steps: number, tally: Tally): Progress {
  tally.total += steps;
  const tell = (resource: string, type: string, status: Step['status'], reason?: string) =>
    tally.watch({ stack, resource, type, status, reason, done: tally.done, total: tally.total });
  return {
    async step(resource, type, act) {
      tell(resource, type, 'started');
      try {
        const result = await act();
        tally.done++;
        tell(resource, type, 'done');
        return result;
      } catch (error) {
        tell(resource, type, 'failed', (error as Error).message);
        throw error;
      }
    },
    done(resource, type) {
      tally.done++;
      tell(resource, type, 'done');
    },
  };
}
