import { Template } from 'aws-cdk-lib/assertions';
import { Memcached, type MemcachedProps } from '../../constructs/memcached';
import { customCode, resource, surroundings } from './stateful';

const { stack, network } = surroundings();
const memcached = (id: string, props: Partial<MemcachedProps> = {}) =>
  new Memcached(stack, id, { ...network, nodeType: 'cache.r7g.large', nodes: 20, ...props });
const posts = memcached('Posts');
memcached('One', { nodes: 1 });
memcached('Near', { crossZone: false });
const template = Template.fromStack(stack);
const cluster = (id: string) => resource(template, 'AWS::ElastiCache::CacheCluster', id);

test('nodes of several zones, over TLS', () => {
  expect(cluster('Posts').Properties).toMatchObject({
    Engine: 'memcached',
    CacheNodeType: 'cache.r7g.large',
    NumCacheNodes: 20,
    AZMode: 'cross-az',
    TransitEncryptionEnabled: true,
    Port: 11211,
    VpcSecurityGroupIds: ['sg-1'],
  });
  expect(resource(template, 'AWS::ElastiCache::SubnetGroup', 'Posts').Properties.SubnetIds).toEqual(['subnet-a', 'subnet-b', 'subnet-c']);
  expect(['One', 'Near'].map((id) => cluster(id).Properties.AZMode)).toEqual(['single-az', 'single-az']);
});

test('it holds nothing to keep: it goes with its stack, and without a name of ours it may be replaced', () => {
  expect([cluster('Posts').DeletionPolicy, cluster('Posts').Properties.ClusterName]).toEqual(['Delete', undefined]);
});

test('callers are told where to find the nodes, and need no permission', () => {
  expect(Object.keys(posts.endpoints)).toEqual(['HOST', 'PORT']);
  expect(stack.resolve(posts.endpoints.HOST)['Fn::GetAtt'][1]).toBe('ConfigurationEndpoint.Address');
  expect([template.findResources('AWS::IAM::Policy'), template.findResources('AWS::SecretsManager::Secret'), customCode(template)]).toEqual(
    [{}, {}, []],
  );
});

test('every node is watched, by its number', () => {
  const metrics = posts.metric('cpu').flatMap((m) => Object.values(m.toMetricConfig().mathExpression!.usingMetrics));
  const numbers = metrics.map((m) => m.toMetricConfig().metricStat!.dimensions!.find((d) => d.name === 'CacheNodeId')!.value);
  expect(numbers).toHaveLength(20);
  expect([numbers[0], numbers[19]]).toEqual(['0001', '0020']);
  expect(posts.metric('hit ratio')[0]!.toMetricConfig().mathExpression!.expression).toContain('FILL(m0, 0)');
  expect(() => posts.metric('memory used')).toThrow('it has cpu, hit ratio');
});

test.each([
  [{ nodes: 301 }, 'nodes is 301'],
  [{ nodes: 1, crossZone: true }, 'nodes is 1; crossZone takes two'],
] as [Partial<MemcachedProps>, string][])('refuses %j', (props, message) => {
  expect(() => memcached(`Bad ${message}`, props)).toThrow(message);
});
