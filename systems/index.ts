import { readdirSync } from 'node:fs';
import { closest } from 'fastest-levenshtein';
import { InputError } from '../plan/input-error';
import type { System } from '../plan/system';

/** Ids of all systems: every other file of this folder is one, so a new system is known the moment its file exists. */
export const systemIds = (): string[] =>
  readdirSync(__dirname)
    .filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file) && !file.startsWith('index.'))
    .map((file) => file.replace(/\.(ts|js)$/, ''))
    .sort();

/**
 * Loads one system by id or alias; only its file is read when the id is given.
 * @throws {InputError} naming the nearest id
 */
export function loadSystem(id: string): System {
  const ids = systemIds();
  if (ids.includes(id)) return load(id);
  const names = new Map(ids.map(load).flatMap((s) => [s.id, ...s.aliases].map((name) => [name, s] as const)));
  const found = names.get(id);
  if (!found)
    throw new InputError(
      `unknown system "${id}"; did you mean "${names.get(closest(id, [...names.keys()]))!.id}"? (one of ${ids.join(', ')})`,
    );
  return found;
}

export const allSystems = (): System[] => systemIds().map(load);

const load = (id: string): System => (require(`./${id}`) as { default: System }).default;
