import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pulumiEngine } from '../../../sandbox/engines/pulumi';
import { SandboxError } from '../../../sandbox/sandbox-error';
import { HOME } from '../surroundings';
import { goneAfterDown, held, type PulumiSurroundings, type Sandboxed } from '.';

const PLUGIN = 'pulumi-resource-aws-native';
const SECOND = 1000;

/** What goes wrong in the middle of `up` is told by its first cause, leaves nothing running, and is mended by running it again. */
export async function interruptionChecks(written: Sandboxed, surroundings: PulumiSurroundings): Promise<void> {
  const { checks } = surroundings;
  const before = await held(written, surroundings);
  const steps: [string, () => Promise<void>][] = [
    ['a resource fails', () => resourceFails(written, surroundings)],
    ['the engine is killed', () => engineKilled(written, surroundings)],
    ['the program is killed', () => programKilled(written, surroundings)],
  ];
  for (const [name, run] of steps) {
    await checks.step(name, run);
    await checks.step(`${name}, up again`, () => upAgain(written, surroundings));
    await checks.step(`${name}, down`, () => goneAfterDown(written, before, surroundings));
  }
}

/** A type in a stack of its own, so that something is left halfway. */
async function resourceFails({ assembly, parameters }: Sandboxed, { checks, account }: PulumiSurroundings): Promise<void> {
  const error = await failureOf(pulumiEngine.up(assembly, { ...parameters, HostedZoneId: 'Z0NOSUCHZONE' }, account, () => {}));
  const told = /edge: \w+ \(AWS::Route53::RecordSet\) failed: .*Z0NOSUCHZONE/.test(error);
  checks.check(told, `the first cause is told as: ${error}`);
}

async function engineKilled({ name, assembly, parameters }: Sandboxed, surroundings: PulumiSurroundings): Promise<void> {
  const { checks, account, cloudControl, backend } = surroundings;
  const network = cloudControl.cloudControl(HOME);
  // It has no name, so that a second one would not be refused.
  network.held.add('AWS::EC2::VPC');
  const failing = failureOf(pulumiEngine.up(assembly, parameters, account, () => {}));
  await Promise.race([once(network, 'held'), failing.then((error) => Promise.reject(new Error(error)))]);
  const second = await failureOf(pulumiEngine.up(assembly, parameters, account, () => {}));
  checks.check(second.startsWith(`another run is at work on ${name}`), `of a run at the same time it says: ${second}`);
  const [engine] = lockHolders(backend);
  process.kill(engine!, 'SIGKILL');
  const error = await failing;
  checks.check(/run the same command again/.test(error), `of an engine that was killed it says: ${error}`);
  await endsSoon('the plugin of a killed engine', () => pluginsOf(backend).length === 0);
  network.release();
}

async function programKilled({ assembly, parameters }: Sandboxed, { checks, cloudControl, backend }: PulumiSurroundings): Promise<void> {
  const home = cloudControl.cloudControl(HOME);
  home.held.add('AWS::KMS::Key');
  const child = fork(join(__dirname, 'up-process.ts'), [assembly, JSON.stringify(parameters)], {
    execArgv: ['--require', 'ts-node/register'],
  });
  await Promise.race([once(home, 'held'), once(child, 'exit').then(() => Promise.reject(new Error('it ended too early')))]);
  const [engine] = lockHolders(backend);
  child.kill('SIGKILL');
  await once(child, 'exit');
  home.release();
  await endsSoon('the engine of a killed program', () => !existsSync(`/proc/${engine}`) && pluginsOf(backend).length === 0);
  checks.check(home.counts.get('AWS::KMS::Key')! > 0, 'the key that was being made is not there');
}

/** Everything is there once, in its place. */
async function upAgain({ assembly, parameters }: Sandboxed, { checks, account, cloudControl }: PulumiSurroundings): Promise<void> {
  await pulumiEngine.up(assembly, parameters, account, () => {});
  const { counts } = cloudControl.cloudControl(HOME);
  const expected = countsIn(assembly);
  for (const type of ['AWS::EC2::VPC', 'AWS::KMS::Key', 'AWS::EC2::Subnet'])
    checks.check(counts.get(type) === expected.get(type), `${counts.get(type)} x ${type} in place of ${expected.get(type)}`);
}

function countsIn(assembly: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of readdirSync(assembly).filter((one) => one.endsWith('.template.json')))
    for (const { Type } of Object.values(
      (JSON.parse(readFileSync(join(assembly, file), 'utf8')) as { Resources: Record<string, { Type: string }> }).Resources,
    ))
      counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return counts;
}

/** @returns what it says @throws {Error} when it does not fail, or not so that a user could read it */
async function failureOf(running: Promise<unknown>): Promise<string> {
  const error = await running.then(
    () => new Error('it did not fail'),
    (thrown: Error) => thrown,
  );
  if (!(error instanceof SandboxError)) throw error;
  return error.message;
}

/** Processes that hold locks of the backend. */
const lockHolders = (backend: string): number[] =>
  readdirSync(join(backend, '.pulumi/locks'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => (JSON.parse(readFileSync(join(backend, '.pulumi/locks', file), 'utf8')) as { pid: number }).pid);

/** Plugins that were started for the backend. */
const pluginsOf = (backend: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) &&
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(PLUGIN) &&
        readFileSync(`/proc/${pid}/environ`, 'utf8').includes(backend)
      );
    } catch {
      return false;
    }
  });

/** @throws {Error} when it has not come to an end after half a minute */
async function endsSoon(what: string, ended: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30 * SECOND; Date.now() < deadline; await sleep(100)) if (ended()) return;
  throw new Error(`${what} is still running`);
}
