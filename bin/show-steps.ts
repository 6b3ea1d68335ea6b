import { SingleBar } from 'cli-progress';
import type { Step } from '../sandbox/engine';
import { note } from './print';

/** Shows on stderr what a sandbox is about: one living line on a terminal, a line a resource elsewhere. */
export function showSteps(): { watch: (step: Step) => void; stop: () => void } {
  if (!process.stderr.isTTY) return { watch: (step) => stepLine(step) && note(stepLine(step)!), stop: () => {} };
  const bar = new SingleBar({ format: '{bar} {value}/{total} {step}', stream: process.stderr, barsize: 24, clearOnComplete: true });
  let begun = false;
  return {
    watch(step) {
      if (!begun) bar.start(step.total, step.done, { step: '' });
      begun = true;
      bar.setTotal(step.total);
      bar.update(step.done, { step: nameOf(step) });
    },
    stop: () => bar.stop(),
  };
}

/** Does something whose steps are shown. */
export async function shown<T>(work: (watch: (step: Step) => void) => Promise<T>): Promise<T> {
  const { watch, stop } = showSteps();
  try {
    return await work(watch);
  } finally {
    stop();
  }
}

/** What is worth a line of a log: ends, failures, and waiting for something. */
function stepLine(step: Step): string | undefined {
  if (step.status === 'started' && !step.reason) return undefined;
  return `${step.done}/${step.total} ${nameOf(step)}`;
}

function nameOf({ stack, resource, type, status, reason }: Step): string {
  const what = resource ? `${stack} ${resource} (${type})` : stack;
  const how = { started: '', done: resource ? '' : ' done', failed: ' failed' }[status];
  return `${what}${how}${reason ? `: ${reason}` : ''}`;
}
