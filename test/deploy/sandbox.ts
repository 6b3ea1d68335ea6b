import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { synthesize } from '../../pipeline/synthesize';
import { inEnvironment } from '../../plan/environment';
import { type Plan, plan } from '../../plan/plan';
import { smallest } from '../../plan/smallest';
import { cloudFormationEngine } from '../../sandbox/engines/cloudformation';
import type { ParameterName } from '../../stacks/parameters';
import type { SandboxOptions } from '../../stacks/sandbox';
import { loadSystem } from '../../systems';
import { tiersOf } from '../cluster/apps-by-command';
import { clientsOf } from './clients';
import { commandLine, documentOf } from './command-line';
import { playSchedules } from './expiry';
import { inspect, type Inspected, lookForLeftovers } from './inspection';
import { inventory } from './inventory';
import { tableOf } from './report';
import { bootstrap, DOMAIN, HOME, makeZone, parametersOf, type Surroundings } from './surroundings';

const OWNER = 'tester';
const BUDGET_USD = 20;
/** What only the user knows; the account tells the rest. Its caller is no role that could administer a cluster. */
const CLUSTER_ANSWERS: ParameterName[] = ['DomainName', 'AlarmEmail', 'ApiCidrs', 'AdministratorArn'];
const HOUR = 3_600_000;

/** What `sandbox up --json` prints, as far as it matters here. */
interface Up {
  name: string;
  owner: string;
  expires: string;
  usdPerHour: number;
  outputs: Record<string, Record<string, string>>;
}

/** From nothing to a running sandbox and back, each by one command; then the same by the clock, without anybody. */
export async function sandboxChecks(surroundings: Surroundings): Promise<void> {
  const { checks, emulator } = surroundings;
  await bootstrap(surroundings, [HOME]);
  const zone = await makeZone(surroundings, DOMAIN);
  const held = () => inventory(clientsOf(emulator.endpoint, HOME));
  const before = await held();
  const steps: [string, () => Promise<void>][] = [
    ['marketplace launch up and down', () => upAndDown('marketplace', 'launch', ['DomainName', 'AlarmEmail'], zone, surroundings)],
    ['rate-limiter start up and down', () => upAndDown('rate-limiter', 'start', CLUSTER_ANSWERS, zone, surroundings)],
    ['an expired sandbox is swept', () => sweeps(zone, surroundings)],
    ['a sandbox ends by its schedules', () => expires(zone, surroundings)],
  ];
  for (const [name, run] of steps) {
    await checks.step(name, run);
    const left = (await held()).filter((item) => !before.includes(item));
    checks.check(left.length === 0, `${name}: leaves ${left.join(', ')}`);
  }
}

async function upAndDown(system: string, stage: string, answers: ParameterName[], zone: string, surroundings: Surroundings): Promise<void> {
  const { checks, gateway, folder } = surroundings;
  const name = `${system}-${stage}-${OWNER}`;
  const parameters = parametersOf(DOMAIN, zone);
  const tiers = await tiersOf(sandboxPlan(system, stage), surroundings);
  const up = (others: Partial<typeof parameters> = {}) => {
    const given = answers.flatMap((answer) => ['--parameter', `${answer}=${{ ...parameters, ...others }[answer]}`]);
    return documentOf<Up>('sandbox', 'up', system, '--stage', stage, '--owner', OWNER, '--yes', ...given, ...tiers.args);
  };
  const document = await up();
  await tiers.check(document.outputs);
  checks.check(document.name === name, `up made ${document.name}, not ${name}`);
  checks.check(document.usdPerHour > 0, `${name} costs ${document.usdPerHour} USD an hour`);
  console.log(`${name} is up: ${document.usdPerHour.toFixed(4)} USD an hour without traffic, until ${document.expires}`);

  const alive = await documentOf<{ name: string; state: string; usdPerHour: number }[]>('sandbox', 'list');
  checks.check(alive.length === 1 && alive[0]!.name === name && alive[0]!.state === 'up', `list says ${JSON.stringify(alive)}`);

  const sandbox = {
    name,
    owner: document.owner,
    expires: new Date(document.expires),
    budgetUsd: BUDGET_USD,
    usdPerHour: alive[0]?.usdPerHour ?? 0,
  };
  const assembly = writeSandbox(system, stage, sandbox, folder);
  let stacks = await inspect({ assembly, parameters, outputs: document.outputs }, surroundings);
  console.log(`${tableOf(stacks.flatMap(({ outcomes }) => outcomes))}\n`);
  await fillBuckets(stacks);

  const deployed = gateway.counts.get('cloudformation ExecuteChangeSet');
  const again = await up();
  checks.check(gateway.counts.get('cloudformation ExecuteChangeSet') === deployed, `${name}: up again changes stacks`);
  checks.check(again.expires === document.expires, `${name}: up again moves its end to ${again.expires}`);
  await tiers.stop();

  const machine = machineOf(document);
  if (machine) {
    const other = { DomainName: `other.${DOMAIN}` };
    const renamed = await up(other);
    checks.check(machineOf(renamed) === machine, `${name}: another name makes machine ${machineOf(renamed)} of ${machine}`);
    // Its user data is read back, which it runs at every start, and what knows it by its id.
    stacks = await inspect({ assembly, parameters: { ...parameters, ...other }, outputs: renamed.outputs }, surroundings);
  }

  for (const [run, says] of [
    ['down', 'is gone'],
    ['down again', 'no sandbox'],
  ] as const) {
    // As `up` says it: whoever made it needs no --yes, nor to say again who they are.
    const { code, stdout, stderr } = await commandLine('sandbox', 'down', name);
    checks.check(code === 0 && stdout.includes(says), `${name}: ${run} ended with ${code}: ${stdout}${stderr.slice(-500)}`);
  }
  for (const stack of stacks) await lookForLeftovers(stack, surroundings);
}

/** Id of the one machine that has it all, if that is what the sandbox is. */
const machineOf = ({ outputs }: Up): string | undefined => Object.values(outputs).flatMap(({ InstanceId }) => InstanceId ?? [])[0];

/** The command line does not make one that is at its end, so it is deployed by the engine. */
async function sweeps(zone: string, surroundings: Surroundings): Promise<void> {
  const { checks } = surroundings;
  const { name, stacks } = await deployExpired(zone, surroundings);
  const { deleted } = await documentOf<{ deleted: string[] }>('sandbox', 'sweep', '--yes');
  checks.check(deleted.join() === name, `sweep deleted ${deleted.join(', ') || 'nothing'}`);
  for (const stack of stacks) await lookForLeftovers(stack, surroundings);
}

async function expires(zone: string, surroundings: Surroundings): Promise<void> {
  const { name, stacks } = await deployExpired(zone, surroundings);
  const minutes = await playSchedules(stacks, surroundings.checks);
  console.log(`${name} ended by itself ${minutes} minutes after its first schedule fired`);
  for (const stack of stacks) await lookForLeftovers(stack, surroundings);
}

async function deployExpired(zone: string, surroundings: Surroundings): Promise<{ name: string; stacks: Inspected[] }> {
  const { account, folder } = surroundings;
  const [system, stage] = ['marketplace', 'launch'];
  const name = `${system}-${stage}-${OWNER}`;
  const sandbox = { name, owner: OWNER, expires: new Date(Date.now() - HOUR), budgetUsd: BUDGET_USD, usdPerHour: 1 };
  const assembly = writeSandbox(system, stage, sandbox, folder);
  const parameters = parametersOf(DOMAIN, zone);
  const outputs = await cloudFormationEngine.up(assembly, parameters, account, () => {});
  const stacks = await inspect({ assembly, parameters, outputs }, surroundings);
  await fillBuckets(stacks);
  return { name, stacks };
}

/** What `sandbox up` deploys. */
const sandboxPlan = (system: string, stage: string): Plan => inEnvironment(smallest(plan(loadSystem(system), stage)), `${stage}-${OWNER}`);

/** The same templates that `sandbox up` deploys. @returns the folder `cdk.out` */
function writeSandbox(system: string, stage: string, sandbox: SandboxOptions, folder: string): string {
  const target = join(folder, sandbox.name);
  synthesize(sandboxPlan(system, stage), target, { sandbox });
  return join(target, 'cdk.out');
}

/** So that deleting them is not too easy. */
async function fillBuckets(stacks: readonly Inspected[]): Promise<void> {
  for (const { clients, known } of stacks)
    for (const [id, { Type }] of Object.entries(known.template.Resources))
      if (Type === 'AWS::S3::Bucket')
        for (const Body of ['first version', 'second version'])
          await clients.s3.send(new PutObjectCommand({ Bucket: known.ids.get(id), Key: 'somebody/was/here', Body }));
}
