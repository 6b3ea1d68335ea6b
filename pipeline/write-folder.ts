import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../plan/input-error';

/** @throws {InputError} when a folder that is about to be replaced holds anything but what is ours */
export function checkFolder(folder: string, ours: readonly string[]): void {
  const stranger = existsSync(folder) && statSync(folder).isDirectory() && readdirSync(folder).find((file) => !ours.includes(file));
  if (stranger) throw new InputError(`"${folder}" also holds "${stranger}", which would be lost; move it or name another folder`);
}

/**
 * Fills a folder and puts it in place whole: on any failure what was there before is still there, and nothing half-written is.
 * @throws {InputError} when the place cannot be written to
 */
export function writeFolder<T>(folder: string, fill: (temporary: string) => T): T {
  const target = resolve(folder);
  let temporary: string;
  try {
    if (existsSync(target) && !statSync(target).isDirectory()) throw new Error('a file is in its place');
    makeFolder(dirname(target));
    temporary = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  } catch (error) {
    throw new InputError(`cannot write to "${folder}": ${(error as Error).message.split(',')[0]}; name a folder you may write to`);
  }
  try {
    const filled = join(temporary, 'new');
    mkdirSync(filled);
    const result = fill(filled);
    if (existsSync(target)) renameSync(target, join(temporary, 'old'));
    renameSync(filled, target);
    return result;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Node's own `recursive` never returns where nothing can be made, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
