import { claim, type Evidence } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { stage, system } from '../plan/system';
import { above, atLeast } from '../plan/trigger';
import { DAY, HOUR, MINUTE, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('000', 4, chapter);
const perTenant = derived(ch('ch01'), 'reference figure divided by 10K tenants');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that requests are decided', 0.9999, ch('ch01')),
  requestsPeak: figure('per second', 'API requests; the source has no quieter hours (43.2B a day)'),
  checksPerRequest: figure('each', 'counters that one request is checked against', 2.5, ch('ch01')),
  localShare: figure('ratio', 'checks decided by counters inside the API servers', 0.4, ch('ch01 (top 1 % of tenants)')),
  attackPeak: figure('per second', 'requests of the flood that has to be survived', 0, assumed('stages that name no flood expect none')),
  sampledShare: figure('ratio', 'decisions that are logged', 0.01, ch('ch01')),
  bytesPerCounter: figure('bytes each', 'key and value of one counter', 100, ch('ch01')),
})
  .and({
    checksPeak: figure('per second', 'checks', (w) => w.requestsPeak * w.checksPerRequest, ch('ch01')),
    tenants: figure('items', 'customers with limits of their own', (w) => 0.02 * w.requestsPeak, derived(ch('ch01'), '10K at 500K/s')),
  })
  .and({
    counters: figure('items', 'counters alive: tenants, their endpoints, users, addresses', (w) => 41 * w.tenants, perTenant),
    rules: figure('items', 'limit rules', (w) => 5 * w.tenants, perTenant),
  })
  .and({ counterBytes: figure('bytes', 'all counters in memory', (w) => w.counters * w.bytesPerCounter, ch('ch01')) });

/** Requests per second of an API server of 8 vCPU (000#4 ch01); a pod is a quarter of one. */
const SERVER = 25e3;
/** Share of its CPU that the library takes: 25K requests x 2.5 checks x 10 microseconds (000#4 ch01) of 8 vCPU. */
const LIBRARY_SHARE = (SERVER * 2.5 * 10e-6) / 8;
/** A request and a check with their answers: 250 MB/s to and 62 MB/s from Redis at 1.25M operations (000#4 ch01). */
const CALL = { sends: 500, returns: 1e3 };
const CHECK = { sends: 200, returns: 50, soft: true };

export default system('rate-limiter', {
  title: 'Distributed rate limiter',
  summary: 'Allows or refuses each API call by tenant, user, address and endpoint; tiny counters, a million checks a second, at most 2 ms.',
  aliases: ['rate-limited-api', 'limiter'],
  sources: [
    { seed: '000', row: 4 },
    { seed: '003', row: 2 },
    { seed: '004', row: 6 },
  ],
  workload,
  headline: { peak: 'requestsPeak' },

  stages: {
    start: stage('up to 100K requests per second', ch('ch08'), { requestsPeak: 100e3 }),
    'reference-design': stage('500K requests per second, 10K tenants', ch('ch01, ch08'), {
      requestsPeak: 500e3,
      tenants: 10e3,
      attackPeak: 10e6,
    }),
    'worst-case': stage('500K requests per second, each check a script in Redis', ch('ch01'), {
      requestsPeak: 500e3,
      tenants: 10e3,
      attackPeak: 10e6,
      localShare: 0,
    }),
    'seed-000': stage('500K requests per second', seed('000', 4, 'index'), { requestsPeak: 500e3, tenants: 10e3 }),
    'seed-003': stage('1M requests per second of 100M users', seed('003', 2), { requestsPeak: 1e6, checksPerRequest: 1, counters: 100e6 }),
    'seed-004': stage('10K requests per second', seed('004', 6), { requestsPeak: 10e3, checksPerRequest: 1 }),
  },

  blueprint(w, b, world) {
    const requests = steady(w.requestsPeak);
    const servers = w.requestsPeak / SERVER;
    const mustSurvive = atLeast('availability', world.availability, 0.9995, ch('ch01, ch08'));

    b.oneMachineUntil(
      [mustSurvive, 'a zone may be lost'],
      [above('requests per second', world.requestsPeak, SERVER / 2, assumed('half of an 8 vCPU server')), 'one machine is full'],
    );

    const operations = steady(w.checksPeak * (1 - w.localShare + w.localShare / 10));
    const exact = above('share of checks that local counters do not absorb', 1 - world.localShare, 0.6, ch('ch01'));
    const opsPerNode = b.decide('counting', [
      when(exact, 'a script in Redis for each check', 'exact, and bound by what a node runs of scripts', () =>
        capacity(100e3, ch('ch01 (50e3 by the cautious figure)')),
      ),
      otherwise(
        'sliding window counters, busy keys counted locally and flushed every 100 ms in pipelines',
        'ten times fewer operations for 5 % tolerance',
        () => capacity(300e3, ch('ch01 (pipelined)')),
      ),
      reject('sliding log', '6.4 GB a dimension where counters err by 0.003 %', ch('ch05')),
      reject('exact global count', 'ten times the operations', ch('ch04')),
      reject('leaky bucket or fixed window', 'no bursts, or double ones at the border; tokens for bursts come per rule', seed('003', 2)),
    ]);

    const redis = (topology?: 'cluster') =>
      b
        .cache('counters', {
          holds: 'all counters, rule notices by pub/sub; the only copy, worth a minute',
          bytes: w.counterBytes,
          opsPerNode,
          topology,
          eviction: 'volatile-ttl',
        })
        .alarm('latency p99', 0.001, ch('ch08'))
        .alarm('cpu', 0.8, ch('ch08 (share of operations)'));
    const saturated = above('requests per second', world.requestsPeak, 100e3, ch('ch08'));
    const counters = b.decide('counter store', [
      when(saturated, 'Redis Cluster', 'one primary is saturated', () => redis('cluster')),
      when(mustSurvive, 'Redis with failover', 'a stand-in within 30 s', () => redis()),
      otherwise('one Redis', 'servers count by themselves while it is down', () => redis()),
      reject('Memcached', 'neither scripts nor pub/sub', ch('ch02')),
      reject('a key-value service billed by request', 'slower, and a million writes a second are billed one by one', ch('ch02')),
    ]);

    // Nothing to build: every server carries the policy.
    b.decide('checks while Redis is away', [
      otherwise(
        'by kind of limit',
        'addresses and logins closed with local counters, quotas open, the global limit in the gateway',
        () => undefined,
      ),
      reject('always open', 'logins and addresses need protection', ch('ch07')),
      reject('always closed', 'quotas must not take the API down', ch('ch07')),
    ]);

    // The protected system; the limiter is a library in its processes.
    const api = b.service('api', {
      does: 'the protected API; limits by tenant, user and endpoint decided in process within 5 ms, else allowed',
      tier: 'api',
      perPod: { requestsPerSecond: capacity(SERVER / 4, derived(ch('ch01'), '25K/s a server')) },
      pod: pod(1.75, 3, assumed('a quarter of an 8 vCPU server, less what the node itself takes')),
    });
    const gateway = b.decide('where limits are checked', [
      otherwise('gateway, then library', 'coarse limits early, full context later, no single choke point', () =>
        b.service('gateway', {
          does: 'Nginx with Lua: platform and address limits in fixed windows, static ones as fallback',
          tier: 'limiter',
          perPod: { requestsPerSecond: capacity(20e3, assumed('requests of a vCPU of Nginx, connections kept')) },
          pod: pod(1, 1),
          drainSeconds: 60,
        }),
      ),
      reject('gateway only', 'knows neither tenant nor plan', ch('ch03')),
      reject('sidecar', 'a hop and a process for every pod', ch('ch03')),
      reject('managed gateway', 'billed by request: 100K per second are 263B a month', derived(ch('ch08'), 'proposed there for the start')),
    ]);

    const edge = b.decide('floods', [
      when(
        atLeast('requests per second of a flood', world.attackPeak, 10e6, ch('ch08')),
        'filter at the edge',
        'more than can be absorbed behind the balancer; 95 % are dropped before it',
        () =>
          // The flood itself is no flow: it lasts for hours of a year, and nobody sizes for it but the edge.
          b.edge('edge', {
            serves: 'nothing; refuses by address (1000/s), country and signs of bots',
            ttlSeconds: 0,
            hitRatio: 0,
            firewall: true,
            requestsPerAddress: 1000 * 5 * MINUTE,
          }),
      ),
      otherwise('balancer and gateway', 'caps on connections and addresses are enough', () => undefined),
    ]);
    b.front('front', { layer: 4, drainSeconds: 60, behind: edge }).routesTo(gateway, requests, CALL);
    gateway.calls(api, requests, CALL);
    // Where a request is checked more than once, the gateway checks its address and the library the rest.
    const atGateway = w.checksPerRequest > 1 ? 1 / w.checksPerRequest : 0;
    gateway.writes(counters, times(operations, atGateway), CHECK);
    api.writes(counters, times(operations, 1 - atGateway), CHECK);

    const rules = b.relational('rules', {
      engine: 'postgres',
      holds: 'rules, plans, overrides; off the path of requests, so callers go on with what they know',
      bytes: 1e3 * w.rules,
      queriesPerVcpu: capacity(1000, assumed('a look-up by key')),
    });
    const admin = b.service('admin', {
      does: 'changes rules and tells every server through pub/sub within two seconds',
      tier: 'limiter',
      perPod: { requestsPerSecond: capacity(200, assumed('a quarter of a vCPU and a database')) },
      pod: pod(0.25, 0.5),
      podsAtLeast: 2,
    });
    // No request waits for its rules to be changed or its usage to be shown.
    gateway.calls(admin, rate(0.1, 10), { soft: true });
    admin.reads(rules, rate(0.1, 10)).writes(rules, rate(0.05, 5)).writes(counters, rate(0.05, 5));
    // Whoever missed a notice asks every 30 s for rules newer than its own.
    api.reads(rules, steady((4 * servers) / 30), { soft: true });

    const monitor = b.service('health-monitor', {
      does: 'probes Redis every 5 s; scales all limits by its health and ramps checks up after an outage',
      protocol: 'worker',
      tier: 'limiter',
      perPod: { requestsPerSecond: capacity(100, assumed('it serves nobody')) },
      pod: pod(0.1, 0.25),
      podsAtLeast: 2,
    });
    monitor.reads(counters, steady(2));

    // Samples of decisions, for looking into refusals.
    const loggedPerSecond = 100 * w.sampledShare * w.requestsPeak;
    const files = steady(Math.max(4 * servers, 3) / MINUTE);
    const fileBytes = loggedPerSecond / files.average;
    const log = b.decide('decision log', [
      otherwise('files in an object store', 'each pod writes one a minute; queried when somebody asks', () =>
        b.objectStore('decisions', {
          holds: 'one decision in a hundred (100 bytes), for 30 days',
          bytes: loggedPerSecond * 30 * DAY,
          objectBytes: fileBytes,
          lifecycle: [{ afterDays: 30, to: 'delete' }],
        }),
      ),
      reject('Kafka', 'three brokers for 5K messages a second that nobody replays', assumed('the source names no broker')),
      reject('a queue billed by message', '13B messages a month, and still a place to keep them', assumed('5K/s')),
      reject('the time-series server', '1.3 TB of rows beside 40 GB of usage', derived(ch('ch01'), '0.5 MB/s for 30 days')),
    ]);
    api.writes(log, files, { sends: fileBytes, soft: true });

    // Usage by tenant and minute on one server (ch08).
    const usage = b.relational('usage', {
      engine: 'postgres',
      holds: 'usage by tenant and minute (100 bytes), for 30 days',
      bytes: w.tenants * 100 * 30 * 24 * 60,
      hotBytes: capacity(1e9 + w.tenants * 100 * 24 * 60, assumed('the last day, and 1 GB for the server itself')),
      queriesPerVcpu: capacity(200, assumed('inserts of a hundred rows, or a graph of a day')),
    });
    const dashboard = b.service('dashboard', {
      does: 'collects usage each minute, draws it, mails tenants at 80 and 95 % of their daily quota',
      tier: 'limiter',
      perPod: { requestsPerSecond: capacity(50, assumed('a quarter of a vCPU and a database')) },
      pod: pod(0.25, 0.5),
      podsAtLeast: 2,
    });
    gateway.calls(dashboard, rate(0.5, 10), { soft: true });
    dashboard.reads(counters, steady(w.tenants / MINUTE)).writes(usage, steady(w.tenants / MINUTE / 100), { sends: 10e3 });
    dashboard.reads(usage, rate(0.5, 10), { returns: 10e3 }).reads(log, rate(0.01, 1), { returns: 100e3 });
    const mail = b.channel('quota-mail', { medium: 'email', messageBytes: 5e3 });
    dashboard.sends(mail, rate((0.05 * w.tenants) / DAY, (0.05 * w.tenants) / HOUR), { sends: 5e3 });
  },

  claims: [
    claim(
      'limiter-cost',
      'reference-design',
      'the whole limiter, per month',
      3100,
      'USD/month',
      seed('000', 4, 'comparison table'),
    ).against(
      (e) => stores(e) + computing(e),
      'Like for like: Redis, rules, usage database, and the share of node costs that library, gateway and the small services take. Without edge, balancer, API servers and traffic between zones, which the text leaves out; the gateway alone needs 48 vCPU.',
    ),
    claim(
      'limiter-stores',
      'reference-design',
      'Redis and PostgreSQL of the limiter, per month',
      3100,
      'USD/month',
      seed('000', 4, 'comparison table'),
    ).against(stores, 'Six r6g.xlarge at 0.411 USD an hour are 1.8K; counters fit nodes of 2 vCPU, eight of which carry the commands.'),
    claim('redis-operations', 'reference-design', 'checks per second', 1.25e6, 'operations/s', ch('ch01')).against(
      (e) => e.figure('checksPeak'),
      '500K requests x 2.5; with 40 % counted locally and flushed at a tenth, 800K of them reach Redis.',
    ),
    claim('redis-nodes', 'reference-design', 'Redis nodes', 6, 'nodes', ch('ch01')).against(
      (e) => e.count('counters'),
      '800K/s over primaries of 300K (pipelined) at 75 % are four, eight with replicas; six are three primaries at 267K of 300K, 89 % full.',
    ),
    claim('redis-nodes-scripts', 'worst-case', 'Redis primaries when each check is a script', [13, 25], 'nodes', ch('ch01')).against(
      (e) => e.shards('counters'),
      '1.25M / 100K = 13 at 100 %; at 75 % 17. The text adds no replicas here, we add one each.',
    ),
    claim('counter-memory', 'reference-design', 'memory of all counters', 41e6, 'bytes', ch('ch01')).against(
      (e) => e.figure('counterBytes'),
      '(10K tenants + 100K endpoints + 200K users + 100K addresses) x 100 bytes.',
    ),
    claim('redis-bandwidth', 'reference-design', 'traffic to and from Redis', 312e6, 'bytes/s', ch('ch01')).against(
      (e) => e.parts('counters').reduce((n, p) => n + p.load.bytesIn.peak + p.load.bytesOut.peak, 0),
      '1.25M x 250 bytes = 312 MB/s; 800K operations make 200 MB/s, 530 TB a month, most of it between zones.',
    ),
    claim('api-servers', 'reference-design', 'API servers', 20, 'servers', ch('ch01')).against(
      (e) => e.count('api') / 4,
      '500K / 25K = 20 servers that are full; at 80 % with one zone lost it takes 38.',
    ),
    claim('counter-memory-003', 'seed-003', 'memory of all buckets', 10e9, 'bytes', seed('003', 2)).against(
      (e) => e.figure('counterBytes'),
      '100M users x 100 bytes.',
    ),
  ],
});

/** USD a month of what only the limiter uses: counters, rules, usage. */
function stores(e: Evidence): number {
  return e.monthly({ section: 'aws', matching: /AWS::(ElastiCache|RDS)::/ });
}

/** USD a month of the nodes, by the vCPUs of the limiter's own services and of its library. */
function computing(e: Evidence): number {
  const own = ['gateway', 'admin', 'health-monitor', 'dashboard'].reduce((n, id) => n + e.vcpu(id, 'expected'), 0);
  const api = e.vcpu('api', 'expected');
  return (e.monthly({ section: 'aws', matching: /AWS::EKS::Nodegroup/ }) * (own + api * LIBRARY_SHARE)) / (own + api);
}
