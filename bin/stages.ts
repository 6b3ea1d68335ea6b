import { InputError, nearest } from '../plan/input-error';
import { type Plan, plan } from '../plan/plan';
import type { System } from '../plan/system';
import { loadSystem } from '../systems';
import type { Options } from './run-verb';

/** `key=value` pairs of `--set`. @throws {InputError} when a pair has no number */
export function figuresOf(pairs: readonly string[] = []): Record<string, number> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key, value, ...rest] = pair.split('=');
      if (!key || value === undefined || rest.length)
        throw new InputError(`--set takes key=value, such as availability=0.999; got "${pair}"`);
      const number = Number(value);
      if (value.trim() === '' || Number.isNaN(number)) throw new InputError(`--set ${key} takes a number, such as 4e6; got "${value}"`);
      return [key, number];
    }),
  );
}

/** The plans a command line asks for: one stage, or all of them in order. */
export function plansOf(id: string, { stage, all, set, region }: Options): { system: System; plans: Plan[] } {
  const system = loadSystem(id);
  const names = Object.keys(system.stages);
  if (!stage && !all) throw new InputError(`which stage of ${id}? --stage ${names[0]}, or --all (one of ${names.join(', ')})`);
  if (stage && all) throw new InputError('--stage and --all exclude each other; give one');
  if (stage && !names.includes(stage)) throw new InputError(`unknown stage "${stage}" of ${id}; ${nearest(stage, names)}`);
  return { system, plans: (all ? names : [stage!]).map((name) => plan(system, name, figuresOf(set), region)) };
}

/** One document for one stage, an array for `--all`. */
export const oneOrAll = <T>(documents: T[], { all }: Options): T | T[] => (all ? documents : documents[0]!);
