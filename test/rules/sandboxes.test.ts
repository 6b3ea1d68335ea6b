import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { join } from 'node:path';
import { sandboxTags, TAGS } from '../../stacks/sandbox';
import type { Room } from '../../stacks/place';
import { everySandbox, everyStage, type Resource, type SynthesizedStage, type Template } from '../every-stage';
import { sandboxOptions } from '../every-stage/sandbox';
import { LEAVES_NOTHING, LEAVES_NOTHING_IF } from './leaves-nothing';
import { tagPropertyOf } from './taggable-types';

/** CloudFormation takes a snapshot of these unless it is told otherwise. */
const SNAPSHOT_BY_DEFAULT = /^AWS::RDS::DB(Cluster|Instance)$/;
const stackOf = ({ name }: Template): string => name.replace('.template.json', '');
const roomOf = (stack: string): Room => /-(cdn-access|network|data|copies|compute|operations|edge|expiry)(-\d+)?$/.exec(stack)![1] as Room;
const tagsOf = ({ Type, Properties = {} }: Resource): unknown => {
  const { Tags, ResourceTags, HostedZoneTags, LaunchTemplateData } = Properties;
  return Type === 'AWS::EC2::LaunchTemplate'
    ? (LaunchTemplateData as { TagSpecifications: unknown }).TagSpecifications
    : (Tags ?? ResourceTags ?? HostedZoneTags);
};
/** A machine takes the tags of its launch template when it starts: one that told the sandbox's end would be replaced each time that moves. */
const tagsFor = (type: string, { [TAGS.expires]: expires, ...others }: Record<string, string>): Record<string, string> =>
  type === 'AWS::EC2::LaunchTemplate' ? others : { ...others, [TAGS.expires]: expires! };
const resourcesOf = ({ templates }: SynthesizedStage) =>
  templates.flatMap((template) =>
    Object.entries(template.resources).map(([id, resource]) => ({ where: `${template.name} ${id}`, template, resource })),
  );
const TAGGABLE = new Set(
  everySandbox.flatMap(([, sandbox]) =>
    resourcesOf(sandbox).flatMap(({ resource: { Type } }) => (tagPropertyOf(Type) === undefined ? [] : [Type])),
  ),
);
/** Other tags would replace it, and every machine in it (constructs/machine-group.ts). It goes with its stack. */
TAGGABLE.delete('AWS::EC2::PlacementGroup');
const seen = new Set<string>();

test('there is a sandbox of every stage', () => {
  expect(everySandbox.length).toBeGreaterThan(0);
  expect(everySandbox.map(([, { name }]) => name)).toEqual(everyStage.map(([, { name }]) => name));
});

test('interface endpoints stand in the one zone of the nodes, which pay for each', () => {
  const endpoints = everySandbox
    .flatMap(([, sandbox]) => resourcesOf(sandbox))
    .filter(({ resource }) => resource.Properties?.VpcEndpointType === 'Interface');
  expect(endpoints.length).toBeGreaterThan(0);
  const wide = endpoints.filter(({ resource }) => (resource.Properties!.SubnetIds as unknown[]).length !== 1);
  expect(wide.map(({ where }) => where)).toEqual([]);
});

describe.each(everySandbox)('%s', (_, sandbox) => {
  const { templates } = sandbox;
  const { stacks } = new CloudAssembly(join(sandbox.folder, 'cdk.out'));
  const resources = resourcesOf(sandbox);
  const named = (list: { where: string }[]) => list.map(({ where }) => where);

  test('keeps nothing: every template lets everything go', () => {
    expect(resources.length).toBeGreaterThan(0);
    const kept = resources.filter(({ resource: { Type, DeletionPolicy, UpdateReplacePolicy } }) =>
      [DeletionPolicy, UpdateReplacePolicy].some(
        (policy) => policy !== 'Delete' && (policy !== undefined || SNAPSHOT_BY_DEFAULT.test(Type)),
      ),
    );
    expect(named(kept)).toEqual([]);
  });

  test('leaves nothing: what services would keep or make by themselves is off or in the template', () => {
    const left = resources.filter(({ resource, template }) => {
      seen.add(resource.Type);
      const check = LEAVES_NOTHING_IF[resource.Type];
      return check ? !check(resource, template) : !LEAVES_NOTHING.has(resource.Type);
    });
    expect(left.map(({ where, resource }) => `${resource.Type} ${where}`)).toEqual([]);
  });

  test('protects nothing from deletion, stacks included', () => {
    expect(stacks.map(({ stackName }) => stackName).sort()).toEqual(templates.map(stackOf).sort());
    expect(stacks.flatMap(({ stackName, terminationProtection }) => (terminationProtection ? [stackName] : []))).toEqual([]);
    expect(templates.filter(({ text }) => /"\w*(Deletion|Termination)Protection\w*": ?(true|"true")/.test(text))).toEqual([]);
  });

  test('makes nothing in the account but through its stacks', () => {
    const clusters = new Set(sandbox.plan.deployments.filter(({ platform }) => platform === 'eks').map(({ region }) => region.name));
    const objects = sandbox.folders.flatMap(({ folder, objects }) => (clusters.has(folder) ? objects : []));
    if (clusters.size > 0) expect(objects.length).toBeGreaterThan(0);
    const outside = objects.filter(
      ({ kind, spec }) =>
        ['PersistentVolumeClaim', 'Ingress'].includes(kind) ||
        (kind === 'StatefulSet' && spec?.volumeClaimTemplates !== undefined) ||
        (kind === 'Service' && String(spec?.type) === 'LoadBalancer') ||
        JSON.stringify(spec ?? {}).includes('"ephemeral":'),
    );
    expect(outside).toEqual([]);
    const code = resources.filter(({ resource }) =>
      /^(AWS::Lambda::Function|AWS::CloudFormation::CustomResource|Custom::)/.test(resource.Type),
    );
    const functions = sandbox.plan.deployments.flatMap(({ parts }) => parts.flatMap(({ id, kind }) => (kind === 'function' ? [id] : [])));
    const planned = ['Emptier(Function)?', ...functions.map((id) => `Function${id.replaceAll('-', '')}Function`)].join('|');
    expect(named(code.filter(({ where }) => !new RegExp(`(${planned})[0-9A-F]{8}$`).test(where)))).toEqual([]);
  });

  test('carries the tags it is found by, on every stack and whatever takes them', () => {
    const options = sandboxOptions({ ...sandbox.plan, stage: sandbox.name.stage });
    const untagged = resources.filter(({ resource, template }) => {
      const expected = Object.entries(tagsFor(resource.Type, sandboxTags(options, roomOf(stackOf(template))))).flat();
      const tags = JSON.stringify(tagsOf(resource) ?? '');
      return TAGGABLE.has(resource.Type) && !expected.every((text) => tags.includes(`"${text}"`));
    });
    expect(TAGGABLE.size).toBeGreaterThan(0);
    expect(named(untagged)).toEqual([]);
    for (const { stackName, tags } of stacks) expect([stackName, tags]).toMatchObject([stackName, sandboxTags(options, roomOf(stackName))]);
  });

  test('is ended in each of its regions by a schedule for each stack, which comes first and goes last', () => {
    const isExpiry = ({ stackName }: { stackName: string }) => roomOf(stackName) === 'expiry';
    const regions = new Set(stacks.map(({ environment }) => environment.region));
    expect(
      stacks
        .filter(isExpiry)
        .map(({ environment }) => environment.region)
        .sort(),
    ).toEqual([...regions].sort());
    for (const { stackName, environment } of stacks.filter(isExpiry)) {
      const expiry = templates.find((template) => stackOf(template) === stackName)!;
      const schedules = Object.values(expiry.resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
      const deleted = schedules.map(
        ({ Properties }) => JSON.parse((Properties!.Target as { Input: string }).Input) as { StackName: string },
      );
      const here = stacks.filter((stack) => stack.environment.region === environment.region);
      expect(deleted.map(({ StackName }) => StackName).sort()).toEqual(here.map((stack) => stack.stackName).sort());
    }
    const others = templates.filter((template) => roomOf(stackOf(template)) !== 'expiry');
    expect(others.filter(({ outputs }) => !JSON.stringify(outputs).includes('"Fn::ImportValue"')).map(stackOf)).toEqual([]);
    expect(
      new Set(templates.flatMap(({ text }) => [...text.matchAll(/"Fn::ImportValue": ?"([^"]+)"/g)].map(([, name]) => name))).size,
    ).toBe(1);
  });

  test('has no metrics made of its pods, and no alarm or graph that waits for them', () => {
    const measured = resources.flatMap(({ resource: { Type, Properties } }) =>
      Type === 'AWS::EKS::Addon' && Properties!.AddonName === 'amazon-cloudwatch-observability'
        ? [String(Properties!.ConfigurationValues)]
        : [],
    );
    expect(measured).toHaveLength(sandbox.plan.deployments.filter(({ platform }) => platform === 'eks').length);
    expect(measured.filter((values) => !values.includes('"disable_metric_extraction":true'))).toEqual([]);
    expect(templates.filter(({ text }) => /ContainerInsights\b/.test(text)).map(stackOf)).toEqual([]);
  });

  test('costs no more than its stage, and all of it is priced', () => {
    const [, stage] = everyStage.find(([, { name }]) => name === sandbox.name)!;
    expect(sandbox.bill.unpriced).toEqual([]);
    expect(sandbox.bill.monthly.total).toBeGreaterThan(0);
    expect(sandbox.bill.monthly.total).toBeLessThanOrEqual(stage.bill.monthly.total);
  });
});

test('every check is of a type that some sandbox has', () => {
  // No system has these; stages of users may.
  const rare = [
    'AWS::KinesisAnalyticsV2::Application',
    'AWS::KinesisAnalyticsV2::ApplicationCloudWatchLoggingOption',
    'AWS::KinesisFirehose::DeliveryStream',
    'AWS::Logs::LogStream',
  ];
  expect([...Object.keys(LEAVES_NOTHING_IF), ...LEAVES_NOTHING].filter((type) => !seen.has(type)).sort()).toEqual(rare.sort());
});
