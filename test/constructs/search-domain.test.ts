import { Template } from 'aws-cdk-lib/assertions';
import { SearchDomain, type SearchDomainProps } from '../../constructs/search-domain';
import { caller, customCode, KEY_ARN, resource, statements, surroundings, usageOf } from './stateful';

const { stack, encryptionKey, network } = surroundings();
const domain = (id: string, props: Partial<SearchDomainProps> = {}) =>
  new SearchDomain(stack, id, { encryptionKey, ...network, instanceType: 'r7g.large.search', dataNodes: 3, storageGib: 100, ...props });
const catalogue = domain('Catalogue', {
  zones: 3,
  dataNodes: 6,
  masters: { count: 3, instanceType: 'm7g.large.search' },
  masterRoleArn: 'arn:aws:iam::111111111111:role/admin',
  usage: { 'AWS::OpenSearchService::Domain': { snapshotGb: 0 } },
});
domain('One', { dataNodes: 1, disposable: true });
caller(catalogue, 'Reader', 'reads');
caller(catalogue, 'Writer', 'writes');
const template = Template.fromStack(stack);
const resourceOf = (id: string) => resource(template, 'AWS::OpenSearchService::Domain', id);

test('a domain of three zones has masters of its own and lives in the VPC', () => {
  expect(resourceOf('Catalogue').Properties).toMatchObject({
    ClusterConfig: {
      InstanceType: 'r7g.large.search',
      InstanceCount: 6,
      ZoneAwarenessEnabled: true,
      ZoneAwarenessConfig: { AvailabilityZoneCount: 3 },
      DedicatedMasterEnabled: true,
      DedicatedMasterCount: 3,
      DedicatedMasterType: 'm7g.large.search',
    },
    EBSOptions: { EBSEnabled: true, VolumeType: 'gp3', VolumeSize: 100 },
    VPCOptions: { SubnetIds: ['subnet-a', 'subnet-b', 'subnet-c'], SecurityGroupIds: ['sg-1'] },
  });
  expect(resourceOf('One').Properties).toMatchObject({
    ClusterConfig: { ZoneAwarenessEnabled: false, DedicatedMasterEnabled: false },
    VPCOptions: { SubnetIds: ['subnet-a'] },
  });
});

test('it is encrypted everywhere', () => {
  expect(resourceOf('One').Properties).toMatchObject({
    EncryptionAtRestOptions: { Enabled: true, KmsKeyId: KEY_ARN },
    NodeToNodeEncryptionOptions: { Enabled: true },
    DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
  });
});

test('fine-grained access has a master role, where it is asked for', () => {
  expect(resourceOf('Catalogue').Properties.AdvancedSecurityOptions).toMatchObject({
    Enabled: true,
    MasterUserOptions: { MasterUserARN: 'arn:aws:iam::111111111111:role/admin' },
  });
  expect(resourceOf('One').Properties).not.toHaveProperty('AdvancedSecurityOptions');
  expect(JSON.stringify(resourceOf('One').Properties.AccessPolicies.Statement[0].Principal)).toContain(':iam::111111111111:root');
});

test('slow operations are logged, which OpenSearch is allowed to', () => {
  expect(Object.keys(resourceOf('One').Properties.LogPublishingOptions)).toEqual([
    'SEARCH_SLOW_LOGS',
    'INDEX_SLOW_LOGS',
    'ES_APPLICATION_LOGS',
  ]);
  const [, text] = resource(template, 'AWS::Logs::ResourcePolicy', 'One').Properties.PolicyDocument['Fn::Join'];
  const document = text.map((piece: unknown) => (typeof piece === 'string' ? piece : 'X')).join('');
  expect(JSON.parse(document).Statement).toMatchObject([
    { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Principal: { Service: 'es.amazonaws.com' } },
  ]);
});

test('readers search, writers index, in this domain alone', () => {
  const name = resourceOf('Catalogue').Properties.DomainName;
  expect(name).toMatch(/^[a-z][a-z0-9-]{2,27}$/);
  const documents = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:es:us-east-1:111111111111:domain/${name}/*`]] };
  expect(statements(template, 'Reader')).toEqual([
    { Action: ['es:ESHttpGet', 'es:ESHttpHead', 'es:ESHttpPost'], Effect: 'Allow', Resource: documents },
  ]);
  expect(statements(template, 'Writer')).toEqual([
    { Action: ['es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpPatch', 'es:ESHttpDelete'], Effect: 'Allow', Resource: documents },
  ]);
});

test('disposal, usage and metrics', () => {
  expect([resourceOf('Catalogue').DeletionPolicy, resourceOf('One').DeletionPolicy]).toEqual(['Retain', 'Delete']);
  expect(customCode(template)).toEqual([]);
  expect(usageOf(template, 'AWS::OpenSearchService::Domain', 'Catalogue')).toEqual({ snapshotGb: 0 });
  expect(catalogue.metric('storage used')[0]!.toMetricConfig().mathExpression!.expression).toBe('1 - m0 / 102400');
});

test.each([
  [{ zones: 3, dataNodes: 2 }, 'dataNodes is 2; it takes a whole number from 3 to 80'],
  [{ masters: { count: 2, instanceType: 'm7g.large.search' } }, 'masters.count is 2'],
  [{ storageGib: 9 }, 'storageGib is 9'],
])('refuses %j', (props, message) => {
  expect(() => domain(`Bad ${message}`, props)).toThrow(message);
});
