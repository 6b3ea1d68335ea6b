import { type aws_ec2 as ec2, aws_iam as iam, aws_logs as logs, Names, aws_opensearchservice as opensearch, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Access } from './access';
import { requireInRange } from './in-range';
import { ManagedService, type ManagedServiceProps, type Metrics, recordGiven, removalPolicy, type Usage } from './managed-service';
import { highest, math, metric, MILLISECONDS, PERCENT } from './metric-math';
import { ServiceLogs } from './service-logs';

export interface SearchDomainProps extends ManagedServiceProps {
  readonly vpc: ec2.IVpc;
  /** Subnets in at least as many zones as `zones`. */
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  /** Zones data nodes are spread over, 1 to 3. @default 1: down with its zone */
  readonly zones?: number;
  /** Such as `r7g.large.search`. */
  readonly instanceType: string;
  /** At least one a zone, up to 80. */
  readonly dataNodes: number;
  /** Volume of each data node, GiB, 10 or more. */
  readonly storageGib: number;
  /** Nodes that only keep the cluster's state: 3, or none in small domains. @default none */
  readonly masters?: { readonly count: number; readonly instanceType: string };
  /**
   * Role that administers fine-grained access. Until it has mapped a caller's role, that role may do nothing whatever IAM allows.
   *
   * @default IAM alone decides, so that a deployed domain works without a further step
   */
  readonly masterRoleArn?: string;
  /** @default one month */
  readonly logRetention?: logs.RetentionDays;
  /** @default none */
  readonly usage?: Usage<'AWS::OpenSearchService::Domain' | 'AWS::Logs::LogGroup'>;
}

const ENGINE_VERSION = 'OpenSearch_2.19';
const LOG_TYPES = ['SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS', 'ES_APPLICATION_LOGS'];
const READING = ['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost'];
const WRITING = ['es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpPatch', 'es:ESHttpDelete'];

/** A full-text index: OpenSearch Service inside the VPC. The account needs its service-linked role once (`es.amazonaws.com`). */
export class SearchDomain extends ManagedService {
  readonly endpoints: Readonly<Record<'HOST', string>>;
  private readonly domainName: string;
  private readonly domainArn: string;

  /** @throws {Error} on counts and sizes OpenSearch refuses */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SearchDomainProps,
  ) {
    super(scope, id);
    const { zones = 1, dataNodes, masters, encryptionKey, disposable, masterRoleArn } = props;
    requireInRange(this, 'zones', zones, 1, 3);
    requireInRange(this, 'dataNodes', dataNodes, zones, 80);
    requireInRange(this, 'storageGib', props.storageGib, 10, 24_576);
    requireInRange(this, 'masters.count', masters?.count, 3, 5);
    this.domainName = Names.uniqueResourceName(this, { maxLength: 28, separator: '-' }).toLowerCase();
    this.domainArn = Stack.of(this).formatArn({ service: 'es', resource: 'domain', resourceName: this.domainName });
    const slowLogs = new ServiceLogs(this, 'Logs', { encryptionKey, disposable, retention: props.logRetention, usage: props.usage });
    const delivery = new logs.CfnResourcePolicy(this, 'LogDelivery', {
      policyName: this.domainName,
      policyDocument: Stack.of(this).toJsonString(this.mayDeliverTo(slowLogs).toJSON()),
    });
    const domain = new opensearch.CfnDomain(this, 'Resource', {
      domainName: this.domainName,
      engineVersion: ENGINE_VERSION,
      clusterConfig: {
        instanceType: props.instanceType,
        instanceCount: dataNodes,
        zoneAwarenessEnabled: zones > 1,
        ...(zones > 1 && { zoneAwarenessConfig: { availabilityZoneCount: zones } }),
        dedicatedMasterEnabled: masters !== undefined,
        ...(masters && { dedicatedMasterCount: masters.count, dedicatedMasterType: masters.instanceType }),
      },
      ebsOptions: { ebsEnabled: true, volumeType: 'gp3', volumeSize: props.storageGib },
      vpcOptions: {
        subnetIds: props.vpc.selectSubnets(props.subnets).subnetIds.slice(0, zones),
        securityGroupIds: [props.securityGroup.securityGroupId],
      },
      encryptionAtRestOptions: { enabled: true, kmsKeyId: encryptionKey.keyArn },
      nodeToNodeEncryptionOptions: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      ...(masterRoleArn && {
        advancedSecurityOptions: { enabled: true, internalUserDatabaseEnabled: false, masterUserOptions: { masterUserArn: masterRoleArn } },
      }),
      accessPolicies: this.accountOnly().toJSON(),
      logPublishingOptions: Object.fromEntries(
        LOG_TYPES.map((type) => [type, { enabled: true, cloudWatchLogsLogGroupArn: slowLogs.logGroupArn }]),
      ),
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
    });
    domain.addResourceDependency(delivery);
    domain.applyRemovalPolicy(removalPolicy(disposable));
    recordGiven(domain, 'AWS::OpenSearchService::Domain', props.usage);
    this.endpoints = { HOST: domain.attrDomainEndpoint };
  }

  /** Searches are posted, so reading needs the verb of writing too: to refuse it by index takes fine-grained access. */
  grant(grantee: iam.IGrantable, access: Access): void {
    const actions = access === 'reads' || access === 'consumes' ? READING : WRITING;
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [`${this.domainArn}/*`] });
  }

  protected metrics(): Metrics {
    const dimensions = { DomainName: this.domainName, ClientId: Stack.of(this).account };
    const of = (name: string, statistic: string) => metric('AWS/ES', name, statistic, dimensions);
    const storageMib = this.props.storageGib * 1024;
    return {
      cpu: highest([of('CPUUtilization', 'Maximum')], 'CPU', PERCENT),
      'memory used': highest([of('JVMMemoryPressure', 'Maximum')], 'heap used', PERCENT),
      'storage used': [math(`1 - m0 / ${storageMib}`, [of('FreeStorageSpace', 'Minimum')], 'storage used')],
      'latency p99': highest([of('SearchLatency', 'p99')], 'search latency', MILLISECONDS),
      'error share': [math('FILL(m0, 0) / m1', [of('5xx', 'Sum'), of('OpenSearchRequests', 'Sum')], 'errors')],
    };
  }

  /** Leaves it to IAM which roles of the account may do what. */
  private accountOnly(): iam.PolicyDocument {
    const actions = [...new Set([...READING, ...WRITING])];
    return new iam.PolicyDocument({
      statements: [new iam.PolicyStatement({ principals: [new iam.AccountRootPrincipal()], actions, resources: [`${this.domainArn}/*`] })],
    });
  }

  private mayDeliverTo(group: logs.ILogGroup): iam.PolicyDocument {
    return new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal('es.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [group.logGroupArn],
          conditions: { ArnLike: { 'aws:SourceArn': this.domainArn } },
        }),
      ],
    });
  }
}
