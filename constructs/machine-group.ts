import {
  type aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_route53 as route53,
  aws_ssm as ssm,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watched } from '../plan/alarm';
import { recordUsage } from './access';
import { requireInRange } from './in-range';
import { machineUserData } from './machine-user-data';
import { highest, metric, PERCENT } from './metric-math';
import { recoveryAlarm } from './recovery-alarm';
import { shown, type Watchable } from './watchable';

export interface MachineGroupProps {
  readonly vpc: ec2.IVpc;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Graviton instance type, such as `c7g.2xlarge`; burstable types take no part in placement `cluster`. */
  readonly instanceType: string;
  /** Machines that answer, 1 to 60. */
  readonly machines: number;
  /** Subnets they are spread over, one after the other; for placement `cluster` a single one. */
  readonly subnetIds: readonly string[];
  /** Subnet in another zone where each has a standby. @default there are none */
  readonly standbySubnetId?: string;
  /** How near they are to each other. Standbys are placed like those they stand by for. @default 'cluster' */
  readonly placement?: 'cluster' | 'partition' | 'spread';
  /** Zone of their names, which are known in the network alone: `engines.internal`. */
  readonly zoneName: string;
  /** Port, and path on it, at which a machine tells whether it is well. */
  readonly port: number;
  readonly healthPath: string;
  /** What machines have to know about what they use. They find it in a parameter. @default nothing */
  readonly told?: Readonly<Record<string, string>>;
  /** GiB of the root volume. @default 30 */
  readonly rootVolumeGib?: number;
  /** Tags of the machines' volumes. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether the machines may be deleted with the stack. @default false */
  readonly disposable?: boolean;
}

/** Seconds a resolver may keep an address: a machine that is replaced has another one. */
const TTL = '10';
/** Partitions a zone has of one group at most: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html (2026-11-22). */
const PARTITIONS = 7;
const IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64';

/**
 * Machines with names of their own, for what nobody may schedule, move or scale. None is started or stopped but by a person, or by EC2 when the
 * hardware under one fails: then it comes back elsewhere with its name, address and disk. Updates of the stack do not replace them for a newer
 * image: a machine takes the one that is newest when it is first started. They are managed through SSM, without SSH.
 */
export class MachineGroup extends Construct implements iam.IGrantable, Watchable {
  /** Those that answer, then their standbys. */
  readonly instances: readonly ec2.CfnInstance[];
  /** The role of each of them. */
  readonly grantPrincipal: iam.IPrincipal;
  /** Holds `told` as JSON. */
  readonly told: ssm.CfnParameter;
  private readonly props: MachineGroupProps;
  private readonly role: iam.Role;
  private readonly profile: iam.CfnInstanceProfile;
  private readonly template: ec2.CfnLaunchTemplate;
  private readonly zone: route53.CfnHostedZone;

  /** @throws {Error} on more than one subnet for placement `cluster`, or a number of machines out of range */
  constructor(scope: Construct, id: string, props: MachineGroupProps) {
    super(scope, id);
    const { placement = 'cluster', subnetIds, standbySubnetId } = props;
    requireInRange(this, 'machines', props.machines, 1, 60);
    if (placement === 'cluster' && subnetIds.length !== 1)
      throw new Error(`${this.node.path}: subnetIds has ${subnetIds.length} entries; machines of placement cluster are in one`);
    this.props = props;
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    this.grantPrincipal = this.role.grantPrincipal;
    this.profile = new iam.CfnInstanceProfile(this, 'Profile', { roles: [this.role.roleName] });
    this.told = new ssm.CfnParameter(this, 'Told', { type: 'String', value: JSON.stringify(props.told ?? {}) });
    this.role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [this.toldArn()] }));
    this.template = this.launchTemplate(props);
    this.zone = new route53.CfnHostedZone(this, 'Zone', {
      name: props.zoneName,
      vpcs: [{ vpcId: props.vpc.vpcId, vpcRegion: props.vpc.env.region }],
    });
    // Few enough to cost nothing worth a figure: a resolver keeps an answer, and machines are asked by whoever already knows them.
    recordUsage(this.zone, 'AWS::Route53::HostedZone', { standardQueriesPerMonth: 0, latencyQueriesPerMonth: 0 });
    const near = this.placement('Placement', placement);
    const active = Array.from({ length: props.machines }, (_, i) => this.machine(`${i + 1}`, subnetIds[i % subnetIds.length]!, near));
    const other = standbySubnetId ? this.placement('StandbyPlacement', placement) : undefined;
    const standbys = other ? active.map((_, i) => this.machine(`${i + 1}-standby`, standbySubnetId!, other)) : [];
    this.instances = [...active, ...standbys];
  }

  /**
   * What shows the watched quantity: `cpu`, and as `error share` the share of EC2's checks that fail.
   * @throws {Error} on anything else
   */
  metric(watched: Watched): cloudwatch.IMetric[] {
    const of = (name: string) => this.instances.map(({ ref }) => metric('AWS/EC2', name, 'Average', { InstanceId: ref }));
    const known = { cpu: highest(of('CPUUtilization'), 'cpu', PERCENT), 'error share': highest(of('StatusCheckFailed'), 'failed checks') };
    return shown(this.node.path, known, watched);
  }

  private toldArn(): string {
    return Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: this.told.ref });
  }

  /** What is the same of all of them. */
  private launchTemplate({ rootVolumeGib: gib = 30, tags = {} }: MachineGroupProps): ec2.CfnLaunchTemplate {
    const volume = { volumeType: 'gp3', volumeSize: gib, encrypted: true, deleteOnTermination: true };
    return new ec2.CfnLaunchTemplate(this, 'Template', {
      launchTemplateData: {
        // Resolved by EC2 when it starts a machine, and not by CloudFormation at every update.
        imageId: `resolve:ssm:${IMAGE}`,
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: volume }],
        tagSpecifications: [{ resourceType: 'volume', tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }],
      },
    });
  }

  /** Without tags: EC2 changes none of a placement group, so that another stage's would replace it, and with it every machine. */
  private placement(id: string, strategy: string): ec2.CfnPlacementGroup {
    const group = new ec2.CfnPlacementGroup(this, id, { strategy, ...(strategy === 'partition' && { partitionCount: PARTITIONS }) });
    group.addPropertyDeletionOverride('Tags');
    return group;
  }

  private machine(name: string, subnetId: string, placement: ec2.CfnPlacementGroup): ec2.CfnInstance {
    const { instanceType, securityGroup, disposable, zoneName, port, healthPath } = this.props;
    const instance = new ec2.CfnInstance(this, `Machine-${name}`, {
      // The first version, until a person makes another the default: a later one, with other tags, would replace every machine.
      launchTemplate: { launchTemplateId: this.template.ref, version: this.template.attrDefaultVersionNumber },
      instanceType,
      iamInstanceProfile: this.profile.ref,
      subnetId,
      securityGroupIds: [securityGroup.securityGroupId],
      placementGroupName: placement.ref,
      userData: machineUserData({ port, healthPath, parameter: this.told.ref, region: this.props.vpc.env.region }),
      disableApiTermination: !disposable,
      tags: [{ key: 'Name', value: `${name}.${zoneName}` }],
    });
    instance.node.addDependency(this.role);
    new route53.CfnRecordSet(this, `Name-${name}`, {
      hostedZoneId: this.zone.ref,
      name: `${name}.${zoneName}`,
      type: 'A',
      ttl: TTL,
      resourceRecords: [instance.attrPrivateIp],
    });
    recoveryAlarm(this, `Recovery-${name}`, instance, `${name}.${zoneName}`);
    return instance;
  }
}
