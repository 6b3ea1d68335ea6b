import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { plan } from '../../plan/plan';
import type { Outputs, Step } from '../../sandbox/engine';
import { cloudFormationEngine } from '../../sandbox/engines/cloudformation';
import { SandboxError } from '../../sandbox/sandbox-error';
import { deploy, type Offer, prepare } from '../../sandbox/up';
import { loadSystem } from '../../systems';
import { DOMAIN, type Surroundings } from './surroundings';

export const [SYSTEM, STAGE, OWNER] = ['marketplace', 'launch', 'faults'];
export const GIVEN = { DomainName: DOMAIN, AlarmEmail: 'alarms@example.com' };

/** A sandbox as `sandbox up` offers it, and how many stacks it has. */
export type Prepared = Offer & { stacks: number };

export async function prepareSandbox({ account, folder }: Surroundings, owner: string = OWNER): Promise<Prepared> {
  const wish = { plan: plan(loadSystem(SYSTEM), STAGE), owner, budgetUsd: 20, parameters: GIVEN };
  const offer = await prepare(wish, account, join(folder, `faults-${owner}`));
  return { ...offer, stacks: new CloudAssembly(join(offer.folder, 'cdk.out')).stacks.length };
}

export const deployAll = (offer: Offer, watch: (step: Step) => void = () => {}): Promise<Outputs> =>
  deploy(offer, cloudFormationEngine, watch);

/** Checks that something fails as the user is told of it: one line, and in it what happened and the way on. */
export async function failsSaying(
  { checks }: Surroundings,
  name: string,
  run: () => Promise<unknown>,
  says: readonly RegExp[],
): Promise<void> {
  const error = await run().then(
    () => new Error('nothing failed'),
    (thrown: Error) => thrown,
  );
  checks.check(error instanceof SandboxError, `${name}: ${error.name} instead of a message: ${error.message}`);
  for (const words of says) checks.check(words.test(error.message), `${name}: does not say ${words}: ${error.message}`);
}
