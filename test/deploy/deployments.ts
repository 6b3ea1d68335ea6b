import { join } from 'node:path';
import { DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesize } from '../../pipeline/synthesize';
import { plan } from '../../plan/plan';
import { cloudFormationEngine } from '../../sandbox/engines/cloudformation';
import { loadSystem } from '../../systems';
import { clientsOf } from './clients';
import { inspect, type Inspected, lookForLeftovers } from './inspection';
import { inventory, unseenKinds } from './inventory';
import FLOORS from './floors.json';
import { type Floor, report } from './report';
import { bootstrap, DOMAIN, HOME, makeZone, parametersOf, type Surroundings } from './surroundings';

const STACK_MILLISECONDS = 30_000;

/** Deploys stages at their full size by the product's engine, reads everything back, deletes the stacks and looks for what is left. */
export async function deploymentChecks(surroundings: Surroundings, floors: readonly Floor[] = FLOORS): Promise<void> {
  surroundings.checks.check(floors.length > 0, 'floors.json names no stage');
  const made: string[] = [];
  for (const floor of floors)
    await surroundings.checks.step(`${floor.system} ${floor.stage}`, async () => made.push(...(await deployStage(floor, surroundings))));
  const unseen = unseenKinds(made);
  surroundings.checks.check(unseen.length === 0, `inventory.ts listed none of what was there: ${unseen.join(', ')}`);
}

/** @returns what it added to the inventory while it was up */
async function deployStage(floor: Floor, surroundings: Surroundings): Promise<string[]> {
  const { checks, account, emulator, folder } = surroundings;
  const { system, stage } = floor;
  const target = join(folder, system, stage);
  const planned = plan(loadSystem(system), stage);
  // What is not disposable is kept on purpose when its stack is deleted.
  synthesize(planned, target, { disposable: true });
  const regions = [...new Set([HOME, ...planned.deployments.map(({ region }) => region.name)])];
  await bootstrap(surroundings, regions);
  const domain = `${stage}.${system}.${DOMAIN}`;
  const parameters = parametersOf(domain, await makeZone(surroundings, domain));
  const held = () => Promise.all(regions.map((region) => inventory(clientsOf(emulator.endpoint, region))));
  const before = await held();
  const added = async () => (await held()).map((items, i) => items.filter((item) => !before[i]!.includes(item)));
  const assembly = join(target, 'cdk.out');
  const outputs = await cloudFormationEngine.up(assembly, parameters, account, () => {});
  const made = await added();
  const stacks = await inspect({ assembly, parameters, outputs }, surroundings);
  for (const stack of stacks.toReversed()) await checks.step(`deleting ${stack.name}`, () => removed(stack));
  for (const stack of stacks) await lookForLeftovers(stack, surroundings);
  report(
    floor,
    stacks.flatMap(({ outcomes }) => outcomes),
    checks,
  );
  for (const [i, left] of (await added()).entries())
    checks.check(left.length === 0, `${system} ${stage} leaves in ${regions[i]}: ${left.join(', ')}`);
  return made.flat();
}

/** @throws {Error} when the stack is still there after 30 seconds */
async function removed({ name: StackName, clients: { cloudformation } }: Inspected): Promise<void> {
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  for (const deadline = Date.now() + STACK_MILLISECONDS; Date.now() < deadline; await sleep(50)) {
    const { Stacks = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName })).catch((error: Error) => {
      if (/does not exist/.test(error.message)) return { Stacks: [] };
      throw error;
    });
    const [stack] = Stacks;
    if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return;
    if (stack.StackStatus === 'DELETE_FAILED') throw new Error(`DELETE_FAILED ${stack.StackStatusReason}`);
  }
  throw new Error(`it is still there after ${STACK_MILLISECONDS / 1000} s`);
}
