import { aws_ec2 as ec2, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PodIdentity } from '../../constructs/pod-identity';
import type { Plan } from '../../plan/plan';
import { type AcknowledgedFinding, ACKNOWLEDGED_FINDINGS, acknowledgement } from '../../stacks/acknowledged-findings';
import { synthesizeStage } from '../../stacks/stage';
import { scaleprintApp } from '../../stacks/synthesize';
import { ACKNOWLEDGED_IN_SANDBOXES } from '../../stacks/acknowledged-in-sandboxes';
import type { StageOptions } from '../../stacks/place';
import { everyStage } from '../every-stage';
import { sandboxOf, sandboxOptions } from '../every-stage/sandbox';
import { streamPlan } from '../plan/tiny-stream';
import { uploadsPlan } from '../plan/tiny-uploads';

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-nag-'));
const used = new Set<AcknowledgedFinding>();
afterAll(() => rmSync(folder, { recursive: true }));

/** Findings that nobody kept on purpose. The rules read constructs, so nothing is written: a twentieth of the time of a synthesis with them. */
function findingsIn(plan: Plan, among: readonly AcknowledgedFinding[], options?: StageOptions) {
  const app = scaleprintApp(folder);
  synthesizeStage(app, plan, options);
  const { violations } = new AwsSolutionsChecks().validateScope(app);
  const findings = violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({ rule: ruleName, path: constructPath! })),
  );
  const kept = findings.map(({ rule, path }) => acknowledgement(rule, path, plan, among));
  kept.forEach((finding) => finding && used.add(finding));
  return findings.filter((_finding, i) => !kept[i]);
}

/** Those of every system, and what has kinds of parts that no system has. */
const stages: readonly [string, { plan: Plan }][] = [
  ...everyStage,
  ['tiny uploads', { plan: uploadsPlan('scale') }],
  ['tiny stream', { plan: streamPlan('scale') }],
];

test.each(stages)('the AWS Solutions rules find nothing in %s that is not kept on purpose', (_, { plan }) => {
  expect(findingsIn(plan, ACKNOWLEDGED_FINDINGS)).toEqual([]);
});

test.each(stages)('nor in the sandbox of %s', (_, { plan }) => {
  const sandbox = { sandbox: sandboxOptions(plan) };
  expect(findingsIn(sandboxOf(plan), [...ACKNOWLEDGED_FINDINGS, ...ACKNOWLEDGED_IN_SANDBOXES], sandbox)).toEqual([]);
});

describe('what nobody kept on purpose is found', () => {
  const [, { plan }] = everyStage.find(([, stage]) => stage.plan.deployments.some(({ platform }) => platform === 'eks'))!;

  /** Findings of a rule, with a change to the stage, that are not kept. */
  function foundAfter(rule: string, change: (stacks: Map<string, Stack>) => void): string[] {
    const app = scaleprintApp(folder);
    synthesizeStage(app, plan);
    change(new Map(app.node.children.filter(Stack.isStack).map((stack) => [stack.stackName.split('-').at(-1)!, stack])));
    const { violations } = new AwsSolutionsChecks().validateScope(app);
    return violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources
        .filter(({ constructPath }) => ruleName.startsWith(rule) && !acknowledgement(ruleName, constructPath!, plan))
        .map(({ constructPath }) => `${ruleName} ${constructPath!.split('/').slice(1).join('/')}`),
    );
  }
  const identityOf = (compute: Stack): PodIdentity => compute.node.findAll().find((c) => c instanceof PodIdentity)!;

  test.each([
    ['all of a service', 's3:GetObject', '*'],
    ['a family of actions', 'dynamodb:*', 'arn:aws:dynamodb:us-east-1:111111111111:table/orders'],
    ['objects of whatever bucket', 's3:GetObject', 'arn:aws:s3:::*/*'],
    ['every table', 'dynamodb:GetItem', 'arn:aws:dynamodb:us-east-1:111111111111:table/*'],
  ])('%s in the role of a service', (_, action, resource) => {
    const found = foundAfter('AwsSolutions-IAM5', (stacks) =>
      identityOf(stacks.get('compute')!).role.addToPolicy(new iam.PolicyStatement({ actions: [action], resources: [resource] })),
    );
    expect(found).toEqual([expect.stringMatching(/^AwsSolutions-IAM5\[(Action|Resource)::.*\] Cluster\/Identity-/)]);
  });

  test('a wildcard in a role of another stack', () => {
    const statement = new iam.PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] });
    const found = foundAfter('AwsSolutions-IAM5', (stacks) =>
      new iam.Role(stacks.get('operations')!, 'Other', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }).addToPolicy(statement),
    );
    expect(found).toEqual(['AwsSolutions-IAM5[Resource::*] Other/DefaultPolicy/Resource']);
  });

  test('a group open to the internet that is no entry', () => {
    const tier = plan.deployments[0]!.nodeGroups[0]!.tier;
    const found = foundAfter('AwsSolutions-EC23', (stacks) => {
      const group = stacks.get('network')!.node.findChild('SecurityGroups').node.findChild(`tier-${tier}`) as ec2.SecurityGroup;
      group.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443));
    });
    expect(found).toEqual([`AwsSolutions-EC23 SecurityGroups/tier-${tier}/Resource`]);
  });
});

test('everything that is kept on purpose is still found somewhere', () => {
  const kept = [...ACKNOWLEDGED_FINDINGS, ...ACKNOWLEDGED_IN_SANDBOXES];
  expect(kept.filter((finding) => !used.has(finding)).map(({ id, at }) => `${id} ${at}`)).toEqual([]);
});
