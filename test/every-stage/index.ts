import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Estimate } from '../../cost/estimate';
import type { Plan } from '../../plan/plan';
import { allSystems } from '../../systems';
import { CACHE, folderOf, SANDBOXES, type StageName } from './place';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  Metadata?: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Template {
  name: string;
  path: string;
  text: string;
  resources: Record<string, Resource>;
  outputs: Record<string, unknown>;
}

/** A Kubernetes object, as far as rules look into it. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  // Manifests are checked against their schema elsewhere; rules pick what they need.
  spec?: Record<string, never>;
}

/** A synthesized stage, read back from disk. */
export class SynthesizedStage {
  constructor(
    readonly name: StageName,
    private readonly root: string,
  ) {}

  get folder(): string {
    return folderOf(this.name, this.root);
  }
  get plan(): Plan {
    return JSON.parse(readFileSync(join(this.folder, 'plan.json'), 'utf8')) as Plan;
  }
  get bill(): Estimate {
    return JSON.parse(readFileSync(join(this.folder, 'bill.json'), 'utf8')) as Estimate;
  }
  get templates(): Template[] {
    const folder = join(this.folder, 'cdk.out');
    const files = readdirSync(folder)
      .filter((f) => f.endsWith('.template.json'))
      .sort();
    return files.map((name) => {
      const path = join(folder, name);
      const text = readFileSync(path, 'utf8');
      const { Resources = {}, Outputs = {} } = JSON.parse(text) as {
        Resources?: Record<string, Resource>;
        Outputs?: Record<string, unknown>;
      };
      return { name, path, text, resources: Resources, outputs: Outputs };
    });
  }
  /** Cells of a region differ in nothing but their names, so the one with the longest stands for all. */
  get distinctTemplates(): Template[] {
    const byLength = [...this.templates].sort((a, b) => a.name.length - b.name.length);
    return [...new Map(byLength.map((t) => [t.name.replace(/-cell\d+-/, '-'), t])).values()];
  }
  get manifestFiles(): string[] {
    const folder = join(this.folder, 'k8s');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((f) => f.endsWith('.yaml'))
      .sort()
      .map((f) => join(folder, f));
  }
  get objects(): KubernetesObject[] {
    return this.manifestFiles.flatMap(objectsIn);
  }
  /** Objects by cluster: the name of its folder is the region's, with the cell. */
  get folders(): { folder: string; objects: KubernetesObject[] }[] {
    const names = [...new Set(this.manifestFiles.map((file) => basename(dirname(file))))];
    return names.map((folder) => ({
      folder,
      objects: this.manifestFiles.filter((file) => basename(dirname(file)) === folder).flatMap(objectsIn),
    }));
  }
}

const objectsIn = (file: string): KubernetesObject[] =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((d) => d.toJS() as KubernetesObject);

const names: StageName[] = allSystems().flatMap(({ id, stages }) => Object.keys(stages).map((stage) => ({ system: id, stage })));

/** Every stage of every system, for `describe.each`: a new system is under every rule the moment its file exists. */
export const everyStage: [string, SynthesizedStage][] = names.map((name) => [
  `${name.system} ${name.stage}`,
  new SynthesizedStage(name, CACHE),
]);

/** The sandbox of each. */
export const everySandbox: [string, SynthesizedStage][] = names.map((name) => [
  `${name.system} ${name.stage}, sandbox`,
  new SynthesizedStage(name, SANDBOXES),
]);

/** Of each system the first, and the one with most in its templates: for what takes too long to be done with all. */
export function firstAndLargest(stages: readonly [string, SynthesizedStage][]): [string, SynthesizedStage][] {
  const size = ([, { templates }]: [string, SynthesizedStage]) => templates.reduce((sum, { text }) => sum + text.length, 0);
  const systems = [...new Set(stages.map(([, { name }]) => name.system))];
  return systems.flatMap((system) => {
    const own = stages.filter(([, { name }]) => name.system === system);
    const [largest] = own.map((stage) => ({ stage, size: size(stage) })).sort((a, b) => b.size - a.size);
    return [...new Set([own[0]!, largest!.stage])];
  });
}
