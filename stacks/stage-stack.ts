import { Stack } from 'aws-cdk-lib';

/** A stack whose template says the same whatever was synthesized before it in the process. */
export class StageStack extends Stack {
  /** Outputs for other stacks come as the library meets references to them, in the order of its tokens' numbers: 999 after 1000. */
  protected override _toCloudFormation(): { Outputs?: Record<string, unknown> } {
    const template = super._toCloudFormation() as { Outputs?: Record<string, unknown> };
    const outputs = Object.entries(template.Outputs ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    return { ...template, ...(outputs.length > 0 && { Outputs: Object.fromEntries(outputs) }) };
  }
}
