import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConcurrentUpdateError,
  LocalWorkspace,
  type LocalWorkspaceOptions,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from '@pulumi/pulumi/automation';
import type { Account } from '../../account';
import { explained } from '../../failure';
import { SandboxError } from '../../sandbox-error';
import { PULUMI } from './tool';

const PROJECT = 'scaleprint';
/** Where `pulumi login --local` keeps its state: ~/.pulumi. */
const LOCAL = 'file://~';
const NO_PROGRAM: PulumiFn = () => Promise.resolve();

/**
 * Works in a workspace that is gone afterwards, as the account; all that stays is the state, where PULUMI_BACKEND_URL says or in `~/.pulumi`. Without
 * PULUMI_CONFIG_PASSPHRASE it is encrypted with the empty passphrase: the state has no secrets, AWS makes and keeps those.
 * @throws {SandboxError} when the command `pulumi` is missing or too old
 */
export async function inWorkspace<T>(
  account: Account,
  program: PulumiFn | undefined,
  work: (workspace: LocalWorkspace) => Promise<T>,
): Promise<T> {
  const workDir = mkdtempSync(join(tmpdir(), 'scaleprint-pulumi-'));
  try {
    const options: LocalWorkspaceOptions = {
      workDir,
      pulumiCommand: await command(),
      program: program ?? NO_PROGRAM,
      projectSettings: { name: PROJECT, runtime: 'nodejs' },
      envVars: await environment(account),
    };
    return await work(await LocalWorkspace.create(options));
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

async function command(): Promise<PulumiCommand> {
  try {
    return await PulumiCommand.get();
  } catch (error) {
    throw new SandboxError(
      `the engine Pulumi needs the command \`pulumi\` on the PATH (${(error as Error).message.split('\n')[0]}); get it with \`${PULUMI.install}\`, or use --engine cloudformation`,
      { cause: error },
    );
  }
}

/**
 * What the command and its provider are to know. Their credentials are the account's own, whatever they would find by themselves: they look in
 * other places than we do, and in another order. They stay in memory, and are not renewed.
 */
async function environment({ credentials, ...asked }: Account): Promise<Record<string, string>> {
  const { PULUMI_BACKEND_URL = LOCAL, PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  const { accessKeyId, secretAccessKey, sessionToken = '' } = await explained(() => credentials(), asked);
  return {
    PULUMI_BACKEND_URL: withoutAttributes(PULUMI_BACKEND_URL),
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    ...(PULUMI_CONFIG_PASSPHRASE === undefined && PULUMI_CONFIG_PASSPHRASE_FILE === undefined ? { PULUMI_CONFIG_PASSPHRASE: '' } : {}),
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken },
    // The provider takes a profile before keys.
    AWS_PROFILE: '',
  };
}

/**
 * A folder keeps each file's attributes beside it, which nobody needs; a run that is killed while it writes them leaves a state that cannot be read
 * ("failed to load checkpoint: EOF", seen 2026-11-22). The parameter is that of https://pkg.go.dev/gocloud.dev/blob/fileblob#URLOpener.
 */
const withoutAttributes = (backend: string): string =>
  /^file:(?!.*[?&]metadata=)/.test(backend) ? `${backend}${backend.includes('?') ? '&' : '?'}metadata=skip` : backend;

/**
 * Does something with a stack's state. A lock that a run on this machine left when it was killed is removed.
 * @throws {SandboxError} when another run holds the lock
 */
export async function unlocked<T>(stack: Stack, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConcurrentUpdateError)) throw error;
    const holders = [...error.message.matchAll(/created by (\S+)@(\S+) \(pid (\d+)\)/g)].map(([text, , host, pid]) => ({
      text,
      host,
      pid: Number(pid),
    }));
    const living = holders.find(({ host, pid }) => host !== hostname() || isAlive(pid));
    if (living || holders.length === 0)
      throw new SandboxError(
        `another run is at work on ${stack.name} (${living?.text ?? 'it holds the lock'}); wait until it is done, or if it is not running any more \`pulumi cancel --stack ${stack.name}\``,
        { cause: error },
      );
    await stack.cancel();
    return await work();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
