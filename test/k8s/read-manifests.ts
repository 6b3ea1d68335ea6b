import { parseAllDocuments } from 'yaml';
import { type ManifestOptions, manifestsOf } from '../../k8s/manifests';
import type { Plan } from '../../plan/plan';

// Manifests are read as the cluster reads them, without the types of the code that wrote them.

export type Json = any;

export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels: Record<string, string>; annotations?: Record<string, string> };
  spec: Json;
  data: Record<string, string>;
}

/** The objects of one folder, or of all of them, in the order they are applied. */
export function objectsOf(plan: Plan, options?: ManifestOptions, folder = ''): KubernetesObject[] {
  const files = manifestsOf(plan, options).filter(({ path }) => path.startsWith(folder));
  return files.flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject));
}

/** The one object of a kind and name. */
export function find(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.filter((o) => o.kind === kind && o.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects are ${kind}/${name}`);
  return found[0]!;
}
