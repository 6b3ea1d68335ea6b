import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConcurrentUpdateError, type Stack } from '@pulumi/pulumi/automation';
import type { Account } from '../../../../sandbox/account';
import { inWorkspace, unlocked } from '../../../../sandbox/engines/pulumi/workspace';
import { SandboxError } from '../../../../sandbox/sandbox-error';
import { StandIns } from '../../apps/stand-ins';

const account = {
  profile: 'somebody',
  credentials: () => Promise.resolve({ accessKeyId: 'THEIRS', secretAccessKey: 'hidden', sessionToken: 'for-an-hour' }),
} as unknown as Account;

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
      /needs the command `pulumi` on the PATH .*get it with `curl [^`]*`, or use --engine cloudformation/,
    );
    expect(readdirSync(temporary)).toEqual([]);
  } finally {
    process.env.PATH = before;
    delete process.env.TMPDIR;
    rmSync(temporary, { recursive: true });
  }
});

describe('with a command', () => {
  const before = { ...process.env };
  let programs: StandIns;
  let seen: string;
  beforeAll(() => {
    programs = new StandIns();
    seen = join(programs.folder, 'seen');
    programs.add('pulumi', `env > '${seen}'; [ "$1" = version ] && echo v3.248.0 || echo '[]'`);
    Object.assign(process.env, { AWS_PROFILE: 'of-another', AWS_ACCESS_KEY_ID: 'OTHER', AWS_SESSION_TOKEN: 'others' });
  });
  afterAll(() => {
    programs.remove();
    process.env = before;
  });

  test('it is given the credentials of the account, whatever the environment says, and they are written nowhere', async () => {
    const files = await inWorkspace(account, undefined, async (workspace) => {
      await workspace.listStacks();
      return readdirSync(workspace.workDir).map((file) => readFileSync(join(workspace.workDir, file), 'utf8'));
    });
    const environment = readFileSync(seen, 'utf8').split('\n');
    for (const variable of ['AWS_ACCESS_KEY_ID=THEIRS', 'AWS_SECRET_ACCESS_KEY=hidden', 'AWS_SESSION_TOKEN=for-an-hour', 'AWS_PROFILE='])
      expect(environment).toContain(variable);
    expect(files.length).toBeGreaterThan(0);
    expect(files.join()).not.toMatch(/THEIRS|hidden|for-an-hour/);
  });

  test.each([
    ['a folder', 'file:///state', 'file:///state?metadata=skip'],
    ['one with parameters', 'file:///state?no_tmp_dir=true', 'file:///state?no_tmp_dir=true&metadata=skip'],
    ['one that says so itself', 'file:///state?metadata=skip', 'file:///state?metadata=skip'],
    ['a bucket', 's3://state', 's3://state'],
    ['none that is named', undefined, 'file://~?metadata=skip'],
  ])('the state goes to %s, in files that are written whole', async (_, named, told) => {
    delete process.env.PULUMI_BACKEND_URL;
    if (named) process.env.PULUMI_BACKEND_URL = named;
    await inWorkspace(account, undefined, (workspace) => workspace.listStacks());
    expect(readFileSync(seen, 'utf8').split('\n')).toContain(`PULUMI_BACKEND_URL=${told}`);
  });

  test('an account whose credentials have expired is told so', async () => {
    const expired = () => Promise.reject(Object.assign(new Error('The SSO session has expired'), { name: 'CredentialsProviderError' }));
    await expect(inWorkspace({ ...account, credentials: expired }, undefined, () => Promise.resolve())).rejects.toThrow(
      /credentials have expired .*`aws sso login --profile somebody`/,
    );
  });
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
