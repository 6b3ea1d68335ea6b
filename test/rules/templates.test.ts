import { everySandbox, everyStage, type Resource, type SynthesizedStage, type Template } from '../every-stage';
import { STATEFUL } from './stateful-types';

const MOST_RESOURCES = 400;
const MOST_BYTES = 800_000;

const resourcesOf = ({ templates }: SynthesizedStage) =>
  templates.flatMap((t) => Object.entries(t.resources).map(([id, r]) => ({ where: `${t.name} ${id}`, ...r })));
const named = (list: { where: string }[]) => list.map((r) => r.where);

// What sandboxes do otherwise is in sandboxes.test.ts.
describe.each(everyStage)('templates of %s', (_, stage) => {
  const resources = resourcesOf(stage);

  test('hold no import that would lock two stacks together', () => {
    expect(stage.templates.filter((t) => t.text.includes('Fn::ImportValue')).map((t) => t.name)).toEqual([]);
  });

  test('carry no Lambda-backed custom resource, and no code but that of functions of the plan', () => {
    expect(named(resources.filter((r) => /^(Custom::|AWS::CloudFormation::CustomResource)/.test(r.Type)))).toEqual([]);
    const planned = stage.plan.deployments.flatMap(({ cells, parts }) => parts.filter(({ kind }) => kind === 'function').map(() => cells));
    expect(resources.filter((r) => r.Type === 'AWS::Lambda::Function')).toHaveLength(planned.reduce((sum, cells) => sum + cells, 0));
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
});

describe.each([...everyStage, ...everySandbox])('templates of %s', (_, stage) => {
  const { templates } = stage;
  const resources = resourcesOf(stage);

  test('exist and stay within what CloudFormation takes', () => {
    expect(templates.length).toBeGreaterThan(0);
    for (const t of templates) {
      expect(Object.keys(t.resources).length).toBeGreaterThan(0);
      expect(Object.keys(t.resources).length).toBeLessThanOrEqual(MOST_RESOURCES);
      expect(Buffer.byteLength(t.text)).toBeLessThanOrEqual(MOST_BYTES);
    }
  });

  test('tag what can be tagged with the system and the stage', () => {
    const taggable = resources.filter((r) => TAGGABLE.has(r.Type));
    expect(taggable.length).toBeGreaterThan(0);
    expect(named(taggable.filter((r) => !OUR_TAGS.every((tag) => JSON.stringify(tagsOf(r) ?? '').includes(tag))))).toEqual([]);
  });

  test('encrypt at rest', () => {
    for (const r of resources) {
      const check = ENCRYPTED[r.Type];
      if (check) expect([r.where, check(r.Properties ?? {})]).toEqual([r.where, true]);
    }
  });

  test('keep logs for a stated time', () => {
    expect(named(resources.filter((r) => r.Type === 'AWS::Logs::LogGroup' && !r.Properties?.RetentionInDays))).toEqual([]);
  });

  test('ask for TLS at every bucket, and let in no distribution but their own', () => {
    const policies = templates.flatMap((t) =>
      Object.values(t.resources)
        .filter((r) => r.Type === 'AWS::S3::BucketPolicy')
        .map(({ Properties }) => ({
          bucket: bucketOf(Properties!.Bucket as Reference, t, templates),
          text: JSON.stringify(Properties!.PolicyDocument),
        })),
    );
    const asksForTls = (text: string) => text.includes('"Effect":"Deny"') && text.includes('"aws:SecureTransport":"false"');
    const buckets = templates.flatMap((t) =>
      Object.entries(t.resources).flatMap(([id, r]) => (r.Type === 'AWS::S3::Bucket' ? [`${t.name} ${id}`] : [])),
    );
    expect(buckets.filter((name) => policies.filter(({ bucket, text }) => bucket === name && asksForTls(text)).length !== 1)).toEqual([]);
    const forCdn = policies.filter(({ text }) => text.includes('cloudfront.amazonaws.com'));
    expect(forCdn.filter(({ text }) => !/"aws:SourceArn":\[?\{"Fn::Join":.*distribution\/",\{"Fn::GetStackOutput"/.test(text))).toEqual([]);
  });

  test('open nothing but the web, the ports that routes name, and those of host fleets to the internet', () => {
    const named = stage.plan.deployments.flatMap(({ flows }) =>
      flows.flatMap(({ listener }) => (listener ? [`${listener.protocol === 'udp' ? 'udp' : 'tcp'} ${listener.port}`] : [])),
    );
    const fleets = stage.plan.deployments.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'hostFleet' ? [`udp ${part.ports.from}-${part.ports.to}`] : [])),
    );
    const allowed = new Set(['tcp 80', 'tcp 443', ...named, ...fleets]);
    const portsOf = ({ FromPort, ToPort }: Properties) => (FromPort === ToPort ? String(ToPort) : `${String(FromPort)}-${String(ToPort)}`);
    const open = resources.flatMap((r) =>
      ingressOf(r)
        .filter((i) => i.CidrIp === '0.0.0.0/0' || i.CidrIpv6 === '::/0')
        .filter((i) => !allowed.has(`${String(i.IpProtocol)} ${portsOf(i)}`))
        .map(() => r.where),
    );
    expect(open).toEqual([]);
  });
});

type Properties = Record<string, unknown>;

interface Reference {
  Ref?: string;
  'Fn::GetStackOutput'?: { StackName: string; OutputName: string };
}

/** `template logicalId` of the bucket that a policy is for, in its own template or another's output. */
function bucketOf(reference: Reference, own: Template, templates: readonly Template[]): string {
  const output = reference['Fn::GetStackOutput'];
  if (!output) return `${own.name} ${reference.Ref}`;
  const other = templates.find(({ name }) => name === `${output.StackName}.template.json`)!;
  return `${other.name} ${(other.outputs[output.OutputName] as { Value: Reference }).Value.Ref}`;
}

const OUR_TAGS = ['scaleprint:system', 'scaleprint:stage', 'scaleprint:region'];

/** Launch templates tag what is launched from them. */
const tagsOf = ({ Type, Properties = {} }: Resource): unknown =>
  Type === 'AWS::EC2::LaunchTemplate' ? (Properties.LaunchTemplateData as Properties).TagSpecifications : Properties.Tags;

/** Types that are tagged somewhere: a stack whose tags were forgotten shows by them. */
const TAGGABLE = new Set(
  everyStage.flatMap(([, stage]) => stage.templates.flatMap((t) => Object.values(t.resources).flatMap((r) => (tagsOf(r) ? [r.Type] : [])))),
);

function volumesAreEncrypted({ BlockDeviceMappings }: Properties): boolean {
  const volumes = (BlockDeviceMappings ?? []) as { Ebs?: { Encrypted?: boolean } }[];
  return volumes.length > 0 && volumes.every(({ Ebs }) => Ebs?.Encrypted === true);
}

const ENCRYPTED: Record<string, (p: Properties) => boolean> = {
  'AWS::RDS::DBCluster': (p) => p.StorageEncrypted === true,
  'AWS::RDS::DBInstance': (p) =>
    p.StorageEncrypted === true || p.DBClusterIdentifier !== undefined || p.SourceDBInstanceIdentifier !== undefined,
  'AWS::ElastiCache::ReplicationGroup': (p) => p.AtRestEncryptionEnabled === true && p.TransitEncryptionEnabled === true,
  // Memcached has no disk.
  'AWS::ElastiCache::CacheCluster': (p) => p.Engine === 'memcached' && p.TransitEncryptionEnabled === true,
  'AWS::S3::Bucket': (p) => p.BucketEncryption !== undefined && p.PublicAccessBlockConfiguration !== undefined,
  'AWS::SQS::Queue': (p) => p.KmsMasterKeyId !== undefined || p.SqsManagedSseEnabled === true,
  'AWS::SNS::Topic': (p) => p.KmsMasterKeyId !== undefined,
  'AWS::MSK::Cluster': (p) => /"DataVolumeKMSKeyId".*"ClientBroker":"TLS","InCluster":true/.test(JSON.stringify(p.EncryptionInfo)),
  // Where tables have copies in other regions, Keyspaces takes only its own key: AWS docs, usage notes of multi-Region replication, 2026-11-22.
  'AWS::Cassandra::Table': (p) =>
    JSON.stringify(p.EncryptionSpecification ?? {}).includes(p.ReplicaSpecifications ? 'AWS_OWNED_KMS_KEY' : 'CUSTOMER_MANAGED_KMS_KEY'),
  'AWS::DynamoDB::Table': (p) => JSON.stringify(p.SSESpecification ?? {}).includes('"SSEEnabled":true'),
  'AWS::DynamoDB::GlobalTable': (p) => JSON.stringify(p.SSESpecification ?? {}).includes('"SSEEnabled":true'),
  // One from a launch template has that one's volumes.
  'AWS::EC2::Instance': (p) => p.LaunchTemplate !== undefined || volumesAreEncrypted(p),
  'AWS::EC2::LaunchTemplate': (p) => volumesAreEncrypted(p.LaunchTemplateData as Properties),
  // It takes its cluster's.
  'AWS::RDS::GlobalCluster': (p) => p.SourceDBClusterIdentifier !== undefined,
  'AWS::SecretsManager::Secret': (p) => p.KmsKeyId !== undefined,
  'AWS::OpenSearchService::Domain': (p) =>
    JSON.stringify(p).includes('"EnforceHTTPS":true') && JSON.stringify(p.EncryptionAtRestOptions ?? {}).includes('true'),
  'AWS::AmazonMQ::Broker': (p) => p.EncryptionOptions !== undefined && p.PubliclyAccessible === false,
  'AWS::EKS::Cluster': (p) => p.EncryptionConfig !== undefined,
  'AWS::KMS::Key': (p) => p.EnableKeyRotation === true,
};

function ingressOf(r: { Type: string; Properties?: Properties }): Properties[] {
  if (r.Type === 'AWS::EC2::SecurityGroupIngress') return [r.Properties ?? {}];
  if (r.Type !== 'AWS::EC2::SecurityGroup') return [];
  return (r.Properties?.SecurityGroupIngress as Properties[] | undefined) ?? [];
}
