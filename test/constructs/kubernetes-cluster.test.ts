import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { KubernetesCluster, type KubernetesClusterProps } from '../../constructs/kubernetes-cluster';
import { NodeGroup, type NodeGroupProps } from '../../constructs/node-group';
import { PodIdentity } from '../../constructs/pod-identity';

const nodes: Omit<NodeGroupProps, 'clusterName' | 'nodeRoleArn'> = {
  tier: 'web',
  instanceType: 'm7g.large',
  minNodes: 3,
  desiredNodes: 6,
  maxNodes: 9,
  maxPods: 29,
  subnetIds: ['subnet-1', 'subnet-2'],
  securityGroupIds: ['sg-nodes', 'sg-web'],
};

function make({
  cluster: clusterProps = {},
  group = {},
}: { cluster?: Partial<KubernetesClusterProps>; group?: Partial<NodeGroupProps> } = {}) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const cluster = new KubernetesCluster(stack, 'Cluster', {
    name: 'shop',
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroupId: 'sg-1',
    publicAccessCidrs: ['203.0.113.0/24'],
    ...clusterProps,
  });
  const web = new NodeGroup(stack, 'Web', { ...nodes, clusterName: cluster.name, nodeRoleArn: cluster.nodeRole.roleArn, ...group });
  cluster.orderNodes(web.resource);
  new PodIdentity(stack, 'Shop', { clusterName: cluster.name, namespace: 'shop', serviceAccount: 'cart' });
  return Template.fromStack(stack);
}

describe('the control plane', () => {
  const template = make({ cluster: { administratorArn: 'arn:aws:iam::111122223333:role/admin' } });

  test('encrypts secrets, logs who did what, and answers known addresses only', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', {
      EncryptionConfig: [{ Resources: ['secrets'] }],
      Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'audit' }, { Type: 'authenticator' }] } },
      ResourcesVpcConfig: { EndpointPrivateAccess: true, PublicAccessCidrs: ['203.0.113.0/24'], SecurityGroupIds: ['sg-1'] },
      UpgradePolicy: { SupportType: 'STANDARD' },
      BootstrapSelfManagedAddons: false,
      DeletionProtection: true,
    });
  });

  test('finds a log group that ends what it keeps', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/eks/shop/cluster', RetentionInDays: 90 });
    const [[logGroup]] = Object.entries(template.findResources('AWS::Logs::LogGroup')) as [[string, unknown]];
    template.hasResource('AWS::EKS::Cluster', { DependsOn: Match.arrayWith([logGroup]) });
  });

  test('keeps no log where it is disposable: EKS would bring the group back', () => {
    const disposable = make({ cluster: { disposable: true } });
    disposable.hasResourceProperties('AWS::EKS::Cluster', { Logging: Match.absent(), DeletionProtection: false });
    expect(JSON.stringify(disposable.findResources('AWS::Logs::LogGroup'))).not.toContain('/aws/eks/');
    disposable.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete', Properties: { PendingWindowInDays: 7 } });
  });

  test('knows people by access entries', () => {
    template.hasResourceProperties('AWS::EKS::Cluster', { AccessConfig: { AuthenticationMode: 'API' } });
    template.hasResourceProperties('AWS::EKS::AccessEntry', {
      PrincipalArn: 'arn:aws:iam::111122223333:role/admin',
      AccessPolicies: [Match.objectLike({ AccessScope: { Type: 'cluster' } })],
    });
  });

  test('enforces network policies, with a role that only its network plugin has', () => {
    template.hasResourceProperties('AWS::EKS::Addon', {
      AddonName: 'vpc-cni',
      ConfigurationValues: '{"enableNetworkPolicy":"true"}',
      PodIdentityAssociations: [Match.objectLike({ ServiceAccount: 'aws-node' })],
    });
    const nodeRole = Object.entries(template.findResources('AWS::IAM::Role')).find(([id]) => id.includes('NodeRole'))![1];
    expect(JSON.stringify(nodeRole.Properties.ManagedPolicyArns)).not.toContain('CNI');
  });

  test('makes nodes ready before it puts anything on them', () => {
    const addons = Object.entries(template.findResources('AWS::EKS::Addon'));
    const [[group, { DependsOn: before }]] = Object.entries(template.findResources('AWS::EKS::Nodegroup')) as [
      [string, { DependsOn: string[] }],
    ];
    const named = (ids: string[]) =>
      addons
        .filter(([id]) => ids.includes(id))
        .map(([, { Properties }]) => Properties.AddonName as string)
        .sort();
    expect(named(before)).toEqual(['eks-pod-identity-agent', 'kube-proxy', 'vpc-cni']);
    expect(named(addons.filter(([, { DependsOn }]) => DependsOn?.includes(group)).map(([id]) => id))).toEqual([
      'amazon-cloudwatch-observability',
      'coredns',
      'metrics-server',
    ]);
  });

  test('tells add-ons what it is told, and nothing else', () => {
    const settings = (t: Template, name: string) =>
      Object.values(t.findResources('AWS::EKS::Addon', { Properties: { AddonName: name } })).map((r) => r.Properties.ConfigurationValues);
    const told = make({ cluster: { addonSettings: { coredns: { replicaCount: 3 } } } });
    expect(settings(told, 'coredns')).toEqual(['{"replicaCount":3}']);
    expect(settings(told, 'metrics-server')).toEqual([undefined]);
    expect(settings(template, 'coredns')).toEqual([undefined]);
  });

  test('refuses to live in one subnet', () => {
    expect(() => make({ cluster: { subnetIds: ['subnet-1'] } })).toThrow(
      'subnetIds has 1 entries; a control plane takes at least 2, in different zones',
    );
  });

  test('refuses to answer everybody', () => {
    expect(() => make({ cluster: { publicAccessCidrs: ['203.0.113.0/24', '0.0.0.0/0'] } })).toThrow(
      'publicAccessCidrs has "0.0.0.0/0"; it takes',
    );
  });
});

describe('a node group', () => {
  const template = make({ group: { kernel: { 'net.core.somaxconn': '8192' }, tainted: true } });

  test('scales between its bounds on Graviton machines that its tier is known by', () => {
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      AmiType: 'AL2023_ARM_64_STANDARD',
      InstanceTypes: ['m7g.large'],
      ScalingConfig: { MinSize: 3, DesiredSize: 6, MaxSize: 9 },
      Labels: { 'scaleprint.dev/tier': 'web' },
      Taints: [{ Key: 'scaleprint.dev/tier', Value: 'web', Effect: 'NO_SCHEDULE' }],
      Subnets: ['subnet-1', 'subnet-2'],
    });
  });

  test('takes interruptible machines of several types, of which EKS replaces those that go', () => {
    const spot = make({ group: { spotInstanceTypes: ['m7g.large', 'm6g.large'] } });
    spot.hasResourceProperties('AWS::EKS::Nodegroup', {
      CapacityType: 'SPOT',
      InstanceTypes: ['m7g.large', 'm6g.large'],
      AmiType: 'AL2023_ARM_64_STANDARD',
    });
  });

  test('has the driver of its GPUs, and is known by them', () => {
    const gpus = make({ group: { instanceType: 'g5.xlarge', gpuModel: 'a10g' } });
    gpus.hasResourceProperties('AWS::EKS::Nodegroup', {
      AmiType: 'AL2023_x86_64_NVIDIA',
      CapacityType: 'ON_DEMAND',
      InstanceTypes: ['g5.xlarge'],
      Labels: { 'scaleprint.dev/tier': 'web', 'nvidia.com/gpu.present': 'true', 'k8s.amazonaws.com/accelerator': 'nvidia-a10g' },
    });
  });

  test('keeps its credentials from pods and its disk encrypted', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: Match.objectLike({ Encrypted: true, VolumeType: 'gp3' }) }],
        SecurityGroupIds: ['sg-nodes', 'sg-web'],
      },
    });
  });

  test.each<[string, Partial<NodeGroupProps>, object | undefined]>([
    ['burstable ones of a sandbox', { disposable: true, instanceType: 't4g.medium' }, { CpuCredits: 'standard' }],
    ['burstable ones of a stage', { instanceType: 't4g.medium' }, undefined],
    ['steady ones', { disposable: true, instanceType: 'm7g.large' }, undefined],
    ['some burstable', { disposable: true, spotInstanceTypes: ['t4g.large', 'm7g.large'] }, undefined],
    ['all burstable', { disposable: true, spotInstanceTypes: ['t4g.large', 't3.large'] }, { CpuCredits: 'standard' }],
  ])('pays for no processor beyond the price of its machines in a sandbox: %s', (_, group, credits) => {
    make({ group }).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { CreditSpecification: credits ?? Match.absent() },
    });
  });

  test('hands its tags on to machines and volumes', () => {
    const Tags = [
      { Key: 'team', Value: 'shop' },
      { Key: 'scaleprint.dev/tier', Value: 'web' },
    ];
    make({ group: { tags: { team: 'shop' } } }).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { TagSpecifications: ['instance', 'volume'].map((ResourceType) => ({ ResourceType, Tags })) },
    });
  });

  test('tells the kubelet how many pods it takes and the kernel its settings', () => {
    const [{ Properties }] = Object.values(template.findResources('AWS::EC2::LaunchTemplate')) as [
      { Properties: { LaunchTemplateData: { UserData: { 'Fn::Base64': string } } } },
    ];
    const parts = Properties.LaunchTemplateData.UserData['Fn::Base64'].split('--==scaleprint==');
    expect(parts[1]).toContain('Content-Type: application/node.eks.aws');
    expect(parts[1]).toContain('maxPods: 29');
    expect(parts[2]).toContain('net.core.somaxconn = 8192');
    expect(parts[3]).toBe('--\n');
  });

  test.each([
    [{ minNodes: 7 }, 'nodes of tier "web" are 7, 6, 9; they take min <= desired <= max and a max of at least 1'],
    [{ kernel: { 'net.core.somaxconn': '1\nEND\nrm -rf /' } }, 'it takes a sysctl name and a plain value'],
  ])('refuses %j', (group, message) => {
    expect(() => make({ group })).toThrow(message);
  });
});

test('pods of a service account take on their role through Pod Identity', () => {
  const template = make();
  template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { Namespace: 'shop', ServiceAccount: 'cart' });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: Match.objectLike({
      Statement: [{ Action: ['sts:AssumeRole', 'sts:TagSession'], Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' } }],
    }),
  });
});

test('volumes take an add-on, which comes after nodes and has a role of its own', () => {
  const named = (template: ReturnType<typeof make>) =>
    Object.entries(template.findResources('AWS::EKS::Addon')).find(
      ([, { Properties }]) => Properties.AddonName === 'aws-ebs-csi-driver',
    )?.[1];
  expect(named(make())).toBeUndefined();
  const template = make({ cluster: { volumes: true, addonSettings: { 'aws-ebs-csi-driver': { controller: { replicaCount: 2 } } } } });
  const addon = named(template)!;
  expect(addon.Properties).toMatchObject({
    ConfigurationValues: '{"controller":{"replicaCount":2}}',
    PodIdentityAssociations: [{ ServiceAccount: 'ebs-csi-controller-sa' }],
  });
  const [nodes] = Object.keys(template.findResources('AWS::EKS::Nodegroup'));
  expect(addon.DependsOn).toContain(nodes);
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).toContain('policy/service-role/AmazonEBSCSIDriverPolicy');
});
