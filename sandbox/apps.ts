import type { Plan } from '../plan/plan';
import type { Account } from './account';
import { bringUpBox } from './apps/box';
import { bringUpCluster } from './apps/cluster';
import { writeForGitops } from './apps/gitops';
import { tierFilesOf } from './apps/tier-files';
import type { Outputs, Step } from './engine';

export { requireTools } from './apps/tools';

/** Assumed: a new node, its images and the balancer's health checks take less than five minutes. */
const ROLLOUT_SECONDS = 10 * 60;

export interface AppsOptions {
  /** `{service}` in it becomes the service's id. @default a placeholder that answers and calls its upstreams */
  image?: string;
  /** Folder that gets the manifests, which are not applied then. @default they are applied */
  gitops?: string;
  /** How long a cell's services may take until they run, seconds. @default 600 */
  rolloutSeconds?: number;
  watch: (step: Step) => void;
}

/**
 * Brings up the app tiers of every cell and region, on top of stacks that are there: on one machine by way of its bucket, on EKS by
 * helmfile and kubectl. Doing it again changes what differs.
 * @returns how to look at them, or how to go on: a line each
 * @throws {SandboxError} the first thing that went wrong; the other cells come up all the same
 */
export async function bringUpApps(plan: Plan, outputs: Outputs, account: Account, options: AppsOptions): Promise<string[]> {
  const { image, gitops, rolloutSeconds = ROLLOUT_SECONDS, watch } = options;
  const tiers = tierFilesOf(plan, outputs, image);
  if (gitops) return writeForGitops(tiers, gitops);
  const tally = { done: 0, total: 0, watch };
  const results = await Promise.allSettled(
    tiers.map((files) => (files.controllers ? bringUpCluster(files, account, tally, rolloutSeconds) : bringUpBox(files, account, tally))),
  );
  return results.flatMap((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
