import { SingleBar } from 'cli-progress';
import type { Step } from '../sandbox/engine';
import { Busy } from './busy';
import { note } from './print';

/** Without news for as long, it says what it waits for. Milliseconds. */
const QUIET_MS = 30_000;
/** Exit codes of being told to end, as shells have them. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does something in the account whose steps are shown on stderr: one living line on a terminal, a line a resource elsewhere. Told to end, it says
 * what goes on without it before it leaves.
 * @param goesOn what happens without us and how to look after it, by the names of the stacks that are at work
 */
export async function shown<T>(work: (watch: (step: Step) => void) => Promise<T>, goesOn: (busy: readonly string[]) => string): Promise<T> {
  const busy = new Busy();
  const { tell, stop } = process.stderr.isTTY ? livingLine() : { tell: lineOf, stop: () => {} };
  let last: Step | undefined;
  const quiet = setInterval(() => {
    const waits = busy.inWords();
    if (last && waits) tell(last, `still at work on ${waits}`);
  }, QUIET_MS).unref();
  const leave = (signal: keyof typeof SIGNALS) => {
    stop();
    note(`\ninterrupted; ${goesOn(busy.stacks)}`);
    process.exit(SIGNALS[signal]);
  };
  const signals = Object.keys(SIGNALS) as (keyof typeof SIGNALS)[];
  signals.forEach((signal) => process.on(signal, leave));
  try {
    return await work((step) => {
      busy.see(step);
      last = step;
      quiet.refresh();
      tell(step);
    });
  } finally {
    clearInterval(quiet);
    stop();
    signals.forEach((signal) => process.off(signal, leave));
  }
}

/** Shows how far it is, and what is to be said of it. @default the step itself */
type Tell = (step: Step, text?: string) => void;

function livingLine(): { tell: Tell; stop: () => void } {
  const bar = new SingleBar({ format: '{bar} {value}/{total} {step}', stream: process.stderr, barsize: 24, clearOnComplete: true });
  let begun = false;
  return {
    tell(step, text = nameOf(step)) {
      if (!begun) bar.start(step.total, step.done, { step: '' });
      begun = true;
      bar.setTotal(step.total);
      bar.update(step.done, { step: text });
    },
    stop: () => bar.stop(),
  };
}

/** Of a log, only what is worth a line: ends, failures, and waiting for something. */
const lineOf: Tell = (step, text) => {
  if (step.status === 'started' && !step.reason && !text) return;
  note(`${step.done}/${step.total} ${text ?? nameOf(step)}`);
};

function nameOf({ stack, resource, type, status, reason }: Step): string {
  const what = resource ? `${stack} ${resource} (${type})` : stack;
  const how = { started: '', done: resource ? '' : ' done', failed: ' failed' }[status];
  return `${what}${how}${reason ? `: ${reason}` : ''}`;
}
