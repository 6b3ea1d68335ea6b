import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { inEnvironment } from '../plan/environment';
import type { Plan } from '../plan/plan';
import { smallest } from '../plan/smallest';
import { write } from '../pipeline/tasks';
import type { Account } from './account';
import type { Engine, EngineName, Outputs, Step } from './engine';
import { findSandboxes } from './find';
import { termOf } from './lifetime';
import { ownerTag, requireOneOwner, sandboxName } from './owner';
import { answersTo, questionsOf } from './parameters';
import { priceSandbox, requireBudget, type SandboxPrice } from './price';
import type { Sandbox } from './sandbox';
import { SandboxError } from './sandbox-error';

/** What somebody wants to have for a while. */
export interface Wish {
  /** The stage at its full size. */
  plan: Plan;
  /** The word in its name. */
  owner: string;
  /** What brings it up. @default cloudformation */
  engine?: EngineName;
  /** Seconds from now. @default as long as it already has; a new one, or one at its end, 4 hours */
  lifetime?: number;
  /** USD, from its first to its last day. */
  budgetUsd: number;
  parameters: Readonly<Record<string, string>>;
  /** Image of the pods. @default a placeholder */
  image?: string;
  /** Whether CloudWatch makes metrics of its pods, each of them billed. @default false */
  podMetrics?: boolean;
}

/** A sandbox that lies written and priced, ready to be brought up. */
export interface Offer {
  name: string;
  /** As its tags say. */
  owner: string;
  /** The stage at its smallest, under the sandbox's name. */
  plan: Plan;
  account: Account;
  /** Folder with `cdk.out`, manifests and the rest. */
  folder: string;
  resources: number;
  expires: Date;
  price: SandboxPrice;
  /** USD from its first hour to its last, which counts whole. */
  usdUntilExpiry: number;
  parameters: Readonly<Record<string, string>>;
  /** The same sandbox as it already is. @default it is new */
  existing?: Sandbox;
}

/**
 * Writes and prices the sandbox that somebody wants; deploys nothing.
 * @param folder that is filled
 * @throws {InputError} when parameters are missing or wrong
 * @throws {SandboxError} when its name is taken, or it would cost more than the budget
 */
export async function prepare(wish: Wish, account: Account, folder: string, now = new Date()): Promise<Offer> {
  const { engine = 'cloudformation', budgetUsd, image } = wish;
  const { system, stage } = wish.plan;
  const plan = inEnvironment(smallest(wish.plan, { podMetrics: wish.podMetrics }), `${stage}-${wish.owner}`);
  const name = sandboxName(system, stage, wish.owner);
  const owner = ownerTag(account, wish.owner);
  // Where nobody may look, nothing can be brought up either.
  const named = (await findSandboxes(account, { unseen: () => {} })).filter((one) => one.name === name);
  named.forEach((one) => requireSame(one, plan, owner, engine));
  const [existing] = named;
  const { expires, hours } = termOf(wish.lifetime, existing, now);
  const sandbox = { name, owner, expires, budgetUsd, usdPerHour: 0 };
  write(plan, folder, { image, sandbox });
  // Pulumi deletes what is no longer written.
  if (existing?.engine === 'cloudformation') requireNoneDropped(existing, stackNames(folder));
  const price = priceSandbox(folder);
  // It may have cost more in the hours that have passed.
  const usdPerHour = Math.max(price.usdPerHour, existing?.usdPerHour ?? 0);
  requireBudget(usdPerHour, hours, budgetUsd);
  // Once more, as it carries its price.
  const { resources } = write(plan, folder, { image, sandbox: { ...sandbox, usdPerHour: Number(usdPerHour.toFixed(4)) } });
  const parameters = await answersTo(questionsOf(join(folder, 'cdk.out')), wish.parameters, account);
  return { name, owner, plan, account, folder, resources, expires, price, usdUntilExpiry: usdPerHour * hours, parameters, existing };
}

/** Brings a sandbox about, except for what runs in its pods. @throws {SandboxError} with the first cause and the way on */
export const deploy = ({ folder, parameters, account }: Offer, engine: Engine, watch: (step: Step) => void): Promise<Outputs> =>
  engine.up(join(folder, 'cdk.out'), parameters, account, watch);

const stackNames = (folder: string): string[] => new CloudAssembly(join(folder, 'cdk.out')).stacks.map(({ stackName }) => stackName);

/** Schedules and price are those of the stacks that are written: of others nothing would end them. */
function requireNoneDropped({ name, stacks }: Sandbox, written: readonly string[]): void {
  const dropped = stacks.filter((stack) => !written.includes(stack.name)).map((stack) => stack.name);
  if (dropped.length > 0)
    throw new SandboxError(
      `${name} is up with other figures: ${dropped.join(', ')} would be left without an end; give the figures it was made with, or \`scaleprint sandbox down ${name}\` first`,
    );
}

function requireSame(existing: Sandbox, { system, stage, deployments }: Plan, owner: string, engine: EngineName): void {
  const { name } = existing;
  if (existing.owner !== owner || existing.system !== system || existing.stage !== stage)
    throw new SandboxError(
      `the name ${name} is taken by a sandbox of ${existing.system} ${existing.stage} that belongs to ${existing.owner}, and you are ${owner}; give this one another with --owner`,
    );
  requireOneOwner(existing);
  if (existing.engine !== engine)
    throw new SandboxError(
      `${name} has been brought up with --engine ${existing.engine}; go on with that, \`scaleprint sandbox down ${name} --engine ${existing.engine}\` to bring it up with ${engine}, or take another --owner for a second one`,
    );
  const [home] = existing.regions;
  const region = deployments[0]!.region.name;
  if (home !== region)
    throw new SandboxError(
      `${name} is already up with its home in ${home}; take --region ${home} to change it, \`scaleprint sandbox down ${name}\` to move it to ${region}, or another --owner for a second one`,
    );
}
