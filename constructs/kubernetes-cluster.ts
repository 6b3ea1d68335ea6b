import { aws_eks as eks, aws_eks_v2 as eksV2, aws_iam as iam, aws_kms as kms, aws_logs as logs, Names, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireAddressRanges } from './address-range';
import { ClusterObservability, type ClusterObservabilityProps } from './cluster-observability';
import { keyRemoval } from './managed-service';
import { podRole } from './pod-identity';

export interface KubernetesClusterProps {
  /** Also part of its log group's name. @default from the construct's path */
  readonly name?: string;
  /** Private subnets, in at least two zones, for the control plane's network interfaces. */
  readonly subnetIds: readonly string[];
  /** Group of those interfaces; nodes need port 443 of it. */
  readonly securityGroupId: string;
  /**
   * IPv4 ranges that reach the API from the internet, not everybody's; nodes always reach it from inside. EKS takes none of IPv6 for a
   * cluster of IPv4 (AWS docs, EKS API, VpcConfigRequest: publicAccessCidrs, 2026-11-22).
   */
  readonly publicAccessCidrs: readonly string[];
  /** Role or user that administers the cluster besides whoever creates it. @default only its creator */
  readonly administratorArn?: string;
  /** Days that control plane logs are kept. @default 90 */
  readonly logDays?: logs.RetentionDays;
  /** Settings of add-ons, as their schemas have them, such as `{ coredns: { replicaCount: 2 } }`. @default the add-ons' own */
  readonly addonSettings?: Partial<Readonly<Record<(typeof BEFORE_NODES | typeof ON_NODES)[number] | typeof VOLUMES, object>>>;
  /** Whether pods may claim volumes of EBS: an add-on makes and attaches them. @default false */
  readonly volumes?: boolean;
  /** What ships logs and measurements of pods. @default with metrics, and the add-on's own settings */
  readonly observability?: Pick<ClusterObservabilityProps, 'metrics' | 'settings'>;
  /**
   * Whether the cluster and its key may be deleted with their stack. Then the control plane keeps no logs: EKS would bring their group back
   * with the last lines of a deleted cluster, whatever its role may do (https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2446).
   *
   * @default false
   */
  readonly disposable?: boolean;
}

/** Newest version in standard support that the library knows (AWS docs, EKS Kubernetes versions). */
export const KUBERNETES_VERSION = eksV2.KubernetesVersion.V1_37.version;
/** What every node needs before it is ready, and what needs nodes before it is. */
const BEFORE_NODES = ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'] as const;
const ON_NODES = ['coredns', 'metrics-server'] as const;
/** Makes, attaches and grows the volumes that pods claim. */
const VOLUMES = 'aws-ebs-csi-driver';
const LOGS = ['api', 'audit', 'authenticator'];

/** Of add-ons that ask AWS for something, the role's id among them: it must not change. */
const IDENTITIES: Readonly<Record<string, { serviceAccount: string; role: string; policy: string }>> = {
  'vpc-cni': { serviceAccount: 'aws-node', role: 'NetworkRole', policy: 'AmazonEKS_CNI_Policy' },
  [VOLUMES]: { serviceAccount: 'ebs-csi-controller-sa', role: 'VolumesRole', policy: 'service-role/AmazonEBSCSIDriverPolicy' },
};

/**
 * An EKS control plane with its add-ons. Access goes by access entries, pods get AWS permissions by Pod Identity, secrets
 * are encrypted with a key of their own. Add-on versions are the defaults of the Kubernetes version.
 */
export class KubernetesCluster extends Construct {
  readonly resource: eks.CfnCluster;
  readonly name: string;
  readonly nodeRole: iam.Role;
  readonly key: kms.CfnKey;
  /** Of the control plane. @default it keeps none */
  readonly logGroup?: logs.CfnLogGroup;
  readonly observability: ClusterObservability;
  private readonly addonsBeforeNodes: readonly eks.CfnAddon[];
  private readonly addonsOnNodes: readonly eks.CfnAddon[];

  constructor(scope: Construct, id: string, props: KubernetesClusterProps) {
    super(scope, id);
    if (props.subnetIds.length < 2)
      throw new Error(`subnetIds has ${props.subnetIds.length} entries; a control plane takes at least 2, in different zones`);
    requireAddressRanges(`${this.node.path}: publicAccessCidrs`, props.publicAccessCidrs);
    const name = props.name ?? Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    if (!props.disposable) this.logGroup = this.controlPlaneLogs(name, props.logDays);
    const key = new kms.Key(this, 'Secrets', {
      description: `Kubernetes secrets of ${name}`,
      enableKeyRotation: true,
      ...keyRemoval(props.disposable),
    });
    this.key = key.node.defaultChild as kms.CfnKey;
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [awsManaged('AmazonEKSClusterPolicy')],
    });
    const mayUseKey = key.grant(role, 'kms:Encrypt', 'kms:Decrypt', 'kms:ListGrants', 'kms:DescribeKey');
    this.resource = new eks.CfnCluster(this, 'Cluster', {
      name,
      version: KUBERNETES_VERSION,
      roleArn: role.roleArn,
      bootstrapSelfManagedAddons: false,
      deletionProtection: !props.disposable,
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      upgradePolicy: { supportType: 'STANDARD' },
      encryptionConfig: [{ provider: { keyArn: key.keyArn }, resources: ['secrets'] }],
      logging: this.logGroup && { clusterLogging: { enabledTypes: LOGS.map((type) => ({ type })) } },
      resourcesVpcConfig: {
        subnetIds: [...props.subnetIds],
        securityGroupIds: [props.securityGroupId],
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: [...props.publicAccessCidrs],
      },
    });
    if (this.logGroup) this.resource.addResourceDependency(this.logGroup);
    mayUseKey.applyBefore(this.resource);
    this.name = this.resource.ref;
    if (props.administratorArn) this.administrator(props.administratorArn);
    this.nodeRole = new iam.Role(this, 'NodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly', 'AmazonSSMManagedInstanceCore'].map(awsManaged),
    });
    this.addonsBeforeNodes = BEFORE_NODES.map((addon) => this.addon(addon, props.addonSettings?.[addon]));
    this.observability = new ClusterObservability(this, 'Observability', { clusterName: this.name, ...props.observability });
    const onNodes = props.volumes ? ([...ON_NODES, VOLUMES] as const) : ON_NODES;
    this.addonsOnNodes = [...onNodes.map((addon) => this.addon(addon, props.addonSettings?.[addon])), this.observability.addon];
  }

  /** Orders a node group after the add-ons that make nodes ready, and before those that run on it. */
  orderNodes(nodes: eks.CfnNodegroup): void {
    this.addonsBeforeNodes.forEach((addon) => nodes.addResourceDependency(addon));
    this.addonsOnNodes.forEach((addon) => addon.addResourceDependency(nodes));
  }

  /** EKS would create the group itself, without an end to what it keeps. */
  private controlPlaneLogs(cluster: string, logDays = logs.RetentionDays.THREE_MONTHS): logs.CfnLogGroup {
    const group = new logs.CfnLogGroup(this, 'Logs', { logGroupName: `/aws/eks/${cluster}/cluster`, retentionInDays: logDays });
    group.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return group;
  }

  private addon(addonName: string, settings?: object): eks.CfnAddon {
    const configuration = addonName === 'vpc-cni' ? { enableNetworkPolicy: 'true', ...settings } : settings;
    const identity = IDENTITIES[addonName];
    return new eks.CfnAddon(this, addonName, {
      clusterName: this.name,
      addonName,
      resolveConflicts: 'OVERWRITE',
      configurationValues: configuration && JSON.stringify(configuration),
      podIdentityAssociations: identity && [
        { serviceAccount: identity.serviceAccount, roleArn: podRole(this, identity.role, [awsManaged(identity.policy)]).roleArn },
      ],
    });
  }

  private administrator(principalArn: string): void {
    new eks.CfnAccessEntry(this, 'Administrator', {
      clusterName: this.name,
      principalArn,
      accessPolicies: [
        { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', accessScope: { type: 'cluster' } },
      ],
    });
  }
}

const awsManaged = (name: string): iam.IManagedPolicy => iam.ManagedPolicy.fromAwsManagedPolicyName(name);
