import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACKNOWLEDGED_FINDINGS, acknowledgement } from '../../stacks/acknowledged-findings';
import { CONTEXT } from '../../stacks/context';
import { synthesizeStage } from '../../stacks/stage';
import { tinyPlan as everyKind } from '../k8s/tiny-system';
import { tinyPlan } from './tiny-shop';

process.env.CDK_VALIDATION = 'false';

interface Finding {
  rule: string;
  path: string;
}

function findings(): Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'scaleprint-nag-'));
  const app = new App({ outdir: folder, context: { ...CONTEXT }, analyticsReporting: false, treeMetadata: false });
  for (const plan of [everyKind('zones'), tinyPlan('box'), tinyPlan('zones')]) synthesizeStage(app, plan);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const silent = [jest.spyOn(console, 'error'), jest.spyOn(console, 'log')].map((spy) => spy.mockImplementation(() => undefined));
  try {
    app.synth();
  } catch {
    // Synthesis fails on findings, acknowledged or not; the report tells which.
  }
  silent.forEach((spy) => spy.mockRestore());
  const report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8')) as {
    pluginReports: { violations: { ruleName: string; violatingConstructs: { constructPath: string }[] }[] }[];
  };
  rmSync(folder, { recursive: true });
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, path: constructPath })),
    ),
  );
}

describe('the AWS Solutions rules', () => {
  const found = findings();

  test('find nothing that is not kept on purpose', () => {
    expect(found.filter(({ rule, path }) => !acknowledgement(rule, path))).toEqual([]);
  });

  test('still find everything that is', () => {
    const used = new Set(found.map(({ rule, path }) => acknowledgement(rule, path)));
    expect(ACKNOWLEDGED_FINDINGS.filter((finding) => !used.has(finding)).map(({ id, at }) => `${id} ${at}`)).toEqual([]);
  });
});
