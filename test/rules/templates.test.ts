import { everyStage } from '../every-stage';

const MOST_RESOURCES = 400;
const MOST_BYTES = 800_000;

describe.each(everyStage)('templates of %s', (_, stage) => {
  const { templates } = stage;
  const resources = templates.flatMap((t) => Object.entries(t.resources).map(([id, r]) => ({ where: `${t.name} ${id}`, ...r })));
  const named = (list: { where: string }[]) => list.map((r) => r.where);

  test('exist and stay within what CloudFormation takes', () => {
    expect(templates.length).toBeGreaterThan(0);
    for (const t of templates) {
      expect(Object.keys(t.resources).length).toBeGreaterThan(0);
      expect(Object.keys(t.resources).length).toBeLessThanOrEqual(MOST_RESOURCES);
      expect(Buffer.byteLength(t.text)).toBeLessThanOrEqual(MOST_BYTES);
    }
  });

  test('hold no import that would lock two stacks together', () => {
    expect(templates.filter((t) => t.text.includes('Fn::ImportValue')).map((t) => t.name)).toEqual([]);
  });

  test('carry no Lambda-backed custom resource', () => {
    expect(named(resources.filter((r) => /^(Custom::|AWS::CloudFormation::CustomResource|AWS::Lambda::)/.test(r.Type)))).toEqual([]);
  });

  test('tag what can be tagged with the system and the stage', () => {
    const tagged = resources.filter((r) => r.Properties && 'Tags' in r.Properties);
    expect(tagged.length).toBeGreaterThan(0);
    const without = tagged.filter((r) => {
      const tags = JSON.stringify(r.Properties!.Tags);
      return !tags.includes('scaleprint:system') || !tags.includes('scaleprint:stage');
    });
    expect(named(without)).toEqual([]);
  });

  test('keep state when a stack goes', () => {
    const stateful = resources.filter((r) => STATEFUL.has(r.Type));
    expect(stateful.length).toBeGreaterThan(0);
    expect(
      named(
        stateful.filter(
          (r) => !['Retain', 'Snapshot'].includes(r.DeletionPolicy ?? '') || !['Retain', 'Snapshot'].includes(r.UpdateReplacePolicy ?? ''),
        ),
      ),
    ).toEqual([]);
  });

  test('encrypt at rest', () => {
    for (const r of resources) {
      const check = ENCRYPTED[r.Type];
      if (check) expect([r.where, check(r.Properties ?? {})]).toEqual([r.where, true]);
    }
  });

  test('give no permission to everything', () => {
    const wild = resources.flatMap((r) =>
      statementsOf(r.Properties)
        .filter(isWild)
        .map((s) => `${r.where}: ${JSON.stringify(s)}`),
    );
    expect(wild).toEqual([]);
  });

  test('keep logs for a stated time', () => {
    expect(named(resources.filter((r) => r.Type === 'AWS::Logs::LogGroup' && !r.Properties?.RetentionInDays))).toEqual([]);
  });

  test('open nothing but the web to the internet', () => {
    const open = resources.flatMap((r) =>
      ingressOf(r)
        .filter((i) => (i.CidrIp === '0.0.0.0/0' || i.CidrIpv6 === '::/0') && ![80, 443].includes(i.ToPort as number))
        .map(() => r.where),
    );
    expect(open).toEqual([]);
  });
});

type Properties = Record<string, unknown>;

const STATEFUL = new Set([
  'AWS::AmazonMQ::Broker',
  'AWS::Cassandra::Keyspace',
  'AWS::Cassandra::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::KMS::Key',
  'AWS::MSK::Cluster',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
]);

const ENCRYPTED: Record<string, (p: Properties) => boolean> = {
  'AWS::RDS::DBCluster': (p) => p.StorageEncrypted === true,
  'AWS::RDS::DBInstance': (p) =>
    p.StorageEncrypted === true || p.DBClusterIdentifier !== undefined || p.SourceDBInstanceIdentifier !== undefined,
  'AWS::ElastiCache::ReplicationGroup': (p) => p.AtRestEncryptionEnabled === true && p.TransitEncryptionEnabled === true,
  'AWS::S3::Bucket': (p) => p.BucketEncryption !== undefined && p.PublicAccessBlockConfiguration !== undefined,
  'AWS::SQS::Queue': (p) => p.KmsMasterKeyId !== undefined || p.SqsManagedSseEnabled === true,
  'AWS::SNS::Topic': (p) => p.KmsMasterKeyId !== undefined,
  'AWS::MSK::Cluster': (p) => JSON.stringify(p.EncryptionInfo ?? {}).includes('"ClientBroker":"TLS"'),
  'AWS::OpenSearchService::Domain': (p) =>
    JSON.stringify(p).includes('"EnforceHTTPS":true') && JSON.stringify(p.EncryptionAtRestOptions ?? {}).includes('true'),
  'AWS::AmazonMQ::Broker': (p) => p.EncryptionOptions !== undefined && p.PubliclyAccessible === false,
  'AWS::EKS::Cluster': (p) => p.EncryptionConfig !== undefined,
  'AWS::KMS::Key': (p) => p.EnableKeyRotation === true,
};

interface Statement {
  Effect?: string;
  Action?: unknown;
  Resource?: unknown;
}

function statementsOf(properties: Properties = {}): Statement[] {
  const documents = [
    properties.PolicyDocument,
    ...((properties.Policies as { PolicyDocument?: unknown }[] | undefined) ?? []).map((p) => p.PolicyDocument),
  ];
  return documents.flatMap((d) => (d as { Statement?: Statement[] } | undefined)?.Statement ?? []);
}

/** Actions that AWS lets nobody narrow to a resource (service authorization reference). */
const UNSCOPED =
  /^(ec2:Describe\w+|ecr:GetAuthorizationToken|kafka:GetBootstrapBrokers|elasticloadbalancing:Describe\w+|autoscaling:Describe\w+|cloudwatch:PutMetricData|ssm:\w+|ssmmessages:\w+|ec2messages:\w+|mobiletargeting:\w+)$/;

const isWild = (s: Statement): boolean => {
  const actions = [s.Action].flat().map(String);
  if (s.Effect !== 'Allow' || s.Resource === undefined) return false;
  if (actions.some((a) => a === '*' || /^\w+:\*$/.test(a))) return true;
  return [s.Resource].flat().includes('*') && !actions.every((a) => UNSCOPED.test(a));
};

function ingressOf(r: { Type: string; Properties?: Properties }): Properties[] {
  if (r.Type === 'AWS::EC2::SecurityGroupIngress') return [r.Properties ?? {}];
  if (r.Type !== 'AWS::EC2::SecurityGroup') return [];
  return (r.Properties?.SecurityGroupIngress as Properties[] | undefined) ?? [];
}
