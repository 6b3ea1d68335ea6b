import { Aws, aws_ec2 as ec2, aws_iam as iam, aws_logs as logs, Fn, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ClosedSecurityGroup } from './closed-security-group';

export interface NetworkProps {
  /**
   * How private subnets reach the internet. `none`: there are no private subnets, only public and isolated ones;
   * `single`: one NAT gateway, lost with its zone; `per zone`: one in each zone.
   */
  readonly egress: 'none' | 'single' | 'per zone';
  /** Address range, /16 to /18. @default 10.0.0.0/16: private subnets of /18 and isolated ones of /20, 16,000 and 4,000 addresses for pods a zone */
  readonly cidr?: string;
  /** Three zones to spread over. @default the region's first three, chosen by CloudFormation when it deploys */
  readonly availabilityZones?: readonly string[];
  /** AWS services with an interface endpoint in the isolated subnets, by their name in PrivateLink, with their port: `{ sqs: 443 }`. @default none */
  readonly interfaceEndpoints?: Readonly<Record<string, number>>;
  /** Zones, from the first, in which each of them has an address, billed by the hour. @default 3 */
  readonly endpointZones?: number;
  /** Days that logs of refused connections are kept. @default 30 */
  readonly flowLogDays?: logs.RetentionDays;
}

const ZONES = 3;

/**
 * A VPC of three zones with public, private and isolated subnets, free endpoints to S3 and DynamoDB, and logs of refused
 * connections. It looks nothing up, so its template is the same for every account.
 */
export class Network extends Construct {
  readonly vpc: ec2.Vpc;
  /** The VPC and its gateways, for those who account for their traffic. */
  readonly resource: ec2.CfnVPC;
  readonly natGateways: readonly ec2.CfnNatGateway[];
  /** Public addresses from which private subnets reach the internet. */
  readonly addresses: readonly string[];
  readonly interfaceEndpoints: ReadonlyMap<string, ec2.CfnVPCEndpoint>;
  readonly flowLog: ec2.CfnFlowLog;
  readonly flowLogGroup: logs.CfnLogGroup;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const cidr = props.cidr ?? '10.0.0.0/16';
    if (!Token.isUnresolved(cidr) && !/\/1[678]$/.test(cidr)) throw new Error(`cidr is "${cidr}"; it takes a range from /16 to /18`);
    const zones = props.availabilityZones ?? Array.from({ length: ZONES }, (_, i) => Fn.select(i, Fn.getAzs()));
    if (zones.length !== ZONES) throw new Error(`availabilityZones has ${zones.length} entries; it takes ${ZONES}`);
    const isPrivate = props.egress !== 'none';
    const privateMask = Token.isUnresolved(cidr) ? 18 : Number(cidr.split('/')[1]) + 2;
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(cidr),
      availabilityZones: [...zones],
      natGateways: { none: 0, single: 1, 'per zone': ZONES }[props.egress],
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        // Where there are none, their addresses stay free: the others keep theirs when a network gets private subnets later.
        { name: 'private', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, cidrMask: privateMask, reserved: !isPrivate },
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: privateMask + 4, mapPublicIpOnLaunch: false },
        { name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: privateMask + 2 },
      ],
      gatewayEndpoints: {
        S3: { service: ec2.GatewayVpcEndpointAwsService.S3 },
        DynamoDb: { service: ec2.GatewayVpcEndpointAwsService.DYNAMODB },
      },
    });
    this.resource = this.vpc.node.defaultChild as ec2.CfnVPC;
    this.natGateways = this.vpc.node.findAll().filter((c) => c instanceof ec2.CfnNatGateway);
    this.addresses = this.vpc.node.findAll().flatMap((c) => (c instanceof ec2.CfnEIP ? [c.ref] : []));
    this.interfaceEndpoints = new Map(
      Object.entries(props.interfaceEndpoints ?? {}).map(([service, port]) => [
        service,
        this.interfaceEndpoint(service, port, props.endpointZones ?? ZONES),
      ]),
    );
    this.flowLogGroup = new logs.CfnLogGroup(this, 'RefusedConnections', {
      retentionInDays: props.flowLogDays ?? logs.RetentionDays.ONE_MONTH,
    });
    this.flowLogGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.flowLog = this.logRefusedConnections();
  }

  private interfaceEndpoint(service: string, port: number, zones: number): ec2.CfnVPCEndpoint {
    const group = new ClosedSecurityGroup(this, `EndpointGroup-${service}`, { vpc: this.vpc, description: `endpoint of ${service}` });
    const endpoint = new ec2.InterfaceVpcEndpoint(this, `Endpoint-${service}`, {
      vpc: this.vpc,
      service: new ec2.InterfaceVpcEndpointAwsService(service, undefined, port),
      securityGroups: [group],
      subnets: { subnets: this.vpc.isolatedSubnets.slice(0, zones) },
    });
    return endpoint.node.defaultChild as ec2.CfnVPCEndpoint;
  }

  private logRefusedConnections(): ec2.CfnFlowLog {
    const role = new iam.Role(this, 'FlowLogRole', {
      assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        deliver: new iam.PolicyDocument({
          statements: [
            new iam.PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              resources: [this.flowLogGroup.attrArn],
            }),
          ],
        }),
      },
    });
    return new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceId: this.vpc.vpcId,
      resourceType: 'VPC',
      trafficType: 'REJECT',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: this.flowLogGroup.ref,
      deliverLogsPermissionArn: role.roleArn,
      maxAggregationInterval: 600,
    });
  }
}
