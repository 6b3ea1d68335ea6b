import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConcurrentUpdateError, type Stack } from '@pulumi/pulumi/automation';
import type { Account } from '../../../../sandbox/account';
import { inWorkspace, unlocked } from '../../../../sandbox/engines/pulumi/workspace';
import { SandboxError } from '../../../../sandbox/sandbox-error';

const account = { profile: 'somebody' } as Account;

/** What Pulumi says of a lock. */
const locked = (holder: string) => {
  const text = `the stack is currently locked by 1 lock(s)\n  file:///backend: created by ${holder} at 2026-11-22T10:00:00Z`;
  return new ConcurrentUpdateError({ stdout: '', stderr: text, code: 255, toString: () => text } as never);
};

const stackThat = (cancel: () => Promise<void> = async () => {}) => ({ name: 'box', cancel }) as Stack;

test('without the command it says how to get it, and leaves nothing', async () => {
  const before = process.env.PATH;
  const temporary = mkdtempSync(join(tmpdir(), 'scaleprint-no-pulumi-'));
  process.env.PATH = temporary;
  process.env.TMPDIR = temporary;
  try {
    const working = inWorkspace(account, undefined, () => Promise.resolve());
    await expect(working).rejects.toThrow(SandboxError);
    await expect(working).rejects.toThrow(
      /needs the command `pulumi` on the PATH .*https:\/\/www\.pulumi\.com\/docs\/install\/, or use --engine cloudformation/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    process.env.PATH = before;
    delete process.env.TMPDIR;
    rmSync(temporary, { recursive: true });
  }
});

test('the lock of a run on this machine that is dead is removed, and the work done', async () => {
  const cancel = jest.fn(async () => {});
  const work = jest.fn(async () => 'done').mockRejectedValueOnce(locked(`me@${hostname()} (pid 999999999)`));
  expect(await unlocked(stackThat(cancel), work)).toBe('done');
  expect(cancel).toHaveBeenCalledTimes(1);
});

test.each([
  ['on this machine that lives', `me@${hostname()} (pid ${process.pid})`],
  ['on another machine', 'me@elsewhere (pid 999999999)'],
  ['that nobody can name', 'somebody'],
])('the lock of a run %s stays', async (_, holder) => {
  const cancel = jest.fn(async () => {});
  await expect(unlocked(stackThat(cancel), () => Promise.reject(locked(holder)))).rejects.toThrow(
    /another run is at work on box .*pulumi cancel --stack box/,
  );
  expect(cancel).not.toHaveBeenCalled();
});

test('other errors pass', async () => {
  await expect(unlocked(stackThat(), () => Promise.reject(new Error('full')))).rejects.toThrow('full');
});
