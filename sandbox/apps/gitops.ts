import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkFolder, writeFolder } from '../../pipeline/write-folder';
import type { TierFiles } from './tier-files';

/** What the folder holds, as `scaleprint synth` names it. */
const OURS = ['controllers', 'k8s'];

/** @throws {InputError} when the folder holds anything but what {@link writeForGitops} writes */
export const requireFolder = (folder: string): void => checkFolder(folder, OURS);

/**
 * Writes what would have been applied: `k8s/<place>` with plain manifests, the config map `endpoints` among them, and
 * `controllers/<place>/helmfile.yaml`. There is no kustomization.yaml: Argo CD takes a folder without one as plain manifests
 * (https://argo-cd.readthedocs.io/en/stable/user-guide/tool_detection/, 2026-11-22), and Flux makes one itself
 * (https://fluxcd.io/flux/components/kustomize/kustomizations/, 2026-11-22).
 * @returns how to go on
 * @throws {InputError} when the folder cannot be written, or holds anything else
 */
export function writeForGitops(tiers: readonly TierFiles[], folder: string): string[] {
  requireFolder(folder);
  writeFolder(folder, (temporary) => {
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(temporary, file)), { recursive: true });
      writeFileSync(join(temporary, file), text);
    };
    for (const { place, manifests, controllers } of tiers) {
      for (const { path, text } of manifests) write(join('k8s', place, path), text);
      if (controllers) write(join('controllers', place, controllers.path), controllers.text);
    }
  });
  return tiers.flatMap(({ name, place, controllers }) => [
    ...(controllers
      ? [`helmfile apply -f ${join(folder, 'controllers', place, controllers.path)}   # first: what EKS has no add-on for`]
      : []),
    `commit ${join(folder, 'k8s', place)} and point Argo CD or Flux of ${name} at it`,
  ]);
}
