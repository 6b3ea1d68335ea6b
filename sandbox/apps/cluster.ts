import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { namespaceOf } from '../../k8s/cell';
import type { Account } from '../account';
import { withKubeconfig } from '../kubeconfig';
import { SandboxError } from '../sandbox-error';
import { withTemporaryFolder } from '../temporary-folder';
import { accessTo } from './cluster-access';
import { inCluster } from './in-cluster';
import { type PodReport, podTrouble } from './pod-trouble';
import { ProgramError, runProgram } from './run-program';
import { type Progress, progressOf, type Tally } from './steps';
import type { TierFiles } from './tier-files';

/** Whose fields the manifests' are; anybody else's change to them is taken back. */
const MANAGER = 'scaleprint';

interface Deployment {
  name: string;
  /** Label selector of its pods. */
  selector: string;
}

/**
 * Brings a cell's controllers and services into its cluster and waits until the services run.
 * @param rolloutSeconds how long all services together may take
 * @returns how to look
 * @throws {SandboxError} with what a program or the first pod that does not run said
 */
export async function bringUpCluster(files: TierFiles, account: Account, tally: Tally, rolloutSeconds: number): Promise<string[]> {
  const { cell, name } = files;
  const region = cell.deployment.region.name;
  const objects = files.manifests.flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Kubernetes));
  const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(deploymentOf);
  const progress = progressOf(name, 1 + objects.length + deployments.length, tally);
  const access = await accessTo(name, region, account);
  await withTemporaryFolder(async (folder) => {
    const [manifests, helmfile] = [join(folder, 'k8s'), join(folder, 'helmfile.yaml')];
    await mkdir(manifests);
    for (const { path, text } of files.manifests) await writeFile(join(manifests, path), text);
    await writeFile(helmfile, files.controllers!.text);
    await withKubeconfig(access, account, async (kubeconfig) => {
      const env = { KUBECONFIG: kubeconfig };
      // The manifests need the kinds that the charts bring.
      await progress.step('controllers', 'helmfile', () =>
        inCluster(name, () => runProgram(['helmfile', 'apply', '--file', helmfile], env)),
      );
      await inCluster(name, () => apply(manifests, env, progress));
      const deadline = Date.now() + rolloutSeconds * 1000;
      for (const deployment of deployments)
        await progress.step(`deployment.apps/${deployment.name}`, 'roll-out', () =>
          rollOut(deployment, namespaceOf(cell), Math.max(1, Math.ceil((deadline - Date.now()) / 1000)), env, name),
        );
    });
  });
  const profile = account.profile ? ` --profile ${account.profile}` : '';
  return [
    `aws eks update-kubeconfig --region ${region}${profile} --name ${name} --alias ${name}`,
    `kubectl --context ${name} -n ${namespaceOf(cell)} get pods`,
  ];
}

interface Kubernetes {
  kind: string;
  metadata: { name: string };
  spec: { selector: { matchLabels: Record<string, string> } };
}

const deploymentOf = ({ metadata: { name }, spec }: Kubernetes): Deployment => ({
  name,
  selector: Object.entries(spec.selector.matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(','),
});

/** kubectl takes the files of a folder in the order of their names. */
const apply = (folder: string, env: Record<string, string>, progress: Progress): Promise<void> =>
  runProgram(['kubectl', 'apply', '--server-side', '--force-conflicts', `--field-manager=${MANAGER}`, '-f', folder], env, (line) => {
    const [, object] = /^(\S+) serverside-applied$/.exec(line) ?? [];
    if (object) progress.done(object, 'object');
  });

async function rollOut(
  { name, selector }: Deployment,
  namespace: string,
  seconds: number,
  env: Record<string, string>,
  cluster: string,
): Promise<void> {
  const kubectl = (...args: string[]): [string, ...string[]] => ['kubectl', '--namespace', namespace, ...args];
  try {
    await runProgram(kubectl('rollout', 'status', `deployment/${name}`, `--timeout=${seconds}s`), env);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const lines: string[] = [];
    await inCluster(cluster, () =>
      runProgram(kubectl('get', 'pods', '--selector', selector, '--output=json'), env, (line) => lines.push(line)),
    );
    const trouble = podTrouble((JSON.parse(lines.join('')) as { items: PodReport[] }).items);
    throw new SandboxError(
      `${name} does not run in ${cluster}: ${trouble ?? error.said}; see \`kubectl -n ${namespace} describe pods -l ${selector}\`, then run the same command again`,
    );
  }
}
