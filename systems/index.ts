import { readdirSync } from 'node:fs';
import { InputError, nearest } from '../plan/input-error';
import type { System } from '../plan/system';

/** Ids of all systems: every other file of this folder is one, so a new system is known the moment its file exists. */
export const systemIds = (): string[] =>
  readdirSync(__dirname)
    .filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file) && !file.startsWith('index.'))
    .map((file) => file.replace(/\.(ts|js)$/, ''))
    .sort();

/**
 * Loads one system by id or alias; only its file is read when the id is given.
 * @throws {InputError} naming the id that was likely meant, or all
 */
export function loadSystem(id: string): System {
  const ids = systemIds();
  if (ids.includes(id)) return load(id);
  const aliases = new Map(ids.map(load).flatMap((system) => system.aliases.map((alias) => [alias, system.id] as const)));
  const found = aliases.get(id);
  if (!found) throw new InputError(`unknown system "${id}"; ${nearest(id, ids, aliases)}`);
  return load(found);
}

export const allSystems = (): System[] => systemIds().map(load);

const load = (id: string): System => (require(`./${id}`) as { default: System }).default;
