import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { controllersOf } from '../k8s/controllers';
import { manifestsOf, type ManifestOptions } from '../k8s/manifests';
import type { Plan } from '../plan/plan';
import type { SandboxOptions } from '../stacks/sandbox';
import { synthesizePlan } from '../stacks/synthesize';
import { RECORD } from './kept';
import { checkFolder, writeFolder } from './write-folder';

export interface SynthesisOptions extends ManifestOptions {
  /** Everything can be destroyed: no retained state, no deletion protection. @default false */
  disposable?: boolean;
  /** What makes it a sandbox, which is disposable and ends by itself. @default none, it stays */
  sandbox?: SandboxOptions;
}

/** The files a synthesis wrote. */
export interface Synthesis {
  folder: string;
  templates: string[];
  manifests: string[];
  /** What installs the controllers of each cluster. */
  controllers: string[];
}

/** What a stage's folder holds; `bill.json` and what both were made of are written beside the rest. */
const OURS = ['cdk.out', 'controllers', 'k8s', 'plan.json', 'bill.json', RECORD];

/**
 * Writes a stage into a folder: `cdk.out` with the CloudFormation, `controllers` and `k8s` for each cluster, `plan.json`.
 * @throws {InputError} when the folder cannot be written, or holds what is not ours; nothing half-written is left
 */
export function synthesize(plan: Plan, folder: string, options: SynthesisOptions = {}): Synthesis {
  checkFolder(folder, OURS);
  return writeFolder(folder, (temporary) => {
    synthesizePlan(plan, join(temporary, 'cdk.out'), { disposable: options.disposable, sandbox: options.sandbox });
    for (const { path, text } of manifestsOf(plan, options)) write(join(temporary, 'k8s', path), text);
    const controllers = controllersOf(plan, options);
    for (const { path, text } of controllers) write(join(temporary, 'controllers', path), text);
    write(join(temporary, 'plan.json'), JSON.stringify(plan, null, 2));
    const filesOf = (part: string, ending: string) =>
      readdirSync(join(temporary, part), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith(ending))
        .sort()
        .map((file) => join(folder, part, file));
    return {
      folder,
      templates: filesOf('cdk.out', '.template.json'),
      manifests: filesOf('k8s', '.yaml'),
      controllers: controllers.map(({ path }) => join(folder, 'controllers', path)),
    };
  });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
