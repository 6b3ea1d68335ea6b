import { InputError, nearest } from '../plan/input-error';
import { inEnvironment } from '../plan/environment';
import { grownThrough } from '../plan/growth';
import { type Plan, plan } from '../plan/plan';
import type { System } from '../plan/system';
import { allSystems, loadSystem, systemIds } from '../systems';
import type { Options } from './run-verb';

/** `key=value` pairs of an option that may be repeated. @throws {InputError} when one is no pair */
export function pairsOf(option: string, pairs: readonly string[] = [], example: string): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (key === undefined || value === undefined) throw new InputError(`${option} takes key=value, such as ${example}; got "${pair}"`);
      return [key, value];
    }),
  );
}

/** Figures of `--set`. @throws {InputError} when a pair has no number */
export function figuresOf(pairs?: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(pairsOf('--set', pairs, 'availability=0.999')).map(([key, value]) => {
      const number = Number(value);
      if (value.trim() === '' || Number.isNaN(number)) throw new InputError(`--set ${key} takes a number, such as 4e6; got "${value}"`);
      return [key, number];
    }),
  );
}

/** The plans a command line asks for: one stage of a system, all of them in order, or those of every system. */
export function plansOf(id: string | undefined, { stage, all, set, region, environment, from = [] }: Options): Plan[] {
  if (all && environment) throw new InputError('--environment names one stage; give --stage instead of --all');
  if (all && from.length) throw new InputError('--from leads to one stage; give --stage instead of --all');
  if (stage && all) throw new InputError('--stage and --all exclude each other; give one');
  if (!id && !all)
    throw new InputError(`which system? one of ${systemIds().join(', ')} with --stage, or --all for every stage of every system`);
  return (id ? [loadSystem(id)] : allSystems()).flatMap((system) => {
    const names = all ? Object.keys(system.stages) : [stageOf(system, stage)];
    const held = from.map((name) => plan(system, name, {}, region));
    const plans = names.map((name) => grownThrough(held, plan(system, name, figuresOf(set), region)));
    return environment ? plans.map((p) => inEnvironment(p, environment)) : plans;
  });
}

function stageOf({ id, stages }: System, stage: string | undefined): string {
  const names = Object.keys(stages);
  if (!stage) throw new InputError(`which stage of ${id}? --stage ${names[0]}, or --all (one of ${names.join(', ')})`);
  if (!names.includes(stage)) throw new InputError(`unknown stage "${stage}" of ${id}; ${nearest(stage, names)}`);
  return stage;
}

/** One document for one stage, an array for `--all`. */
export const oneOrAll = <T>(documents: T[], { all }: Options): T | T[] => (all ? documents : documents[0]!);
