import { join } from 'node:path';
import { synthesize } from '../../pipeline/synthesize';
import { inEnvironment } from '../../plan/environment';
import { growInPlace } from '../../plan/growth';
import { type Plan, plan } from '../../plan/plan';
import { growthPath, type System } from '../../plan/system';
import { cloudFormationEngine } from '../../sandbox/engines/cloudformation';
import { allSystems } from '../../systems';
import { STATEFUL } from '../rules/stateful-types';
import { inspect, type Inspected } from './inspection';
import { readBack } from './read-back';
import { bootstrap, DOMAIN, HOME, makeZone, parametersOf, type Surroundings } from './surroundings';

/** Stages an environment is taken through: a system's first two, of this one all it has. */
const WHOLE_PATH = 'payment-processing';
const FIRST = 2;

/** An environment as one stage left it. */
interface Held {
  plan: Plan;
  stacks: Inspected[];
}

/**
 * Deploys a stage, and the next ones over it in the same stacks: what holds data has to be the same as before, or is named as moving
 * and stays, with its data, outside the stacks; everything is then as the new templates say.
 */
export async function growthChecks(surroundings: Surroundings): Promise<void> {
  for (const system of allSystems()) await surroundings.checks.step(`growth of ${system.id}`, () => grow(system, surroundings));
}

async function grow(system: System, surroundings: Surroundings): Promise<void> {
  const path = growthPath(system);
  const parameters = await parametersFor(system, surroundings);
  let held: Held | undefined;
  for (const stage of path.slice(0, system.id === WHOLE_PATH ? path.length : FIRST)) {
    const next = await deployOver(held, plan(system, stage), parameters, surroundings);
    if (held) await compare(held, next, surroundings);
    held = next;
  }
}

async function parametersFor({ id }: System, surroundings: Surroundings) {
  const domain = `growth.${id}.${DOMAIN}`;
  return parametersOf(domain, await makeZone(surroundings, domain));
}

async function deployOver(
  held: Held | undefined,
  stage: Plan,
  parameters: Readonly<Record<string, string>>,
  surroundings: Surroundings,
): Promise<Held> {
  const planned = inEnvironment(held ? growInPlace(held.plan, stage) : stage, 'production');
  await bootstrap(surroundings, [...new Set([HOME, ...planned.deployments.map(({ region }) => region.name)])]);
  const folder = join(surroundings.folder, 'growth', planned.system, planned.stage);
  synthesize(planned, folder);
  const assembly = join(folder, 'cdk.out');
  const outputs = await cloudFormationEngine.up(assembly, parameters, surroundings.account, () => {});
  return { plan: planned, stacks: await inspect({ assembly, parameters, outputs }, surroundings) };
}

async function compare(before: Held, after: Held, { checks }: Surroundings): Promise<void> {
  const growth = after.plan.growth!;
  const step = `${after.plan.system} from ${growth.from} to ${after.plan.stage}`;
  let [kept, moved] = [0, 0];
  for (const { name, clients, known } of before.stacks) {
    const now = after.stacks.find((stack) => stack.name === name)?.known.ids;
    for (const [logicalId, { Type, Metadata }] of Object.entries(known.template.Resources)) {
      if (!STATEFUL.has(Type)) continue;
      const what = `${step}: ${name} ${logicalId} (${Type})`;
      if (now?.get(logicalId) === known.ids.get(logicalId)) {
        kept++;
        continue;
      }
      moved++;
      const owner = String(Metadata?.['aws:cdk:path']).split('/')[1]!.toLowerCase();
      const isNamed = growth.migrations.some(({ part, region }) => part === owner && region === known.region);
      checks.check(isNamed, `${what} is not what it was, and no migration names ${owner}`);
      const old = await readBack(clients, logicalId, known);
      checks.check(old.state === 'there', `${what} moves, and the old one is ${old.state}`);
    }
  }
  checks.check(kept > 0, `${step}: nothing that holds data was kept`);
  console.log(
    `${step}: ${kept} resources with data are the same, ${moved} stay outside the stacks (${growth.migrations.map(({ part }) => part).join(', ') || 'no migration'})`,
  );
}
