import { aws_ec2 as ec2, aws_eks as eks, Fn, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { creditsOf } from './cpu-credits';
import { nodeUserData } from './kernel-settings';

export interface NodeGroupProps {
  readonly clusterName: string;
  /** Value of the label `scaleprint.dev/tier` that its pods select. */
  readonly tier: string;
  /** Such as `m7g.large`; Graviton, unless it has GPUs. */
  readonly instanceType: string;
  /**
   * Interruptible machines instead, of any of these types, each as large as `instanceType`. EKS takes them from where most are to spare,
   * replaces one that AWS is likely to take back, and drains it first
   * (https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html#managed-node-group-capacity-types).
   *
   * @default machines on demand
   */
  readonly spotInstanceTypes?: readonly string[];
  /** Model of the NVIDIA GPUs that `instanceType` has, such as `t4`: an x86 image with their driver. @default it has none */
  readonly gpuModel?: string;
  readonly minNodes: number;
  readonly desiredNodes: number;
  readonly maxNodes: number;
  /** Pods a node takes, bounded by the addresses of its network interfaces. */
  readonly maxPods: number;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly nodeRoleArn: string;
  /** Kernel settings by sysctl name. @default the image's own */
  readonly kernel?: Readonly<Record<string, string>>;
  /** GiB of the root volume, which holds images, container logs and files of pods. @default 50 */
  readonly rootVolumeGib?: number;
  /** Keep pods away that do not tolerate `scaleprint.dev/tier=<tier>`. @default false */
  readonly tainted?: boolean;
  /** Tags of its machines and their volumes, besides the tier; a change replaces the machines. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether it is a sandbox's, so that processors of burstable machines stay within their price. @default false */
  readonly disposable?: boolean;
}

/** GiB of the root volume for images and container logs. */
export const ROOT_VOLUME_GIB = 50;
/** Label and taint that name the tier of a node. */
export const TIER_LABEL = 'scaleprint.dev/tier';

/** What the device plugin's chart looks for on a node (its values.yaml), and what the cluster autoscaler waits on GPUs by (its AWS provider). */
const gpuLabels = (model: string) => ({ 'nvidia.com/gpu.present': 'true', 'k8s.amazonaws.com/accelerator': `nvidia-${model}` });

const typesOf = ({ instanceType, spotInstanceTypes }: NodeGroupProps) => spotInstanceTypes ?? [instanceType];

/** Nodes of one tier: a managed group of equal machines, spread over its subnets' zones. */
export class NodeGroup extends Construct {
  readonly resource: eks.CfnNodegroup;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { minNodes, desiredNodes, maxNodes } = props;
    if (
      ![minNodes, desiredNodes, maxNodes].some(Token.isUnresolved) &&
      !(minNodes <= desiredNodes && desiredNodes <= maxNodes && maxNodes > 0)
    ) {
      throw new Error(
        `nodes of tier "${props.tier}" are ${minNodes}, ${desiredNodes}, ${maxNodes}; they take min <= desired <= max and a max of at least 1`,
      );
    }
    const template = this.launchTemplate(props);
    this.resource = new eks.CfnNodegroup(this, 'Nodes', {
      clusterName: props.clusterName,
      nodeRole: props.nodeRoleArn,
      subnets: [...props.subnetIds],
      amiType: props.gpuModel ? eks.NodegroupAmiType.AL2023_X86_64_NVIDIA : eks.NodegroupAmiType.AL2023_ARM_64_STANDARD,
      capacityType: props.spotInstanceTypes ? 'SPOT' : 'ON_DEMAND',
      instanceTypes: [...typesOf(props)],
      launchTemplate: { id: template.ref, version: template.attrLatestVersionNumber },
      scalingConfig: { minSize: minNodes, desiredSize: desiredNodes, maxSize: maxNodes },
      updateConfig: { maxUnavailablePercentage: 10 },
      nodeRepairConfig: { enabled: true },
      labels: { [TIER_LABEL]: props.tier, ...(props.gpuModel && gpuLabels(props.gpuModel)) },
      taints: props.tainted ? [{ key: TIER_LABEL, value: props.tier, effect: 'NO_SCHEDULE' }] : undefined,
    });
  }

  private launchTemplate(props: NodeGroupProps): ec2.CfnLaunchTemplate {
    const volume = { volumeType: 'gp3', volumeSize: props.rootVolumeGib ?? ROOT_VOLUME_GIB, encrypted: true, deleteOnTermination: true };
    const tags = Object.entries({ ...props.tags, [TIER_LABEL]: props.tier }).map(([key, value]) => ({ key, value }));
    return new ec2.CfnLaunchTemplate(this, 'Template', {
      launchTemplateData: {
        creditSpecification: creditsOf(props.disposable, typesOf(props)),
        // One hop: only the node itself reaches the instance's credentials, pods use their own identity.
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: volume }],
        securityGroupIds: [...props.securityGroupIds],
        userData: Fn.base64(nodeUserData(props.maxPods, props.kernel ?? {})),
        tagSpecifications: ['instance', 'volume'].map((resourceType) => ({ resourceType, tags })),
      },
    });
  }
}
