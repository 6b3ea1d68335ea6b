/** What is done about a gap. */
export type Effect =
  /** Resources of the types are left out of the deployed copy, references to them replaced by a placeholder. */
  | 'left out'
  /** The property goes to the emulator as JSON text, by `Fn::ToJsonString`. */
  | 'property as text'
  /** The property is taken out of the deployed copy. */
  | 'property left out'
  /** References to the attribute are replaced by a placeholder. */
  | 'attribute replaced'
  /** The property is deployed, and a difference in it is forgiven. */
  | 'property ignored'
  /** CloudFormation lists the resource, its own service does not know it: it counts as listed. */
  | 'unconfirmed'
  /** The resource stays when its stack is deleted. */
  | 'stays';

/** Something the emulator cannot do. */
export interface Gap {
  effect: Effect;
  types: readonly string[];
  /** The property or attribute, where it is about one. */
  name?: string;
  what: string;
  /** The version it was last seen in. */
  seen: string;
}

/** Names a gap of one type, to tell which were needed. */
export const gapKey = ({ effect, name }: Gap, type: string): string => `${effect}: ${type}${name ? ` ${name}` : ''}`;

/**
 * What the emulator cannot do where it would fail a stack or a comparison. Types it merely skips need no row: the report counts them. A row
 * that nothing deployed needs any more fails the run, so the table stays as short as the emulator allows.
 */
export const GAPS: readonly Gap[] = [
  {
    effect: 'property as text',
    types: ['AWS::KMS::Key'],
    name: 'KeyPolicy',
    what: 'every question about the key fails with TypeError: the JSON object must be str',
    seen: 'moto 5.2.5',
  },
  {
    effect: 'property left out',
    types: ['AWS::KMS::Key'],
    name: 'Tags',
    what: 'fails with KeyError TagKey: it expects the names of the KMS API, not those of CloudFormation',
    seen: 'moto 5.2.5',
  },
  { effect: 'property ignored', types: ['AWS::EC2::VPC'], name: 'EnableDnsHostnames', what: 'stays false', seen: 'moto 5.2.5' },
  { effect: 'property ignored', types: ['AWS::S3::Bucket'], name: 'VersioningConfiguration', what: 'is not set', seen: 'moto 5.2.5' },
  {
    effect: 'property ignored',
    types: ['AWS::S3::Bucket'],
    name: 'PublicAccessBlockConfiguration',
    what: 'is not set',
    seen: 'moto 5.2.5',
  },
  {
    effect: 'property ignored',
    types: ['AWS::EC2::SecurityGroup'],
    name: 'SecurityGroupEgress',
    what: 'everything may leave: neither the property nor the resource type of that name does anything',
    seen: 'moto 5.2.5',
  },
  { effect: 'property ignored', types: ['AWS::IAM::Role'], name: 'ManagedPolicyArns', what: 'none is attached', seen: 'moto 5.2.5' },
  {
    effect: 'property ignored',
    types: ['AWS::EC2::Instance'],
    name: 'SecurityGroupIds',
    what: 'the machine is in no group',
    seen: 'moto 5.2.5',
  },
  {
    effect: 'unconfirmed',
    types: ['AWS::EC2::SubnetRouteTableAssociation'],
    what: 'is kept apart from the associations that EC2 shows',
    seen: 'moto 5.2.5',
  },
  {
    effect: 'property left out',
    types: ['AWS::RDS::DBInstance'],
    name: 'DBParameterGroupName',
    what: 'fails, for a reference to a parameter group gives the object and not its name',
    seen: 'moto 5.2.5',
  },
  {
    effect: 'attribute replaced',
    types: ['AWS::RDS::DBInstance'],
    name: 'MasterUserSecret.SecretArn',
    what: 'is unknown',
    seen: 'moto 5.2.5',
  },
  { effect: 'attribute replaced', types: ['AWS::EC2::EIP'], name: 'PublicIp', what: 'is unknown', seen: 'moto 5.2.5' },
  {
    effect: 'left out',
    types: [
      'AWS::CertificateManager::Certificate',
      'AWS::CloudFront::Distribution',
      'AWS::EKS::Cluster',
      'AWS::ElastiCache::ReplicationGroup',
      'AWS::SecretsManager::Secret',
      'AWS::SES::ConfigurationSet',
    ],
    what: 'is skipped, and references to what is skipped fail',
    seen: 'moto 5.2.5',
  },
  {
    effect: 'left out',
    types: ['AWS::ElasticLoadBalancingV2::Listener'],
    what: 'refuses TLS and TCP: it knows application load balancers only',
    seen: 'moto 5.2.5',
  },
  {
    effect: 'stays',
    types: [
      'AWS::EC2::EIP',
      'AWS::EC2::FlowLog',
      'AWS::EC2::InternetGateway',
      'AWS::EC2::Route',
      'AWS::EC2::RouteTable',
      'AWS::EC2::VPC',
      'AWS::EC2::VPCEndpoint',
    ],
    what: 'is not deleted with its stack: the types know no deletion by CloudFormation, and a network waits for its route tables',
    seen: 'moto 5.2.5',
  },
];
