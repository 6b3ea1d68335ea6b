import type { Keeper, Step } from './engine';
import type { Sandbox, SandboxStack } from './sandbox';
import { SandboxError } from './sandbox-error';

/** Assumed: a sandbox that is just being made has its expiry stacks before this. */
const MADE_WITHIN_MS = 3600_000;

/** Its schedules are there, even if a later change of them failed. */
const isArmed = ({ room, status }: SandboxStack): boolean =>
  room === 'expiry' && /^(CREATE_COMPLETE|CREATE_IN_PROGRESS|UPDATE_)/.test(status);

/** One of its regions has no expiry stack that works. */
const isUnarmed = ({ engine, stacks }: Sandbox): boolean =>
  engine === 'cloudformation' && stacks.some(({ region }) => !stacks.some((other) => other.region === region && isArmed(other)));

/** Nothing ends it by itself, though it should, or nobody knows when. */
export const isAbandoned = (sandbox: Sandbox, now: Date): boolean =>
  now.getTime() - sandbox.created.getTime() > MADE_WITHIN_MS && (sandbox.expires === undefined || isUnarmed(sandbox));

/** Those past their expiry, and those that would never come to it. */
export const expired = (sandboxes: readonly Sandbox[], now: Date): Sandbox[] =>
  sandboxes.filter((sandbox) => (sandbox.expires && sandbox.expires <= now) || isAbandoned(sandbox, now));

/**
 * Deletes sandboxes one after the other, unless somebody has given one more time since it was found; where one fails it goes on with the next.
 * @returns those deleted
 * @throws {SandboxError} naming those that are left and why
 */
export async function deleteSandboxes(
  sandboxes: readonly Sandbox[],
  { find, end }: Keeper,
  watch: (step: Step) => void = () => {},
): Promise<Sandbox[]> {
  const failures: string[] = [];
  const deleted: Sandbox[] = [];
  for (const { name, engine } of sandboxes) {
    try {
      const now = (await find()).filter((sandbox) => sandbox.name === name && sandbox.engine === engine);
      for (const sandbox of expired(now, new Date())) {
        await end(sandbox, watch);
        deleted.push(sandbox);
      }
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length > 0) throw new SandboxError(failures.join('\n'));
  return deleted;
}
