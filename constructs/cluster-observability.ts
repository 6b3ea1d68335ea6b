import { aws_eks as eks, aws_iam as iam, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { podRole } from './pod-identity';

export interface ClusterObservabilityProps {
  readonly clusterName: string;
  /** Days that pods' logs and measurements are kept. @default 30 */
  readonly logDays?: logs.RetentionDays;
  /** Whether CloudWatch makes metrics of the measurements, each of which it bills. Without them the log still has it all. @default true */
  readonly metrics?: boolean;
  /** Settings of the add-on's parts, as its schema has them, such as `{ agent: { resources: ... } }`. @default its own */
  readonly settings?: Partial<Readonly<Record<'agent' | 'fluentBit' | 'manager', object>>>;
}

/**
 * Without enhanced observability, which is billed for each pod and container: so the equal pods of a service share their metrics.
 * Nothing waits for traces and application signals, which need code in the pods.
 */
const measure = (metrics: boolean) => ({
  logs: { metrics_collected: { kubernetes: { enhanced_container_insights: false, ...(!metrics && { disable_metric_extraction: true }) } } },
});
/** Fluent Bit includes a file for each kind of log; these would ship what the node itself says. */
const NOTHING = '# stays on the node\n';
const APPLICATION_LOGS_ONLY = { extraFiles: { 'dataplane-log.conf': NOTHING, 'host-log.conf': NOTHING } };
/** Service account of both agents. */
const AGENTS = 'cloudwatch-agent';

/**
 * Logs and measurements of pods in CloudWatch: the EKS add-on with Fluent Bit and the CloudWatch agent (Container Insights), whose
 * role writes into two log groups of limited memory and nowhere else.
 */
export class ClusterObservability extends Construct {
  readonly addon: eks.CfnAddon;
  /** What pods write to their output. */
  readonly applicationLogs: logs.CfnLogGroup;
  /** Processor, memory, network and disk of nodes and pods, each minute. */
  readonly performanceLogs: logs.CfnLogGroup;

  constructor(scope: Construct, id: string, { clusterName, logDays, metrics = true, settings = {} }: ClusterObservabilityProps) {
    super(scope, id);
    // The agents would make the groups themselves, without an end to what they keep.
    const group = (kind: string, name: string): logs.CfnLogGroup => {
      const made = new logs.CfnLogGroup(this, kind, {
        logGroupName: `/aws/containerinsights/${clusterName}/${name}`,
        retentionInDays: logDays ?? logs.RetentionDays.ONE_MONTH,
      });
      made.applyRemovalPolicy(RemovalPolicy.DESTROY);
      return made;
    };
    this.applicationLogs = group('ApplicationLogs', 'application');
    this.performanceLogs = group('PerformanceLogs', 'performance');
    const role = podRole(this, 'Role');
    const { policyDependable } = role.addToPrincipalPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.applicationLogs.attrArn, this.performanceLogs.attrArn],
      }),
    );
    // Which volume and which scaling group a measurement is of.
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeTags', 'ec2:DescribeVolumes'], resources: ['*'] }));
    this.addon = new eks.CfnAddon(this, 'Addon', {
      clusterName,
      addonName: 'amazon-cloudwatch-observability',
      resolveConflicts: 'OVERWRITE',
      configurationValues: JSON.stringify({
        agent: { ...settings.agent, config: measure(metrics) },
        containerLogs: { fluentBit: { ...settings.fluentBit, config: APPLICATION_LOGS_ONLY } },
        manager: settings.manager,
      }),
      podIdentityAssociations: [{ serviceAccount: AGENTS, roleArn: role.roleArn }],
    });
    // The agents come once they may write; the policy names the groups, so these are there too.
    this.addon.node.addDependency(policyDependable!);
  }
}
