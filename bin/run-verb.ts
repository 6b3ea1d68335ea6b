import { InputError } from '../plan/input-error';

/** A verb gets its arguments and options, prints, and returns its exit code. */
export type Verb = (args: (string | string[] | undefined)[], options: Options) => number | Promise<number>;

/** Options as given on the command line. */
export interface Options {
  stage?: string;
  all?: boolean;
  set?: string[];
  region?: string;
  environment?: string;
  json?: boolean;
  out?: string;
  image?: string;
  outputs?: string;
  disposable?: boolean;
  template?: string;
  usage?: string;
  full?: boolean;
}

/** Exit code of a user's mistake. */
const MISTAKE = 2;
/** Mistakes of the user wherever they are noticed; anything else is a defect and keeps its stack trace. */
const MISTAKES = ['InputError', 'SandboxError', 'PriceBookError', 'TemplateError', 'UsageError'];

/** Scripts read a mistake as the one line of stderr, whatever is quoted in it. */
export const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ');

/** Loads only the verb that is asked for, runs it, and turns mistakes into one line. */
export async function run(name: string, args: (string | string[] | undefined)[], options: Options): Promise<void> {
  try {
    const { [name]: verb } = (await import(`./verbs/${name}`)) as Record<string, Verb>;
    process.exitCode = await verb!(args, options);
  } catch (error) {
    if (!(error instanceof Error && (error instanceof InputError || MISTAKES.includes(error.name)))) throw error;
    process.stderr.write(`scaleprint: ${oneLine(error.message)}\n`);
    process.exitCode = MISTAKE;
  }
}
