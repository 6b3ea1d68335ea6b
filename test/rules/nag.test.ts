import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AcknowledgedFinding, ACKNOWLEDGED_FINDINGS, acknowledgement } from '../../stacks/acknowledged-findings';
import { synthesizeStage } from '../../stacks/stage';
import { scaleprintApp } from '../../stacks/synthesize';
import { everyStage } from '../every-stage';

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-nag-'));
const used = new Set<AcknowledgedFinding>();
afterAll(() => rmSync(folder, { recursive: true }));

test.each(everyStage)('the AWS Solutions rules find nothing in %s that is not kept on purpose', (_, { plan }) => {
  // The rules read constructs, so nothing is written: a twentieth of the time of a synthesis with them.
  const app = scaleprintApp(folder);
  synthesizeStage(app, plan);
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  const findings = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath! })),
  );
  const kept = findings.map(({ rule, path }) => acknowledgement(rule, path, plan));
  kept.forEach((finding) => finding && used.add(finding));
  expect(findings.filter((_finding, i) => !kept[i])).toEqual([]);
});

test('everything that is kept on purpose is still found somewhere', () => {
  expect(ACKNOWLEDGED_FINDINGS.filter((finding) => !used.has(finding)).map(({ id, at }) => `${id} ${at}`)).toEqual([]);
});
