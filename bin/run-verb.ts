import { basename } from 'node:path';

/** A verb gets its arguments and options, prints, and returns its exit code. */
export type Verb = (args: (string | string[] | undefined)[], options: Options) => number | Promise<number>;

/** Options as given on the command line. */
export interface Options {
  stage?: string;
  all?: boolean;
  set?: string[];
  region?: string;
  environment?: string;
  from?: string[];
  json?: boolean;
  out?: string;
  image?: string;
  outputs?: string;
  disposable?: boolean;
  template?: string;
  usage?: string;
  full?: boolean;
  ttl?: string;
  budget?: string;
  profile?: string;
  owner?: string;
  parameter?: string[];
  engine?: string;
  podMetrics?: boolean;
  expiry?: boolean;
  gitops?: string;
  yes?: boolean;
}

/** Exit code of a user's mistake. */
const MISTAKE = 2;
/** Mistakes of the user wherever they are noticed. */
const MISTAKES = ['InputError', 'PriceBookError', 'TemplateError', 'UsageError'];
/** Exit code when the command was right and the account or the network was not. */
const FAILURE = 1;
const FAILURES = ['SandboxError'];

/** Scripts read a mistake as the one line of stderr, whatever is quoted in it. */
export const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');

/**
 * Loads only the verb that is asked for, runs it, and turns mistakes and failures into one line. Anything else is a defect and keeps its
 * stack trace.
 * @param path of the verb's file below `verbs`, such as `plan` or `sandbox/up`; it exports the verb by its last word
 */
export async function run(path: string, args: (string | string[] | undefined)[], options: Options): Promise<void> {
  try {
    const verb = ((await import(`./verbs/${path}`)) as Record<string, Verb>)[basename(path)]!;
    process.exitCode = await verb(args, options);
  } catch (error) {
    const isA = (names: readonly string[]) => error instanceof Error && names.includes(error.name);
    if (!isA(MISTAKES) && !isA(FAILURES)) throw error;
    process.stderr.write(`scaleprint: ${oneLine((error as Error).message)}\n`);
    process.exitCode = isA(MISTAKES) ? MISTAKE : FAILURE;
  }
}
