import {
  type aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_logs as logs,
  aws_s3 as s3,
  type CfnResource,
  Duration,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watched } from '../plan/alarm';
import { recordUsage } from './access';
import { BucketEmptier } from './bucket-emptier';
import { creditsOf } from './cpu-credits';
import { type BoxListener, k3sUserData } from './k3s-user-data';
import { removalPolicy } from './managed-service';
import { highest, metric, PERCENT } from './metric-math';
import { shown, type Watchable } from './watchable';

export interface K3sBoxProps {
  /** Graviton instance type, such as `t4g.medium`. */
  readonly instanceType: string;
  readonly vpc: ec2.IVpc;
  /** A public subnet. */
  readonly subnetId: string;
  readonly securityGroupId: string;
  /** Names its web server answers to; Let's Encrypt certifies them once they lead to the box's address. */
  readonly domainNames: readonly string[];
  /** Ports besides 80 and 443 at which its web server takes connections or packets for pods. @default none */
  readonly listeners?: readonly BoxListener[];
  /** GiB of the root volume: images, logs, what pods keep for themselves. @default 30 */
  readonly rootVolumeGib?: number;
  /** Days that pods' logs are kept. @default 30 */
  readonly logDays?: logs.RetentionDays;
  /** Whether its bucket of manifests and its address may be deleted with the stack, and its processor stays within its price. @default false */
  readonly disposable?: boolean;
}

/** GiB of the root volume for images, logs, and what pods keep for a while. */
export const ROOT_VOLUME_GIB = 30;
/** Looks into the bucket: once every five minutes. */
const SYNC_SECONDS = 300;
const MONTH_SECONDS = 730 * 3600;

/**
 * One machine that runs k3s: the cheapest place for a few pods. It is managed through SSM, without SSH. It applies whatever
 * manifests lie below `manifests/` in its bucket, so a replaced machine, after a newer image, comes back by itself at the same
 * address. What pods keep on its disk is lost then; what they log is in CloudWatch. Another size or another name restarts it.
 */
export class K3sBox extends Construct implements iam.IGrantable, Watchable {
  readonly instance: ec2.CfnInstance;
  readonly address: ec2.CfnEIP;
  readonly manifests: s3.Bucket;
  /** What pods write. */
  readonly logGroup: logs.CfnLogGroup;
  /** The instance's role. Every pod on it has its permissions. */
  readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: K3sBoxProps) {
    super(scope, id);
    if (props.domainNames.length === 0) throw new Error(`${this.node.path}: domainNames is empty; it takes at least one name`);
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    this.grantPrincipal = role.grantPrincipal;
    this.manifests = this.manifestBucket(props.disposable ?? false);
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.manifests.bucketArn] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [this.manifests.arnForObjects('manifests/*')] }));
    this.logGroup = new logs.CfnLogGroup(this, 'Logs', { retentionInDays: props.logDays ?? logs.RetentionDays.ONE_MONTH });
    this.logGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [this.logGroup.attrArn] }),
    );
    this.instance = this.machine(props, new iam.CfnInstanceProfile(this, 'Profile', { roles: [role.roleName] }));
    // Its first act is to fetch manifests: the permission has to be there.
    this.instance.node.addDependency(role);
    this.address = new ec2.CfnEIP(this, 'Address', { domain: 'vpc', instanceId: this.instance.ref });
    // Names lead to it: were it given back before they lead elsewhere, its next holder would answer to them.
    this.address.applyRemovalPolicy(removalPolicy(props.disposable));
  }

  /**
   * What shows the watched quantity: `cpu`, and as `error share` the share of EC2's checks that fail.
   * @throws {Error} on anything else
   */
  metric(watched: Watched): cloudwatch.IMetric[] {
    const of = (name: string) => metric('AWS/EC2', name, 'Average', { InstanceId: this.instance.ref });
    return shown(
      this.node.path,
      { cpu: highest([of('CPUUtilization')], 'cpu', PERCENT), 'error share': [of('StatusCheckFailed')] },
      watched,
    );
  }

  private machine(props: K3sBoxProps, profile: iam.CfnInstanceProfile): ec2.CfnInstance {
    return new ec2.CfnInstance(this, 'Instance', {
      instanceType: props.instanceType,
      creditSpecification: creditsOf(props.disposable, [props.instanceType]),
      imageId: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }).getImage(this).imageId,
      // Pods are one hop further than the machine, and have no identity but its own.
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 2 },
      iamInstanceProfile: profile.ref,
      subnetId: props.subnetId,
      securityGroupIds: [props.securityGroupId],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { volumeType: 'gp3', volumeSize: props.rootVolumeGib ?? ROOT_VOLUME_GIB, encrypted: true, deleteOnTermination: true },
        },
      ],
      userData: k3sUserData({
        bucket: this.manifests.bucketName,
        region: Stack.of(this).region,
        domainNames: props.domainNames,
        listeners: props.listeners,
        syncSeconds: SYNC_SECONDS,
        logGroupName: this.logGroup.ref,
      }),
      // Protected, the old machine would run on beside the one that replaces it: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2226
      disableApiTermination: false,
      propagateTagsToVolumeOnCreation: true,
      tags: [{ key: 'Name', value: this.node.path }],
    });
  }

  private manifestBucket(disposable: boolean): s3.Bucket {
    const bucket = new s3.Bucket(this, 'Manifests', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
      removalPolicy: disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    if (disposable) new BucketEmptier(this, 'Emptier', { bucket });
    // Each look is a list request, billed like a write.
    const looks = MONTH_SECONDS / SYNC_SECONDS;
    recordUsage(bucket.node.defaultChild as CfnResource, 'AWS::S3::Bucket', {
      standardGb: 0.001,
      putRequestsPerMonth: looks,
      getRequestsPerMonth: 100,
    });
    return bucket;
  }
}
