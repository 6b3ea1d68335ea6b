import { elasticacheMeters } from '../../../cost/meters/elasticache';
import { bill } from './bill';

const group = (properties: object) => ({ Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: { ...properties } } });
const serverless = (properties: object) => ({ Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { ...properties } } });

describe('ElastiCache', () => {
  const sharded = { CacheNodeType: 'cache.r7g.large', NumNodeGroups: 3, ReplicasPerNodeGroup: 2 };

  test('every primary and replica of every shard is a node; Valkey has its own price', () => {
    expect(bill(elasticacheMeters, 'Cache', group({ ...sharded, Engine: 'valkey' }), { backupGbBeyondFree: 50 })).toEqual([
      'cache node cache.r7g.large: 3 shards x (1 primary + 2 replicas) x 730 h = 6570 hour at 0.1752 = 1151.06',
      'backup storage: 50 GB beyond one snapshot = 50 GB-month at 0.085 = 4.25',
    ]);
  });

  test('without an engine it is Redis', () => {
    expect(bill(elasticacheMeters, 'Cache', group(sharded))).toEqual([
      'cache node cache.r7g.large: 3 shards x (1 primary + 2 replicas) x 730 h = 6570 hour at 0.219 = 1438.83',
    ]);
  });

  test('NumCacheClusters counts primary and replicas together', () => {
    expect(bill(elasticacheMeters, 'Cache', group({ CacheNodeType: 'cache.t4g.micro', NumCacheClusters: 2 }))).toEqual([
      'cache node cache.t4g.micro: 2 nodes x 730 h = 1460 hour at 0.016 = 23.36',
    ]);
  });

  test('shards listed one by one count their own replicas, else the common number', () => {
    const listed = { CacheNodeType: 'cache.r7g.large', ReplicasPerNodeGroup: 2, NodeGroupConfiguration: [{ ReplicaCount: 1 }, {}] };
    expect(bill(elasticacheMeters, 'Cache', group(listed))).toEqual([
      'cache node cache.r7g.large: (2 primaries + 1 + 2 replicas) x 730 h = 3650 hour at 0.219 = 799.35',
    ]);
  });

  test('an unknown node type has no price, an unknown engine no meter', () => {
    expect(bill(elasticacheMeters, 'Cache', group({ ...sharded, CacheNodeType: 'cache.z9.large' }))).toEqual([
      'cache node cache.z9.large: 3 shards x (1 primary + 2 replicas) x 730 h = 6570 hour at no price',
    ]);
    expect(() => bill(elasticacheMeters, 'Cache', group({ ...sharded, Engine: 'dragonfly' }))).toThrow('Engine is dragonfly');
  });

  test('Memcached pays each node', () => {
    const cluster = {
      It: {
        Type: 'AWS::ElastiCache::CacheCluster',
        Properties: { Engine: 'memcached', CacheNodeType: 'cache.r7g.large', NumCacheNodes: 20 },
      },
    };
    expect(bill(elasticacheMeters, 'It', cluster)).toEqual(['cache node cache.r7g.large: 20 nodes x 730 h = 14600 hour at 0.219 = 3197.4']);
  });

  test('a nearly empty serverless cache pays for the least size', () => {
    expect(bill(elasticacheMeters, 'Cache', serverless({ Engine: 'valkey' }), { storedGb: 0.02, ecpusPerMonth: 500e6 })).toEqual([
      'serverless data storage: 0.1 GB (the least billed; holds 0.02 GB) x 730 h = 73 GB-hour at 0.084 = 6.13',
      'serverless ECPU: 500,000,000 ECPU / 1M = 500 1M ECPU at 0.0023 = 1.15',
    ]);
  });

  test('a serverless cache pays for what it reserves', () => {
    // 1,000 ECPU/s x 3600 s x 730 h = 2,628 M
    const reserved = { Engine: 'redis', CacheUsageLimits: { DataStorage: { Minimum: 5, Unit: 'GB' }, ECPUPerSecond: { Minimum: 1000 } } };
    expect(bill(elasticacheMeters, 'Cache', serverless(reserved), { storedGb: 2, ecpusPerMonth: 1e6 })).toEqual([
      'serverless data storage: 5 GB (the least billed; holds 2 GB) x 730 h = 3650 GB-hour at 0.125 = 456.25',
      'serverless ECPU: 2,628,000,000 ECPU reserved / 1M = 2628 1M ECPU at 0.0034 = 8.94',
    ]);
  });
});
