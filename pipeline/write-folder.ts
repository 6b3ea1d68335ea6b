import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../plan/input-error';

/**
 * Fills a folder and puts it in place whole: on any failure what was there before is still there, and nothing half-written is.
 * @throws {InputError} when the place cannot be written to
 */
export function writeFolder<T>(folder: string, fill: (temporary: string) => T): T {
  const target = resolve(folder);
  let temporary: string;
  try {
    mkdirSync(dirname(target), { recursive: true });
    temporary = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  } catch (error) {
    throw new InputError(`cannot write to "${folder}": ${(error as Error).message.split(',')[0]}; name a folder you may write to`);
  }
  try {
    const result = fill(temporary);
    if (existsSync(target)) rmSync(target, { recursive: true });
    renameSync(temporary, target);
    return result;
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    throw error;
  }
}
