import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Plan } from '../plan/plan';
import { CONTEXT } from './context';
import type { StageOptions } from './place';
import { synthesizeStage } from './stage';

/** An app of this project: recommended behaviour, no construct tree, nothing in the templates about who made them. */
export const scaleprintApp = (outdir?: string): App =>
  new App({
    outdir,
    context: { ...CONTEXT },
    treeMetadata: false,
    analyticsReporting: false,
    // Two seconds and half a GiB a process; `npm test` runs the same rules once over every written template.
    builtinCloudFormationValidation: false,
  });

/**
 * Writes a stage's templates into a folder.
 * @throws {Error} when a construct asked for a look-up: templates must not depend on the account they are made in
 */
export function synthesizePlan(plan: Plan, outdir: string, options: StageOptions = {}): CloudAssembly {
  const app = scaleprintApp(outdir);
  synthesizeStage(app, plan, options);
  const assembly = app.synth();
  const missing = assembly.manifest.missing ?? [];
  if (missing.length > 0)
    throw new Error(`the templates of ${plan.system} need look-ups: ${missing.map(({ provider }) => provider).join(', ')}`);
  return assembly;
}
