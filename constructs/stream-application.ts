import {
  aws_iam as iam,
  aws_kinesisanalyticsv2 as flink,
  type aws_kms as kms,
  type aws_logs as logs,
  type CfnCondition,
  Fn,
  Names,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watched } from '../plan/alarm';
import { letFlinkUseKey } from './flink-key';
import { requireInRange } from './in-range';
import { recordGiven, type Usage } from './managed-service';
import { ServiceLogs } from './service-logs';
import { streamMetrics } from './stream-metrics';
import { attachToNetwork } from './stream-network';
import { shown, type Watchable } from './watchable';

export interface StreamApplicationProps {
  readonly description: string;
  /** Where its interfaces are: private subnets with a way to the AWS APIs that it asks. */
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Processing units it starts with, 1 to 256, one parallel task each; it gets more when their processors are busy. AWS adds one of its own. */
  readonly kpus: number;
  /** Key for checkpoints, snapshots, running storage and logs. */
  readonly encryptionKey: kms.IKey;
  /** Seconds between checkpoints, 1 to 3600. @default 60 */
  readonly checkpointSeconds?: number;
  /** Its program, a jar. @default none: it waits for one (`aws kinesisanalyticsv2 update-application`) */
  readonly program?: { readonly bucketArn: string; readonly key: string };
  /** Whether the program is there: AWS looks for it when it is told of it. @default it is */
  readonly programIsThere?: CfnCondition;
  /** What the program is told, as property group `scaleprint`. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default one month */
  readonly logRetention?: logs.RetentionDays;
  /** Whether its logs may go with the stack. @default false */
  readonly disposable?: boolean;
  /** @default none */
  readonly usage?: Usage<'AWS::KinesisAnalyticsV2::Application' | 'AWS::Logs::LogGroup'>;
}

/** The newest of the 1 series; the 2 series no longer tells how long it was down (metrics-dimensions.html of its guide, 2026-11-22). */
const RUNTIME = 'FLINK-1_20';
const PROPERTY_GROUP = 'scaleprint';
/** Milliseconds that a job works between two checkpoints, however long they take. */
const PAUSE = 5000;

/**
 * Flink without a cluster: Amazon Managed Service for Apache Flink, attached to a network. It keeps its state in checkpoints and in a snapshot at
 * each stop and release, goes back by itself when a release does not start, and has the permissions of {@link grantPrincipal}. A stack makes it and
 * does not start it: `aws kinesisanalyticsv2 start-application`.
 */
export class StreamApplication extends Construct implements iam.IGrantable, Watchable {
  readonly grantPrincipal: iam.IPrincipal;
  readonly resource: flink.CfnApplication;
  readonly applicationName: string;

  /** @throws {Error} on sizes and times that the service refuses */
  constructor(scope: Construct, id: string, props: StreamApplicationProps) {
    super(scope, id);
    const { kpus, checkpointSeconds = 60, encryptionKey, environment, disposable, usage } = props;
    requireInRange(this, 'kpus', kpus, 1, 256);
    requireInRange(this, 'checkpointSeconds', checkpointSeconds, 1, 3600);
    this.applicationName = Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const stack = Stack.of(this);
    const arn = stack.formatArn({ service: 'kinesisanalytics', resource: 'application', resourceName: this.applicationName });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('kinesisanalytics.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnEquals: { 'aws:SourceArn': arn } },
      }),
    });
    this.grantPrincipal = role.grantPrincipal;
    attachToNetwork(role, props);
    letFlinkUseKey(encryptionKey, this.applicationName);
    this.resource = new flink.CfnApplication(this, 'Application', {
      applicationName: this.applicationName,
      applicationDescription: props.description,
      runtimeEnvironment: RUNTIME,
      serviceExecutionRole: role.roleArn,
      applicationConfiguration: {
        applicationCodeConfiguration: codeOf(props),
        applicationEncryptionConfiguration: { keyType: 'CUSTOMER_MANAGED_KEY', keyId: encryptionKey.keyArn },
        applicationSnapshotConfiguration: { snapshotsEnabled: true },
        applicationSystemRollbackConfiguration: { rollbackEnabled: true },
        environmentProperties: environment && { propertyGroups: [{ propertyGroupId: PROPERTY_GROUP, propertyMap: environment }] },
        flinkApplicationConfiguration: {
          checkpointConfiguration: {
            configurationType: 'CUSTOM',
            checkpointingEnabled: true,
            checkpointInterval: checkpointSeconds * 1000,
            minPauseBetweenCheckpoints: PAUSE,
          },
          monitoringConfiguration: { configurationType: 'CUSTOM', logLevel: 'INFO', metricsLevel: 'APPLICATION' },
          parallelismConfiguration: { configurationType: 'CUSTOM', parallelism: kpus, parallelismPerKpu: 1, autoScalingEnabled: true },
        },
        vpcConfigurations: [{ subnetIds: [...props.subnetIds], securityGroupIds: [props.securityGroupId] }],
      },
    });
    // It looks at what it may do when it is made.
    this.resource.node.addDependency(role.node.findChild('DefaultPolicy'));
    recordGiven(this.resource, 'AWS::KinesisAnalyticsV2::Application', usage);
    this.log(role, new ServiceLogs(this, 'Logs', { encryptionKey, disposable, retention: props.logRetention, usage }));
  }

  /** @throws {Error} when Flink publishes no such metric */
  metric(watched: Watched) {
    return shown(this.node.path, streamMetrics([this.applicationName]), watched);
  }

  /** The service finds the group by its account's list of groups. */
  private log(role: iam.Role, group: ServiceLogs): void {
    const stack = Stack.of(this);
    const stream = group.stream();
    const streamArn = stack.formatArn({
      service: 'logs',
      resource: `log-group:${group.logGroupName}:log-stream:${stream.logStreamName}`,
    });
    const allow = (actions: string[], resources: string[]) => role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
    allow(['logs:DescribeLogGroups'], [stack.formatArn({ service: 'logs', resource: 'log-group:*' })]);
    allow(['logs:DescribeLogStreams'], [group.logGroupArn]);
    allow(['logs:PutLogEvents'], [streamArn]);
    const option = new flink.CfnApplicationCloudWatchLoggingOption(this, 'LoggingOption', {
      applicationName: this.resource.ref,
      cloudWatchLoggingOption: { logStreamArn: streamArn },
    });
    option.node.addDependency(role.node.findChild('DefaultPolicy'));
  }
}

function codeOf({ program, programIsThere }: StreamApplicationProps) {
  if (!program) return undefined;
  if (!programIsThere)
    return {
      codeContentType: 'ZIPFILE',
      codeContent: { s3ContentLocation: { bucketArn: program.bucketArn, fileKey: program.key } },
    };
  // What a condition chooses is not renamed on its way into the template.
  return Fn.conditionIf(
    programIsThere.logicalId,
    { CodeContentType: 'ZIPFILE', CodeContent: { S3ContentLocation: { BucketARN: program.bucketArn, FileKey: program.key } } },
    { Ref: 'AWS::NoValue' },
  );
}
