import { App, aws_iam as iam } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Access } from '../../constructs/access';
import { ComputeStack } from '../../stacks/compute-stack';
import { NetworkStack } from '../../stacks/network-stack';
import { tinyPlan } from './tiny-shop';

/** A part that grants one action, named after the part and the way it is used. */
const part = (id: string) => ({
  endpoints: {},
  grant: ({ grantPrincipal }: iam.IGrantable, access: Access) =>
    void grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [`${id}:${access}`], resources: [`arn:aws:${id}`] })),
});

function templateOf(stage: string, { disposable = false } = {}): Template {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'weak' } });
  const props = { env: { region: 'us-east-1' }, deployment: tinyPlan(stage).deployments[0]! };
  const network = new NetworkStack(app, 'network', { ...props, regions: 1 });
  const reachable = new Map(['hot', 'images', 'mails'].map((id) => [id, part(id)]));
  return Template.fromStack(
    new ComputeStack(app, 'compute', { ...props, network, reachable, clusterName: 'tiny-shop-zones', namespace: 'tiny-shop', disposable }),
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

test('in one zone, nodes stay in it, and balancers have the two that AWS asks for', () => {
  const template = templateOf('one-zone');
  const subnets = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties.Subnets.length as number);
  expect(subnets('AWS::EKS::Nodegroup')).toEqual([1, 1]);
  expect(subnets('AWS::ElasticLoadBalancingV2::LoadBalancer')).toEqual([2, 2]);
});

describe('one machine', () => {
  const template = templateOf('box');

  test('has all that its services need in one role', () => {
    const actions = Object.values(template.findResources('AWS::IAM::Policy')).flatMap((policy) => actionsOf(policy as never));
    expect(actions).toEqual(expect.arrayContaining(['hot:reads', 'images:writes', 'mails:publishes', 'mails:consumes']));
  });

  test('pays for neither control plane nor balancer', () => {
    template.resourceCountIs('AWS::EC2::Instance', 1);
    template.resourceCountIs('AWS::EKS::Cluster', 0);
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0);
  });
});
