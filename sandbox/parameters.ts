import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { InputError, nearest } from '../plan/input-error';
import type { Account } from './account';
import { LOOK_UPS } from './look-ups';
import { SandboxError } from './sandbox-error';

/** A parameter that a stack asks for. */
export interface Question {
  name: string;
  stack: string;
  region: string;
  description: string;
  /** What a value has to look like, whole; of a list each of its values. */
  pattern?: string;
  /** Values come separated by commas. @default false */
  isList?: boolean;
}

type Answers = Readonly<Record<string, string>>;

/** What the stacks of a folder `cdk.out` ask for and have no answer to themselves. */
export function questionsOf(assembly: string): Question[] {
  return new CloudAssembly(assembly).stacks.flatMap(({ stackName: stack, environment: { region }, template }) =>
    Object.entries((template as { Parameters?: Record<string, Declared> }).Parameters ?? {})
      .filter(([, { Default }]) => Default === undefined)
      .map(([name, { Description = '', AllowedPattern: pattern, Type }]) => {
        const isList = Type === 'CommaDelimitedList';
        return { name, stack, region, description: Description, pattern, ...(isList && { isList }) };
      }),
  );
}

interface Declared {
  Type: string;
  Description?: string;
  AllowedPattern?: string;
  Default?: string;
}

/**
 * Answers what the stacks ask: with what is given, and with what the account knows by itself.
 * @returns by name, or by `stack:name` where the answer differs between regions
 * @throws {InputError} naming every answer that is missing, or one that nothing asks for or that does not look right
 * @throws {SandboxError} when the account does not know what it should
 */
export async function answersTo(questions: readonly Question[], given: Answers, account: Account): Promise<Answers> {
  checkGiven(questions, given);
  const open = questions.filter(({ name }) => given[name] === undefined);
  const missing = new Map(open.filter(({ name }) => !LOOK_UPS[name]).map((q) => [q.name, q.description]));
  if (missing.size > 0) {
    const each = [...missing].map(([name, description]) => `--parameter ${name}=... (${description})`);
    throw new InputError(`the sandbox needs ${each.join(' and ')}`);
  }
  const regionsOf = new Map<string, Question[]>();
  for (const q of open) regionsOf.set(`${q.name} ${q.region}`, [...(regionsOf.get(`${q.name} ${q.region}`) ?? []), q]);
  const found = await Promise.all([...regionsOf.values()].map((alike) => lookUp(alike, given, account)));
  return { ...given, ...Object.assign({}, ...found) };
}

async function lookUp(alike: readonly Question[], given: Answers, account: Account): Promise<Answers> {
  const [question] = alike as [Question];
  const { name, region, description } = question;
  const value = await LOOK_UPS[name]!({ account, region, given });
  if (value === undefined || !fits(question, value))
    throw new SandboxError(
      `the account does not tell ${name} (${description})${value ? `: "${value}" is none` : ''}; give it with --parameter ${name}=...`,
    );
  return Object.fromEntries(alike.map(({ stack }) => [`${stack}:${name}`, value]));
}

function checkGiven(questions: readonly Question[], given: Answers): void {
  const names = [...new Set(questions.map(({ name }) => name))].sort();
  for (const [name, value] of Object.entries(given)) {
    const asked = questions.find((q) => q.name === name);
    if (!asked) throw new InputError(`the sandbox has no parameter "${name}"; ${nearest(name, names)}`);
    if (!fits(asked, value)) throw new InputError(`--parameter ${name} is "${value}"; it takes: ${asked.description}`);
  }
}

/** As CloudFormation would decide, before anything is deployed. */
const fits = ({ pattern, isList }: Question, value: string): boolean =>
  pattern === undefined ||
  (isList ? value.split(',') : [value]).every((one) => new RegExp(`^(?:${pattern})$`).test(isList ? one.trim() : one));
