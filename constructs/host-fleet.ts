import {
  aws_autoscaling as autoscaling,
  type aws_cloudwatch as cloudwatch,
  type aws_ec2 as ec2,
  aws_iam as iam,
  aws_logs as logs,
  aws_ssm as ssm,
  Names,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watched } from '../plan/alarm';
import { type Access, type Reachable, recordUsage } from './access';
import { hostTemplate, type HostTemplateProps } from './host-template';
import { requireInRange } from './in-range';
import { highest, metric, PERCENT } from './metric-math';
import { shown, type Watchable } from './watchable';

export interface HostFleetProps extends Omit<HostTemplateProps, 'role' | 'groupName' | 'hookName' | 'parameter' | 'logGroupName'> {
  /** Public subnets it is spread over, which have an address for every host. */
  readonly subnetIds: readonly string[];
  /** Hosts at least and at most. Between them, who hands out sessions says how many. */
  readonly minHosts: number;
  readonly maxHosts: number;
  /** Hosts of an average hour, which the bill is for. @default `minHosts` */
  readonly averageHosts?: number;
  /** Seconds for the sessions of a host that is to go, 30 to 7200. */
  readonly drainSeconds: number;
  /** What hosts have to know about what they use. They find it in a parameter. @default nothing */
  readonly told?: Readonly<Record<string, string>>;
  /** Days that hosts' logs are kept. @default 30 */
  readonly logDays?: logs.RetentionDays;
}

const HOOK = 'drain';
/** The shortest heartbeat of a hook, seconds. */
const AT_ONCE = 30;
/**
 * Hosts with a public address each, to which clients speak directly: no balancer stands between them. A session lives on one host, so Auto Scaling
 * takes none away by itself: each is protected from scale-in, and who hands out sessions ends those that have none. Where it does end one, for
 * failed checks or by hand, a hook gives the sessions time. No update replaces a host; the next one starts from the newest template and image.
 * They are managed through SSM, without SSH.
 */
export class HostFleet extends Construct implements iam.IGrantable, Reachable, Watchable {
  readonly group: autoscaling.CfnAutoScalingGroup;
  /** The role of each host. */
  readonly grantPrincipal: iam.IPrincipal;
  readonly endpoints: Readonly<Record<string, string>>;
  /** Holds `told` as JSON. */
  readonly told: ssm.CfnParameter;
  /** What hosts write below `/var/log/host`. */
  readonly logGroup: logs.CfnLogGroup;
  private readonly props: HostFleetProps;

  /** @throws {Error} on sizes or seconds out of range */
  constructor(scope: Construct, id: string, props: HostFleetProps) {
    super(scope, id);
    this.props = props;
    requireInRange(this, 'minHosts', props.minHosts, 0, props.maxHosts);
    requireInRange(this, 'drainSeconds', props.drainSeconds, AT_ONCE, 7200);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    this.grantPrincipal = role.grantPrincipal;
    this.told = new ssm.CfnParameter(this, 'Told', { type: 'String', value: JSON.stringify(props.told ?? {}) });
    this.logGroup = new logs.CfnLogGroup(this, 'Logs', { retentionInDays: props.logDays ?? logs.RetentionDays.ONE_MONTH });
    this.logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    // Known beforehand: a host has to name it, and the group comes after what hosts start from.
    const name = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    const template = hostTemplate(this, 'Template', {
      ...props,
      ...{ role, groupName: name, hookName: HOOK, parameter: this.told.ref, logGroupName: this.logGroup.ref },
    });
    this.group = this.scalingGroup(name, template);
    this.drain();
    this.endpoints = { GROUP: this.group.ref };
    const toldArn = Stack.of(this).formatArn({ service: 'ssm', resource: 'parameter', resourceName: this.told.ref });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [toldArn] }));
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [this.logGroup.attrArn] }),
    );
    role.addToPolicy(this.allow('CompleteLifecycleAction', 'RecordLifecycleActionHeartbeat'));
  }

  /** Lets a service say how many hosts there are, and end those without sessions, which their protection does not keep from it. */
  grant(grantee: iam.IGrantable, _access: Access): void {
    grantee.grantPrincipal.addToPrincipalPolicy(this.allow('SetDesiredCapacity', 'TerminateInstanceInAutoScalingGroup'));
  }

  /**
   * What shows the watched quantity: `cpu`, and as `error share` the share of hosts that fail EC2's checks.
   * @throws {Error} on anything else
   */
  metric(watched: Watched): cloudwatch.IMetric[] {
    const of = (name: string) => [metric('AWS/EC2', name, 'Average', { AutoScalingGroupName: this.group.ref })];
    return shown(this.node.path, { cpu: highest(of('CPUUtilization'), 'cpu', PERCENT), 'error share': of('StatusCheckFailed') }, watched);
  }

  private allow(...actions: string[]): iam.PolicyStatement {
    return new iam.PolicyStatement({
      actions: actions.map((action) => `autoscaling:${action}`),
      resources: [this.group.attrAutoScalingGroupArn],
    });
  }

  /** Says nothing of how many hosts there are to be: an update would undo what who hands out sessions has said. */
  private scalingGroup(name: string, template: ec2.CfnLaunchTemplate): autoscaling.CfnAutoScalingGroup {
    const { subnetIds, minHosts, maxHosts, averageHosts = minHosts, disposable = false } = this.props;
    const group = new autoscaling.CfnAutoScalingGroup(this, 'Hosts', {
      autoScalingGroupName: name,
      launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      vpcZoneIdentifier: [...subnetIds],
      minSize: String(minHosts),
      maxSize: String(maxHosts),
      healthCheckType: 'EC2',
      newInstancesProtectedFromScaleIn: !disposable,
      deletionProtection: disposable ? 'none' : 'prevent-all-deletion',
      terminationPolicies: ['OldestLaunchTemplate', 'Default'],
      metricsCollection: [{ granularity: '1Minute' }],
    });
    recordUsage(group, 'AWS::AutoScaling::AutoScalingGroup', { averageInstances: averageHosts });
    return group;
  }

  /**
   * Time for sessions. A resource of its own, so that CloudFormation deletes it before the group, whose hosts then go at once
   * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLifecycleHook.html, 2026-11-23: outstanding actions are completed first).
   */
  private drain(): void {
    const { drainSeconds, disposable } = this.props;
    new autoscaling.CfnLifecycleHook(this, 'Drain', {
      autoScalingGroupName: this.group.ref,
      lifecycleHookName: HOOK,
      lifecycleTransition: 'autoscaling:EC2_INSTANCE_TERMINATING',
      heartbeatTimeout: disposable ? AT_ONCE : drainSeconds,
      defaultResult: 'CONTINUE',
    });
  }
}
