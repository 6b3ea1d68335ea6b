import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestsOf, type ManifestOptions } from '../k8s/manifests';
import type { Plan } from '../plan/plan';
import { synthesizePlan } from '../stacks/synthesize';
import { writeFolder } from './write-folder';

export interface SynthesisOptions extends ManifestOptions {
  /** Everything can be destroyed: no retained state, no deletion protection. @default false */
  disposable?: boolean;
}

/** What a synthesis wrote. */
export interface Synthesis {
  folder: string;
  templates: string[];
  manifests: string[];
  resources: number;
}

/**
 * Writes a stage into a folder: `cdk.out` with the CloudFormation, `k8s` with the manifests, `plan.json`.
 * @throws {InputError} when the folder cannot be written; nothing half-written is left
 */
export function synthesize(plan: Plan, folder: string, options: SynthesisOptions = {}): Synthesis {
  return writeFolder(folder, (temporary) => {
    synthesizePlan(plan, join(temporary, 'cdk.out'), { disposable: options.disposable });
    for (const { path, text } of manifestsOf(plan, options)) write(join(temporary, 'k8s', path), text);
    write(join(temporary, 'plan.json'), JSON.stringify(plan, null, 2));
    const templates = readdirSync(join(temporary, 'cdk.out'))
      .filter((file) => file.endsWith('.template.json'))
      .sort();
    const manifests = readdirSync(join(temporary, 'k8s'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yaml'))
      .sort();
    const count = (file: string) => Object.keys(JSON.parse(readFileSync(join(temporary, 'cdk.out', file), 'utf8')).Resources ?? {}).length;
    return {
      folder,
      templates: templates.map((file) => join(folder, 'cdk.out', file)),
      manifests: manifests.map((file) => join(folder, 'k8s', file)),
      resources: templates.reduce((n, file) => n + count(file), 0),
    };
  });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
