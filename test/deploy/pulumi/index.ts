import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { goTools } from '../../../scripts/go-tools';
import { cloudFormationEngine } from '../../../sandbox/engines/cloudformation';
import { pulumiEngine } from '../../../sandbox/engines/pulumi';
import { deleteSandbox } from '../../../sandbox/delete';
import type { Step } from '../../../sandbox/engine';
import { findSandboxes } from '../../../sandbox/find';
import { allSystems } from '../../../systems';
import type { Checks } from '../checks';
import { clientsOf } from '../clients';
import { inspect, type Inspected } from '../inspection';
import { inventory } from '../inventory';
import type { Outcome } from '../report';
import { bootstrap, DOMAIN, HOME, makeZone, parametersOf, type Surroundings } from '../surroundings';
import { attributesIn, withNewProperties, type Written, writeSandbox } from './assemblies';
import { commandChecks } from './by-command';
import { type CloudControlGateway, startCloudControl } from './cloud-control-gateway';
import { interruptionChecks } from './interruptions';
import { ofTemplates, stateOf } from './state';

/** Where the double of the provider is found as Pulumi finds its plugins: on the PATH. */
const PLUGINS = join(__dirname, 'bin');
/** A stage with a cluster, and one in several regions, besides the first of every system. */
const MORE = [['payment-processing', 'multi-region']] as const;
/** Kinds of which an expiry stack has some. */
const SCHEDULES: Readonly<Record<string, string>> = {
  schedule: 'AWS::Scheduler::Schedule',
  'schedule group': 'AWS::Scheduler::ScheduleGroup',
};
/** Calls that change something. */
const CHANGES = ['CreateResource', 'UpdateResource', 'DeleteResource'].map((action) => `cloudcontrolapi ${action}`);

/** What the checks of this section work in besides the surroundings. */
export interface PulumiSurroundings extends Surroundings {
  cloudControl: CloudControlGateway;
  /** Where Pulumi keeps its state. */
  backend: string;
  /** Id of the public zone that answers for DOMAIN. */
  zone: string;
}

/** A sandbox and the answers to what its templates ask. */
export interface Sandboxed extends Written {
  parameters: Readonly<Record<string, string>>;
}

/**
 * The same sandboxes by both engines: the same resources, nothing to do the second time, nothing left in the end. Of sandboxes whose templates have
 * no property of their own some are left to EXHAUSTIVE.
 */
export async function pulumiChecks(surroundings: Surroundings): Promise<void> {
  const { emulator, folder, faults } = surroundings;
  const engine = await goTools('pulumi');
  const backend = join(folder, 'backend');
  mkdirSync(backend);
  const attributes = new Map<string, ReadonlySet<string>>();
  const cloudControl = await startCloudControl(emulator, (type) => [...(attributes.get(type) ?? [])], faults);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloudControl.endpoint,
    PATH: `${engine}:${PLUGINS}:${process.env.PATH}`,
    PULUMI_HOME: join(folder, 'pulumi'),
    PULUMI_BACKEND_URL: `file://${backend}`,
  });
  const inPulumi: PulumiSurroundings = { ...surroundings, cloudControl, backend, zone: await makeZone(surroundings, DOMAIN) };
  const stages = [...allSystems().map(({ id, stages: all }) => [id, Object.keys(all)[0]!] as const), ...MORE];
  const written: Sandboxed[] = [];
  for (const [system, stage] of stages) {
    const one = writeSandbox(system, stage, 'tester', folder);
    const domain = `${one.name}.${DOMAIN}`;
    written.push({ ...one, parameters: parametersOf(domain, await makeZone(surroundings, domain)) });
  }
  for (const { assembly } of written)
    for (const [type, asked] of attributesIn(assembly)) attributes.set(type, new Set([...(attributes.get(type) ?? []), ...asked]));
  await bootstrap(surroundings, [...new Set([HOME, ...written.flatMap(({ regions }) => regions)])]);
  const compared = process.env.EXHAUSTIVE ? written : withNewProperties(written);
  for (const one of compared) await surroundings.checks.step(one.name, () => bothEngines(one, inPulumi));
  const others = written.filter((one) => !compared.includes(one)).map(({ name }) => name);
  if (others.length > 0) console.log(`not compared without EXHAUSTIVE, as others have all their properties: ${others.join(', ')}`);
  await surroundings.checks.step('by command', () => commandChecks(inPulumi));
  await interruptionChecks(
    written.find(({ name }) => name.startsWith('marketplace'))!,
    inPulumi,
  );
  await cloudControl.stop();
}

async function bothEngines(written: Sandboxed, surroundings: PulumiSurroundings): Promise<void> {
  const { checks, account, cloudControl } = surroundings;
  const { name, assembly, parameters } = written;
  const before = await held(written, surroundings);
  const since = Date.now();
  const steps: Step[] = [];
  const outputs = await cloudFormationEngine.up(assembly, parameters, account, (step) => steps.push(step));
  requireEndFirst(steps.splice(0), written, checks);
  const byCloudFormation = fatesOf(await inspect({ assembly: written.withoutExpiry, parameters, outputs }, surroundings));
  const kinds = kindsOf(await held(written, surroundings), before);
  const [sandbox] = (await findSandboxes(account)).filter((one) => one.name === name);
  await deleteSandbox(sandbox!, account);
  const between = Date.now();

  const bridged = await pulumiEngine.up(assembly, parameters, account, (step) => steps.push(step));
  requireEndFirst(steps, written, checks);
  const seconds = (Date.now() - between) / 1000;
  const byPulumi = fatesOf(
    await inspect({ assembly: written.withoutExpiry, parameters, outputs: bridged, idsOf: idsBy(written, surroundings) }, surroundings),
  );
  checks.check(byPulumi.size > 0, `${name}: nothing to compare`);
  for (const [id, { type, fate }] of byCloudFormation) {
    const other = byPulumi.get(id);
    checks.check(
      other?.type === type && other.fate === fate,
      `${name}: ${id} (${type}) is ${fate} by CloudFormation, ${other?.type} ${other?.fate} by Pulumi`,
    );
  }
  checks.check(
    byPulumi.size === byCloudFormation.size,
    `${name}: ${byCloudFormation.size} resources by CloudFormation, ${byPulumi.size} by Pulumi`,
  );
  const bridgedKinds = kindsOf(await held(written, surroundings), before);
  for (const kind of new Set([...kinds.keys(), ...bridgedKinds.keys()])) {
    // Every expiry stack has a role, and every region lists them all; of schedules there are those of the system.
    const less = kind === 'role' ? written.regions.length ** 2 : 0;
    const ofSystem = SCHEDULES[kind] && [...byPulumi.values()].filter(({ type }) => type === SCHEDULES[kind]).length;
    const [one, other] = [ofSystem ?? (kinds.get(kind) ?? 0) - less, bridgedKinds.get(kind) ?? 0];
    checks.check(one === other, `${name}: ${one} x ${kind} by CloudFormation, ${other} by Pulumi`);
  }
  for (const [stack, values] of Object.entries(outputs)) {
    const keys = (of: Record<string, string> | undefined) =>
      Object.keys(of ?? {})
        .sort()
        .join();
    checks.check(
      keys(values) === keys(bridged[stack]),
      `${name}: outputs of ${stack} are ${keys(values)} by CloudFormation, ${keys(bridged[stack])} by Pulumi`,
    );
  }

  const [alive] = await pulumiEngine.list(account);
  const listed = alive?.name === name && alive.regions.length === written.regions.length && alive.usdPerHour === 0.1;
  checks.check(listed, `${name}: list says ${JSON.stringify(alive)}`);
  const changes = () => CHANGES.map((call) => cloudControl.counts.get(call) ?? 0).join();
  const made = changes();
  await pulumiEngine.up(assembly, parameters, account, () => {});
  checks.check(changes() === made, `${name}: the second run changes something`);

  const own = ofTemplates(stateOf(surroundings.backend, name)).filter(({ type }) => type === 'AWS::CloudFormation::Stack').length;
  await goneAfterDown(written, before, surroundings);
  console.log(
    `${name}: ${byPulumi.size} resources by both engines, with Pulumi ${own} in stacks of their own; up by Pulumi in ${seconds.toFixed(0)} s, by CloudFormation up, read back and down in ${((between - since) / 1000).toFixed(0)} s`,
  );
}

/** Whatever ends a sandbox, or watches what it costs, is done in every region before anything else of it begins. */
function requireEndFirst(steps: readonly Step[], { name }: Written, checks: Checks): void {
  const isEnd = ({ stack }: Step) => stack.endsWith('-expiry');
  const [last, first] = [steps.findLastIndex(isEnd), steps.findIndex((step) => !isEnd(step))];
  checks.check(last >= 0 && last < first, `${name}: ${steps[first]?.stack} begins before ${steps[last]?.stack} is done`);
}

/** Everything its services list in the sandbox's regions. */
export async function held({ regions }: Written, { emulator }: Surroundings): Promise<string[]> {
  const lists = await Promise.all(
    regions.map(async (region) => (await inventory(clientsOf(emulator.endpoint, region))).map((item) => `${region} ${item}`)),
  );
  return lists.flat();
}

/** `down`, and again; what was not there before is gone. */
export async function goneAfterDown(written: Sandboxed, before: readonly string[], surroundings: PulumiSurroundings): Promise<void> {
  const { checks, account, cloudControl } = surroundings;
  const { name, regions } = written;
  await pulumiEngine.down(name, account, () => {});
  // What is gone already is fine.
  await pulumiEngine.down(name, account, () => {});
  const left = (await held(written, surroundings)).filter((item) => !before.includes(item));
  checks.check(left.length === 0, `${name}: down leaves ${left.join(', ')}`);
  const kept = regions.flatMap((region) => [...cloudControl.cloudControl(region).counts.keys()]);
  checks.check(kept.length === 0, `${name}: Cloud Control still has ${kept.join(', ')}`);
}

const fatesOf = (stacks: readonly Inspected[]): Map<string, Outcome> =>
  new Map(stacks.flatMap(({ name, outcomes }) => outcomes.map((outcome) => [`${name}/${outcome.logicalId}`, outcome])));

/** How many of each kind there are that were not there before. */
function kindsOf(now: readonly string[], before: readonly string[]): Map<string, number> {
  const kinds = new Map<string, number>();
  // `us-east-1 route table: rtb-1`: a region, a kind of some words and an id.
  for (const item of now.filter((one) => !before.includes(one))) {
    const kind = item.slice(item.indexOf(' ') + 1, item.indexOf(':'));
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}

/** Physical ids in a stack's terms: Pulumi's state says which resource is which, the emulator what it is called. */
const idsBy =
  ({ name }: Written, { backend, cloudControl }: PulumiSurroundings) =>
  async (stack: string): Promise<Map<string, string>> => {
    const ids = ofTemplates(stateOf(backend, name)).filter((resource) => resource.stack === stack);
    const found = ids.map(
      async ({ logicalId, type, id, region }) => [logicalId, await cloudControl.cloudControl(region).physicalId(type, id)] as const,
    );
    return new Map((await Promise.all(found)).filter((pair): pair is [string, string] => pair[1] !== undefined));
  };
