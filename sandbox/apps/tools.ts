import { spawnSync } from 'node:child_process';
import { SandboxError } from '../sandbox-error';
import type { Plan } from '../../plan/plan';

/** A program that a task needs besides what `npm install` brings. */
export interface Tool {
  name: string;
  for: string;
  /** Command that succeeds where it is there. */
  probe: readonly [string, ...string[]];
  /** How to get it. */
  install: string;
}

/** What brings app tiers into a cluster. */
export const CLUSTER_TOOLS: readonly Tool[] = [
  {
    name: 'kubectl',
    for: 'applying manifests',
    probe: ['kubectl', 'version', '--client'],
    install: 'https://kubernetes.io/docs/tasks/tools',
  },
  {
    name: 'helmfile',
    for: 'installing the controllers of a cluster',
    probe: ['helmfile', '--version'],
    install: 'https://helmfile.readthedocs.io/en/latest/#installation',
  },
  { name: 'helm', for: 'helmfile', probe: ['helm', 'version'], install: 'https://helm.sh/docs/intro/install' },
  { name: 'helm-diff', for: 'helmfile apply', probe: ['helm', 'diff', 'version'], install: 'helmfile init' },
];

export const isThere = ({ probe: [command, ...args] }: Pick<Tool, 'probe'>): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 10_000, env: process.env }).status === 0;

/**
 * To be asked before anything is deployed: one machine needs none, and neither does GitOps.
 * @throws {SandboxError} naming each program that is missing and how to get it
 */
export function requireTools({ system, deployments }: Plan, { gitops }: { gitops?: string } = {}): void {
  if (gitops || deployments.every(({ platform }) => platform === 'k3s')) return;
  const missing = CLUSTER_TOOLS.filter((tool) => !isThere(tool));
  if (missing.length > 0)
    throw new SandboxError(
      `the services of ${system} run on EKS, and to bring them there this machine lacks ` +
        `${missing.map(({ name, install }) => `${name} (${install})`).join(', ')}; ` +
        'install what is missing, or take --gitops DIR, which writes the manifests instead',
    );
}
