import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { namespaceOf } from '../../k8s/cell';
import type { Account } from '../account';
import { SandboxError } from '../sandbox-error';
import { withTemporaryFolder } from '../temporary-folder';
import { accessTo } from './cluster-access';
import { inCluster } from './in-cluster';
import { withKubeconfig } from './kubeconfig';
import { type PodReport, podTrouble } from './pod-trouble';
import { ProgramError, runProgram } from './run-program';
import { progressOf, type Tally } from './steps';
import type { TierFiles } from './tier-files';

/** Whose fields the manifests' are, so that anybody else's change to them is taken back; and who remembers what was applied. */
const MANAGER = 'scaleprint';

/**
 * kubectl takes the files of a folder in the order of their names. What left the plan goes by an apply set: kubectl deletes what carries the
 * set's label and is no longer applied, and nothing else, neither others' objects nor the kinds that the charts brought. It is alpha since
 * kubectl 1.27 and still so in 1.37 (k8s.io/kubectl v0.37.2, pkg/cmd/apply/applyset.go), but `--prune` by labels refuses `--server-side`.
 */
const APPLY = ['kubectl', 'apply', '--server-side', '--force-conflicts', `--field-manager=${MANAGER}`] as const;

/** What keeps pods running. */
interface Controller {
  /** As kubectl takes it: `deployment/orders`. */
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
  const manifests = files.manifests.map((file) => ({ ...file, objects: objectsOf(file.text) }));
  const objects = manifests.flatMap((file) => file.objects);
  const controllers = objects.filter(({ kind }) => kind in RESOURCES).map(controllerOf);
  const progress = progressOf(name, 1 + objects.length + controllers.length, tally);
  const access = await accessTo(name, region, account);
  await withTemporaryFolder(async (folder) => {
    const helmfile = join(folder, 'helmfile.yaml');
    await writeFile(helmfile, files.controllers!.text);
    const [namespaces, members] = [join(folder, 'namespaces'), join(folder, 'members')];
    for (const sort of [namespaces, members]) await mkdir(sort);
    for (const file of manifests) await writeFile(join(isNamespace(file) ? namespaces : members, file.path), file.text);
    await withKubeconfig(access, account, async (kubeconfig) => {
      const env = { KUBECONFIG: kubeconfig };
      // The manifests need the kinds that the charts bring.
      await progress.step('controllers', 'helmfile', () =>
        inCluster(name, () => runProgram(['helmfile', 'apply', '--file', helmfile], env)),
      );
      const heard = (line: string) => {
        const [, object, how] = /^(\S+) (serverside-applied|pruned)$/.exec(line) ?? [];
        if (how === 'pruned') progressOf(name, 1, tally).done(object!, 'object that is gone');
        else if (object) progress.done(object, 'object');
      };
      // The namespace holds the set and is no member of it, so nothing takes it away.
      await inCluster(name, () => runProgram([...APPLY, '-f', namespaces], env, heard));
      const set = ['--namespace', namespaceOf(cell), '--prune', `--applyset=configmaps/${MANAGER}`];
      await inCluster(name, () => runProgram([...APPLY, ...set, '-f', members], { ...env, KUBECTL_APPLYSET: 'true' }, heard));
      const deadline = Date.now() + rolloutSeconds * 1000;
      for (const controller of controllers)
        await progress.step(controller.name.replace('/', '.apps/'), 'roll-out', () =>
          rollOut(controller, namespaceOf(cell), Math.max(1, Math.ceil((deadline - Date.now()) / 1000)), env, name),
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

/** What is waited for, by kind, as kubectl calls it. */
const RESOURCES: Readonly<Record<string, string>> = { Deployment: 'deployment', StatefulSet: 'statefulset' };

const objectsOf = (text: string): Kubernetes[] => parseAllDocuments(text).map((document) => document.toJS() as Kubernetes);
const isNamespace = ({ objects }: { objects: readonly Kubernetes[] }): boolean => objects.every(({ kind }) => kind === 'Namespace');

const controllerOf = ({ kind, metadata: { name }, spec }: Kubernetes): Controller => ({
  name: `${RESOURCES[kind]}/${name}`,
  selector: Object.entries(spec.selector.matchLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(','),
});

async function rollOut(
  { name, selector }: Controller,
  namespace: string,
  seconds: number,
  env: Record<string, string>,
  cluster: string,
): Promise<void> {
  const kubectl = (...args: string[]): [string, ...string[]] => ['kubectl', '--namespace', namespace, ...args];
  try {
    await runProgram(kubectl('rollout', 'status', name, `--timeout=${seconds}s`), env);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const lines: string[] = [];
    await inCluster(cluster, () =>
      runProgram(kubectl('get', 'pods', '--selector', selector, '--output=json'), env, (line) => lines.push(line)),
    );
    const trouble = podTrouble((JSON.parse(lines.join('')) as { items: PodReport[] }).items);
    throw new SandboxError(
      `${name.split('/')[1]} does not run in ${cluster}: ${trouble ?? error.said}; see \`kubectl -n ${namespace} describe pods -l ${selector}\`, then run the same command again`,
    );
  }
}
