import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { synthesize } from '../../pipeline/synthesize';
import { plan } from '../../plan/plan';
import { loadSystem } from '../../systems';
import { deploy, exists, physicalIds, remove } from './change-set';
import type { Checks } from './checks';
import { type Clients, clientsOf } from './clients';
import { deployedCopy } from './deployed-copy';
import type { Emulator } from './emulator';
import { type Effect, gapKey, GAPS } from './emulator-gaps';
import type { Known } from './expected';
import { readBack } from './read-back';
import type { Fate, Outcome } from './report';
import { resolveStackOutputs, StackOutputs } from './stack-outputs';
import type { Template } from './template';

/** A stack on its way through the emulator. */
interface Deployed {
  name: string;
  clients: Clients;
  known: Known;
  outcomes: Outcome[];
}

/** Everything a deployment of a stage needs. */
export interface Surroundings {
  emulator: Emulator;
  checks: Checks;
  /** Values of the stacks' parameters. */
  parameters: Readonly<Record<string, string>>;
  /** Where the templates are written. */
  folder: string;
  /** Collects the keys of the gaps that were needed. */
  gaps: Set<string>;
}

/** Deploys a stage stack by stack, reads everything back, deletes the stacks in reverse and looks for what is left. */
export async function deployStage(system: string, stage: string, surroundings: Surroundings): Promise<Outcome[]> {
  const { emulator, checks, folder } = surroundings;
  const target = join(folder, system, stage);
  // What is not disposable is kept on purpose when its stack is deleted.
  synthesize(plan(loadSystem(system), stage), target, { disposable: true });
  const { stacks } = new CloudAssembly(join(target, 'cdk.out'));
  checks.check(stacks.length > 0, `${system} ${stage} has no stacks`);
  const outputs = new StackOutputs();
  const deployed: Deployed[] = [];
  for (const stack of stacks) deployed.push(await deployStack(stack, outputs, surroundings));
  for (const { name, clients } of deployed.toReversed())
    await checks.step(
      `deleting ${name}`,
      () => removed(clients, name),
      () => emulator.lastError(),
    );
  for (const stack of deployed) await lookForLeftovers(stack, surroundings);
  return deployed.flatMap(({ outcomes }) => outcomes);
}

async function deployStack(stack: CloudFormationStackArtifact, outputs: StackOutputs, surroundings: Surroundings): Promise<Deployed> {
  const { emulator, checks, gaps } = surroundings;
  const { stackName: name } = stack;
  const { region } = stack.environment;
  const original = JSON.parse(readFileSync(stack.templateFullPath, 'utf8')) as Template;
  const resources = Object.entries(original.Resources ?? {});
  checks.check(resources.length > 0, `${name} has no resources`);
  const { template: copy, leftOut, used } = deployedCopy(original, GAPS);
  used.forEach((key) => gaps.add(key));
  const parameters = Object.fromEntries(Object.entries(surroundings.parameters).filter(([key]) => key in (copy.Parameters ?? {})));
  const clients = clientsOf(emulator.endpoint, region);
  const known: Known = { region, parameters, ids: new Map(), template: copy };
  const done = await checks.step(
    `deploying ${name}`,
    async () => {
      known.template = resolveStackOutputs(copy, region, outputs);
      outputs.add(region, name, await deploy(clients.cloudformation, { name, template: known.template, parameters, tags: stack.tags }));
      known.ids = await physicalIds(clients.cloudformation, name);
      return true;
    },
    () => emulator.lastError(),
  );
  const outcomes: Outcome[] = [];
  for (const [logicalId, { Type }] of resources) {
    const fate = leftOut.has(logicalId) ? 'left out' : done ? await fateOf(logicalId, name, clients, known, surroundings) : 'failed';
    outcomes.push({ logicalId, type: Type, fate, stayed: false });
  }
  return { name, clients, known, outcomes };
}

async function fateOf(logicalId: string, stack: string, clients: Clients, known: Known, surroundings: Surroundings): Promise<Fate> {
  const { checks, gaps, emulator } = surroundings;
  const id = known.ids.get(logicalId);
  if (id === undefined) return 'skipped';
  const { Type } = known.template.Resources[logicalId]!;
  const what = `${stack} ${logicalId} (${Type}${id && ` ${id}`})`;
  const read = await checks.step(
    `reading back ${what}`,
    () => readBack(clients, logicalId, known),
    () => emulator.lastError(),
  );
  if (!read) return 'failed';
  if (read.state === 'no reader') return 'listed';
  if (read.state === 'absent') {
    const unconfirmed = useGap(gaps, 'unconfirmed', Type);
    checks.check(unconfirmed, `${what}: CloudFormation lists it, its service does not know it`);
    return unconfirmed ? 'listed' : 'failed';
  }
  const wrong = read.differences.filter(({ property }) => !useGap(gaps, 'property ignored', Type, property)).map(({ text }) => text);
  checks.check(wrong.length === 0, `${what}: ${wrong.join('; ')}`);
  return wrong.length === 0 ? 'created' : 'failed';
}

/** Deletes a stack if there is one. @throws {Error} when it is still there; other complaints show in what is left of it */
async function removed({ cloudformation }: Clients, name: string): Promise<void> {
  if (!(await exists(cloudformation, name))) return;
  const error = await remove(cloudformation, name).catch((e: Error) => e);
  if (await exists(cloudformation, name)) throw error ?? new Error('it is still there');
}

async function lookForLeftovers({ name, clients, known, outcomes }: Deployed, { checks, gaps }: Surroundings): Promise<void> {
  for (const outcome of outcomes.filter(({ fate }) => fate === 'created')) {
    const what = `${name} ${outcome.logicalId} (${outcome.type})`;
    const read = await checks.step(`looking for ${what}`, () => readBack(clients, outcome.logicalId, known));
    outcome.stayed = read?.state === 'there';
    checks.check(!outcome.stayed || useGap(gaps, 'stays', outcome.type), `${what} is left after its stack was deleted`);
  }
}

/** Whether a gap of the emulator explains it; the gap counts as needed then. */
function useGap(gaps: Set<string>, effect: Effect, type: string, name?: string): boolean {
  const gap = GAPS.find((g) => g.effect === effect && g.types.includes(type) && g.name === name);
  if (gap) gaps.add(gapKey(gap, type));
  return gap !== undefined;
}
