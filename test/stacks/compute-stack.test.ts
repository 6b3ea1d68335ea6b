import { App, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Access } from '../../constructs/access';
import type { Plan } from '../../plan/plan';
import type { LoadBalancerPart } from '../../plan/sizing/load-balancer';
import { ComputeStack } from '../../stacks/compute-stack';
import { NetworkStack } from '../../stacks/network-stack';
import { filesPlan } from '../plan/capacity-system';
import { isolated } from './isolated';
import { tinyFleetsPlan } from '../k8s/tiny-fleets';
import { synthesized, templateOf as templateOfStack } from './synthesized';
import { tinyPlan as everyKind } from '../k8s/tiny-system';
import { tinyPlan } from './tiny-shop';

/** A part that grants one action, named after the part and the way it is used. */
const part = (id: string) => ({
  endpoints: {},
  grant: ({ grantPrincipal }: iam.IGrantable, access: Access) =>
    void grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [`${id}:${access}`], resources: [`arn:aws:${id}`] })),
});

function templateOf(stage: string, { disposable = false, plan = tinyPlan(stage) } = {}): Template {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' } });
  const props = { env: { region: 'us-east-1' }, deployment: plan.deployments[0]! };
  const network = new NetworkStack(app, 'network', { ...props, regions: 1 });
  const reachable = new Map(['hot', 'images', 'mails', 'carts'].map((id) => [id, part(id)]));
  return Template.fromStack(
    new ComputeStack(app, 'compute', {
      ...props,
      cell: 1,
      network,
      reachable,
      keyOf: () => kms.Key.fromKeyArn(network, 'Key', 'arn:aws:kms:us-east-1:111111111111:key/1'),
      clusterName: 'tiny-shop-zones',
      namespace: 'tiny-shop',
      disposable,
    }),
  );
}

const actionsOf = (policy: { Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } } }) =>
  policy.Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action);

describe('a cluster', () => {
  const template = templateOf('zones');
  const ownPolicies = () =>
    Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => /Identity(shop|stock|chat|idle|sweep)Role/.test(id));

  test('gives each service what its flows need, and nothing to those without any', () => {
    const granted = Object.fromEntries(
      ownPolicies().map(([id, policy]) => [/Identity([a-z]+)Role/.exec(id)![1], actionsOf(policy as never).sort()]),
    );
    expect(granted).toEqual({ shop: ['hot:reads', 'images:writes', 'mails:publishes'], chat: ['hot:reads'], sweep: ['mails:consumes'] });
  });

  test('ties roles to the service accounts of the namespace', () => {
    const associations = Object.values(template.findResources('AWS::EKS::PodIdentityAssociation')).map(
      ({ Properties: p }) => `${p.Namespace}/${p.ServiceAccount}`,
    );
    expect(associations.sort()).toEqual([
      'kube-system/aws-load-balancer-controller',
      'kube-system/cluster-autoscaler',
      'tiny-shop/chat',
      'tiny-shop/shop',
      'tiny-shop/sweep',
    ]);
  });

  test('lets KEDA read metrics, where pods follow connections or a backlog', () => {
    const policyOf = (t: Template) => Object.entries(t.findResources('AWS::IAM::Policy')).filter(([id]) => id.includes('kedaoperator'));
    const [[, policy]] = policyOf(templateOf('zones', { plan: everyKind('zones') })) as [[string, never]];
    expect(actionsOf(policy)).toEqual(['cloudwatch:GetMetricData']);
    expect(policyOf(template)).toEqual([]);
  });

  test('says where its controllers find themselves', () => {
    for (const output of ['ClusterName', 'VpcId']) template.hasOutput(output, {});
  });

  test('writes down what its pods will log and measure', () => {
    const usage = Object.values(template.findResources('AWS::Logs::LogGroup')).map(({ Metadata }) => Metadata['scaleprint:usage']);
    expect(usage).toHaveLength(3);
    for (const { ingestedGbPerMonth } of usage) expect(ingestedGbPerMonth).toBeGreaterThan(0);
    expect(usage.filter((u) => u.embeddedMetrics > 0)).toHaveLength(1);
  });

  test('has a node group a tier, as the plan sizes it', () => {
    const groups = Object.values(template.findResources('AWS::EKS::Nodegroup')).map(({ Properties: p }) => [
      p.Labels['scaleprint.dev/tier'],
      p.ScalingConfig,
      p.InstanceTypes,
    ]);
    const planned = tinyPlan('zones').deployments[0]!.nodeGroups.map(({ tier, nodes, instanceType }) => [
      tier,
      { MinSize: nodes.min, DesiredSize: nodes.expected, MaxSize: nodes.max },
      [instanceType],
    ]);
    expect(groups).toEqual(planned);
  });

  test('buys part of an interruptible tier on demand and the rest where it may be taken back, all of it as planned', () => {
    const plan = filesPlan('zones');
    const groups = Object.values(templateOfStack(synthesized(plan), 'us-east-1-compute').findResources('AWS::EKS::Nodegroup'));
    const own = (tier: string) => groups.map(({ Properties: p }) => p).filter((p) => p.Labels['scaleprint.dev/tier'] === tier);
    const { nodes, spot, instanceType } = plan.deployments[0]!.nodeGroups.find((g) => g.tier === 'batch')!;
    const bought = Object.fromEntries(
      own('batch').map((p) => [p.CapacityType, [p.InstanceTypes, p.ScalingConfig.MinSize, p.ScalingConfig.MaxSize]]),
    );
    const steady = nodes.max - spot!.nodes.max;
    expect(bought).toEqual({
      ON_DEMAND: [[instanceType], steady, steady],
      SPOT: [spot!.instanceTypes, spot!.nodes.min, spot!.nodes.max],
    });
    expect(own('gpu').map((p) => [p.AmiType, p.InstanceTypes])).toEqual([['AL2023_x86_64_NVIDIA', ['g4dn.xlarge']]]);
    const tainted = groups.flatMap(({ Properties: p }) => (p.Taints ? [p.Labels['scaleprint.dev/tier']] : []));
    expect(tainted.sort()).toEqual(['batch', 'batch', 'gpu']);
  });

  test('has disks for what its pods write besides images and logs', () => {
    const sizes = (t: Template) =>
      Object.values(t.findResources('AWS::EC2::LaunchTemplate')).map(
        ({ Properties: p }) => p.LaunchTemplateData.BlockDeviceMappings[0].Ebs.VolumeSize,
      );
    const plan = everyKind('zones');
    const { scratchGib } = plan.deployments[0]!.nodeGroups.find(({ tier }) => tier === 'web')!;
    expect(scratchGib).toBeGreaterThanOrEqual(2);
    expect(new Set(sizes(templateOf('zones', { plan })))).toEqual(new Set([50, 50 + Math.ceil(scratchGib! / 0.9)]));
    expect(new Set(sizes(template))).toEqual(new Set([50]));
  });

  test('puts out the target groups under the names the manifests look for', () => {
    for (const output of ['FrontShopTargetGroupArn', 'LinesChatTargetGroupArn'])
      template.hasOutput(output, { Value: { Ref: Match.anyValue() } });
  });

  test('redirects no plain HTTP where only the edge comes in', () => {
    const ports = Object.values(template.findResources('AWS::ElasticLoadBalancingV2::Listener')).map(
      ({ Properties: p }) => `${p.Protocol} ${p.Port}`,
    );
    expect(ports.sort()).toEqual(['HTTPS 443', 'TLS 443']);
  });

  test('can be deleted when it is disposable', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', { DeletionProtection: true });
    templateOf('zones', { disposable: true }).hasResourceProperties('AWS::EKS::Cluster', { DeletionProtection: false });
  });
});

describe('an isolated tier', () => {
  const template = templateOf('zones', { plan: isolated(tinyPlan('zones'), 'sockets') });

  test('has its nodes in subnets without a route to the internet, where nothing else may run', () => {
    const groups = Object.values(template.findResources('AWS::EKS::Nodegroup')).map(({ Properties: p }) => [
      p.Labels['scaleprint.dev/tier'],
      /isolatedSubnet/.test(JSON.stringify(p.Subnets)),
      p.Taints,
    ]);
    expect(groups).toEqual([
      ['web', false, undefined],
      ['sockets', true, [{ Key: 'scaleprint.dev/tier', Value: 'sockets', Effect: 'NO_SCHEDULE' }]],
    ]);
  });

  test('brings a registry that its nodes reach', () => {
    template.resourceCountIs('AWS::ECR::Repository', 1);
    template.hasOutput('ImageRegistry', {});
    templateOf('zones').resourceCountIs('AWS::ECR::Repository', 0);
  });
});

test('in one zone, nodes stay in it, and balancers have the two that AWS asks for', () => {
  const template = templateOf('one-zone');
  const subnets = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties.Subnets.length as number);
  expect(subnets('AWS::EKS::Nodegroup')).toEqual([1, 1]);
  expect(subnets('AWS::ElasticLoadBalancingV2::LoadBalancer')).toEqual([2, 2]);
});

describe('services in fleets', () => {
  const plan = tinyFleetsPlan();
  const template = templateOf('usual', { plan });
  const { parts } = plan.deployments[0]!;

  test('have a balancer each, with a target group under the name its manifest looks for', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 5);
    const outputs = Object.keys(template.toJSON().Outputs as object).filter((name) => name.endsWith('TargetGroupArn'));
    expect(outputs.sort()).toEqual(
      ['Sockets1Gateway', 'Sockets2Gateway', 'Web1Api', 'Web2Api', 'Web3Api'].map((x) => `${x}TargetGroupArn`),
    );
    const groups = outputs.map((name) => template.toJSON().Outputs[name].Value.Ref);
    expect(new Set(groups).size).toBe(5);
  });

  test('share the load of their balancers', () => {
    const used = Object.entries(template.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer')).filter(([id]) => id.startsWith('web'));
    const web = parts.find((p) => p.id === 'web')! as LoadBalancerPart;
    for (const [, { Metadata }] of used) expect(3 * Metadata!['scaleprint:usage'].activeConnections).toBe(web.connections.average);
  });

  test('have one role, and a controller that registers all of them', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const [, controller] = policies.find(([id]) => id.includes('loadbalancercontroller'))!;
    const [register] = controller.Properties.PolicyDocument.Statement as { Resource: unknown[] }[];
    expect(register!.Resource).toHaveLength(5);
    expect(policies.filter(([id]) => id.includes('Identitygateway'))).toHaveLength(1);
  });

  test('answer one name by equal weights, and are watched as one', () => {
    const stacks = synthesized(plan);
    const records = Object.values(templateOfStack(stacks, 'us-east-1-edge').findResources('AWS::Route53::RecordSet'));
    expect(records.map(({ Properties: p }) => [p.Type, p.Weight, p.SetIdentifier])).toEqual([
      ...[1, 2, 3].map((n) => ['A', 1, `target${n}`]),
      ...[1, 2].map((n) => ['A', 1, `target${n}`]),
    ]);
    const alarms = Object.values(templateOfStack(stacks, 'us-east-1-operations').findResources('AWS::CloudWatch::Alarm'));
    const connections = alarms.filter(({ Properties: p }) => p.AlarmDescription.startsWith('web: connections'));
    expect(connections.map(({ Properties: p }) => p.Metrics[0].Expression)).toEqual(['MAX([m0, m1, m2]) * 3']);
  });
});

describe('one machine', () => {
  const template = templateOf('box');

  test('has all that its services need in one role', () => {
    const actions = Object.values(template.findResources('AWS::IAM::Policy')).flatMap((policy) => actionsOf(policy as never));
    expect(actions).toEqual(expect.arrayContaining(['hot:reads', 'images:writes', 'mails:publishes', 'mails:consumes']));
  });

  test('of several has a certificate for its own name, too', () => {
    const [deployment] = tinyPlan('box').deployments;
    const several = { ...tinyPlan('box'), deployments: [{ ...deployment!, cells: 2 }] };
    const names = (plan: Plan) => [...new Set(JSON.stringify(templateOf('box', { plan }).toJSON()).match(/us-east-1-cell\d/g))];
    expect([names(tinyPlan('box')), names(several)]).toEqual([[], ['us-east-1-cell1']]);
  });

  test('pays for neither control plane nor balancer', () => {
    template.resourceCountIs('AWS::EC2::Instance', 1);
    template.resourceCountIs('AWS::EKS::Cluster', 0);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0);
  });
});
