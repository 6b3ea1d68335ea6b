import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Plan } from '../../plan/plan';
import { tierFilesOf } from '../../sandbox/apps/tier-files';
import type { Outputs } from '../../sandbox/engine';
import { MissingTool } from '../../scripts/go-tools';
import { clientsOf } from '../deploy/clients';
import type { Surroundings } from '../deploy/surroundings';
import { checkApps } from './apps';
import { EksDouble } from './eks-double';

/** Where the command line brings the app tiers of a sandbox, and whether it did. */
export interface Tiers {
  /** More arguments of `sandbox up`. */
  args: readonly string[];
  /** @param outputs of the stacks that it printed */
  check(outputs: Outputs): Promise<void>;
  stop(): Promise<void>;
}

/**
 * One machine has its bucket in the emulator; a cluster is a real control plane beside it, found by the environment of this process. Without
 * Go the manifests of a cluster are only written; where CI is set that is a failure.
 */
export async function tiersOf(plan: Plan, surroundings: Surroundings): Promise<Tiers> {
  if (plan.deployments[0]!.platform === 'k3s')
    return { args: [], check: (outputs) => checkBucket(plan, outputs, surroundings), stop: async () => {} };
  const { account, checks, folder } = surroundings;
  const { accessKeyId, secretAccessKey } = await account.credentials();
  try {
    const eks = await EksDouble.start(new Map([[accessKeyId, secretAccessKey]]));
    await eks.becomes(plan);
    const leave = eks.enter();
    const check = async (outputs: Outputs) => void (await checkApps(plan, outputs, eks, checks));
    const stop = () => {
      leave();
      return eks.stop();
    };
    return { args: [], check, stop };
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    if (process.env.CI) checks.check(false, error.message);
    else console.log(`SKIPPED the app tiers of ${plan.system} ${plan.environment}. ${error.message}`);
    const gitops = join(folder, 'gitops', plan.environment);
    mkdirSync(gitops, { recursive: true });
    return { args: ['--gitops', gitops], check: async () => {}, stop: async () => {} };
  }
}

/** The machine finds exactly its manifests. */
async function checkBucket(plan: Plan, outputs: Outputs, { checks, emulator }: Surroundings): Promise<void> {
  const tiers = tierFilesOf(plan, outputs);
  checks.check(tiers.length > 0, `${plan.system} ${plan.environment} has no cell`);
  for (const { name, cell, manifests } of tiers) {
    const { s3 } = clientsOf(emulator.endpoint, cell.deployment.region.name);
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: outputs[`${name}-compute`]!.ManifestsBucket, Prefix: 'manifests/' }),
    );
    const held = Contents.map(({ Key }) => Key).sort().join(' '); // prettier-ignore
    const wanted = manifests.map(({ path }) => `manifests/${path}`).sort().join(' '); // prettier-ignore
    checks.check(held === wanted, `${name}: its bucket holds ${held}, not ${wanted}`);
  }
}
