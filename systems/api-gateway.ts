import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, docs, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf, atLeast, wanted } from '../plan/trigger';
import { DAY, GIB, HOUR, MINUTE, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const row = seed('001', 22);
const ch = (chapter: string) => seed('001', 22, chapter);

const workload = Workload.of({
  availability: figure('ratio', 'share of time that requests are passed on', 0.9999, ch('README, ch1')),
  requestsPeak: figure('per second', 'requests at the busiest moment'),
  peakFactor: figure('ratio', 'busiest moment over the average', 2, assumed('clients of several time zones')),
  requestsPerNode: figure('per second each', 'requests that a node of 8 vCPU passes', 1e6 / 30, derived(ch('ch4'), '1M/s on 30 nodes')),
  connectionsPerNode: figure('each', 'connections a node of 8 vCPU holds', 10e3, ch('ch1')),
  exchangeBytes: figure('bytes each', 'a request, and as much of its answer', 1e3, ch('ch1')),
  backendSeconds: figure('seconds', 'a backend takes', 0.02, row),
  addedSeconds: figure('seconds', 'the gateway adds', 2.1e-3, derived(row, 'look-up 0.1, token 0.5, limit 1, answer 0.5 ms')),
  routes: figure('each', 'routes, to 500 services', 5e3, ch('ch1')),
  routeBytes: figure('bytes each', 'a route with its policies', 10e3, ch('ch1')),
  windowSeconds: figure('seconds', 'window of a limit, and life of its bucket', 60, row),
  requestsPerBucket: figure('each', 'requests of a user to a route in a window', 10, assumed('most users are far below their limits')),
  sharedCacheShare: figure('ratio', 'requests whose answer is the same for many', 0.2, assumed('GETs of routes with a lifetime')),
  cacheHitRatio: figure('ratio', 'of those, answered from memory', 0.8, assumed('lifetimes of seconds to minutes')),
  logLineBytes: figure('bytes each', 'a line of the access log', 500, ch('ch1')),
  logDays: figure('days', 'days that access logs are kept', 30, row),
  traceShare: figure('ratio', 'requests that are traced', 0, ch('ch4 (1 % at scale)')),
  revocation: figure('yes or no', 'a token must be void at once', 0, ch('ch3')),
})
  .and({
    requestsPerDay: figure('per day', 'requests', (w) => (DAY * w.requestsPeak) / w.peakFactor, assumed('of the peak and the average')),
    underWay: figure(
      'connections',
      'requests under way at the busiest moment',
      (w) => w.requestsPeak * (w.backendSeconds + w.addedSeconds),
      derived(ch('ch4'), "Little's law over 22 ms"),
    ),
    configBytes: figure('bytes each', 'configuration that each node holds', (w) => w.routes * w.routeBytes, ch('ch1')),
    bucketBytes: figure(
      'bytes',
      'token buckets alive, 100 bytes each',
      (w) => (100 * w.requestsPeak * w.windowSeconds) / w.requestsPerBucket,
      derived(row, 'they expire with their window; bytes of case study 000, row 4'),
    ),
  })
  .and({
    transferPerDay: figure('bytes', 'bytes a day, both ways', (w) => 2 * w.requestsPerDay * w.exchangeBytes, ch('ch1')),
    loggedPerDay: figure('bytes', 'lines of the access log a day', (w) => w.requestsPerDay * w.logLineBytes, ch('ch1')),
  });

/** US-East, EU-West and APAC, 300K of 1M each (ch1). */
const REGIONS: readonly Region[] = [
  { name: HOME_REGION, share: 1 / 3, role: 'active' },
  { name: 'eu-west-1', share: 1 / 3, role: 'active' },
  { name: 'ap-southeast-1', share: 1 / 3, role: 'active' },
];

/** A node runs four processes, each a pod. */
const PODS_PER_NODE = 4;
/** Key, cost and time of a token bucket; tokens that are left. */
const CHECK = { sends: 200, returns: 50, soft: true };
/** A node keeps so many lines back at most (ch3), and they shrink to a tenth in a file (assumed). */
const BUFFERED_LINES = 100e3;
const PACKED = 0.1;
/** That each process can hold (ch3). */
const MOST_ROUTES = 100e3;
/** Histogram of durations and counts by status of each route; a batch of samples of a remote write. Assumed. */
const SERIES_PER_ROUTE = 12;
const SCRAPE_SECONDS = 30;
const SAMPLES_PER_BATCH = 2000;
const SAMPLE_BYTES = 1.5;
const MOST_SAMPLES = capacity(500e3, assumed('15M series, which fill 45 GB'));
const TRACED_PER_BATCH = 100;

const MANAGED = docs(
  'AWS docs, Amazon API Gateway quotas; list price of HTTP APIs past 300M requests',
  '2026-11-22',
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
);
const APP_CONFIG = docs('AWS docs, AWS::AppConfig::HostedConfigurationVersion', '2026-11-22');
const ETCD = docs('etcd docs, System limits', '2026-11-22', 'https://etcd.io/docs/latest/dev-guide/limit/');

export default system('api-gateway', {
  title: 'API gateway',
  summary:
    'Stateless proxies before 500 services: they check tokens, take from buckets in Redis, break circuits, and follow routes that etcd keeps.',
  aliases: ['gateway', 'edge-proxy'],
  sources: [{ seed: '001', row: 22 }],
  workload,
  headline: { peak: 'requestsPeak' },

  stages: {
    launch: stage('200 requests a second', assumed('a stage of our own: the source starts with three nodes'), {
      requestsPeak: 200,
      routes: 50,
      availability: 0.99,
    }),
    mvp: stage('up to 10K requests a second, one region; 99.9 % assumed', ch('ch4'), {
      requestsPeak: 10e3,
      routes: 500,
      availability: 0.999,
    }),
    production: stage('up to 100K requests a second, three regions', ch('ch4'), { requestsPeak: 100e3 }),
    scale: stage('1M requests a second, 1 % of them traced', ch('ch4'), { requestsPeak: 1e6, traceShare: 0.01 }),
    'seed-001': stage('100K requests a second, as many as the README gives one node', row, { requestsPeak: 100e3, requestsPerNode: 100e3 }),
    'seed-001-ch1': stage('1M requests a second, 100K a node', ch('ch1'), { requestsPeak: 1e6, requestsPerNode: 100e3 }),
  },

  regions: (w) => [
    when(
      above('requests per second at peak', w.requestsPeak, 10e3, ch('ch4')),
      'US, EU and Asia-Pacific',
      'clients enter the nearest; a region that is down is left by its name; logs stay in theirs',
      () => REGIONS,
    ),
    otherwise('one region', 'zones are enough', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const requests = rate(w.requestsPeak / w.peakFactor, w.requestsPeak);
    const exchange = { sends: w.exchangeBytes, returns: w.exchangeBytes };
    const grown = above('requests per second at peak', world.requestsPeak, 10e3, ch('ch4'));
    const large = above('requests per second at peak', world.requestsPeak, 100e3, ch('ch4'));
    const full = above('requests per second at peak', world.requestsPeak, 2000, assumed('half of two vCPU'));
    const multiRegion = b.place.regions.length > 1;

    b.oneMachineUntil(
      [atLeast('availability', world.availability, 0.999, ch('ch4')), 'three nodes: with the gateway every service is lost'],
      [full, 'one machine is full'],
    );

    const perVcpu = b.decide('plugins', [
      otherwise('compiled filters in the process', 'token, limit, transformation and log line share 240 microseconds of a vCPU', () =>
        capacity(w.requestsPerNode / PODS_PER_NODE, derived(ch('ch4'), 'a quarter of a node of 8 vCPU')),
      ),
      reject('a call out for each plugin', 'a hop of a millisecond each; the gateway may add five in all', ch('ch1')),
      reject('sidecars', '500 of half a vCPU are 250 vCPU; worth it for mutual TLS between services, which pass no gateway', ch('ch3')),
    ]);
    const gateway = b.service('gateway', {
      does: 'routes, checks tokens, limits, breaks circuits, transforms, logs; all it knows is a copy',
      tier: 'gateway',
      perPod: {
        requestsPerSecond: perVcpu,
        connections: capacity(w.connectionsPerNode / PODS_PER_NODE, derived(ch('ch1'), 'a quarter of a node of 8 vCPU')),
      },
      pod: pod(1.75, 3, derived(ch('ch1'), 'a quarter of 8 vCPU, less what the node itself takes')),
      connections: w.underWay,
      podsAtLeast: 3,
      drainSeconds: 60,
      // Each process keeps a hundred idle connections to a backend (ch3).
      kernel: { 'net.core.somaxconn': '65535', 'net.ipv4.ip_local_port_range': '1024 65000' },
    });
    // What each process asks for by itself is counted at the peak, with a zone lost.
    const processes = Math.max(3, (1.5 * w.requestsPeak) / (0.8 * perVcpu.value));

    // Others own what is behind. It is here because nodes send it bytes, and bytes are billed.
    const backends = b.service('backends', {
      does: 'stands for the services behind the routes: answers 1 KB from memory, until teams register theirs',
      tier: 'backends',
      perPod: { requestsPerSecond: capacity(25e3, assumed('half of a vCPU of a web server that has the answer')) },
      pod: pod(0.5, 0.5),
    });
    b.decide('way in', [
      otherwise(
        'layer-7 balancer',
        'ends TLS and lends its connections to requests: nodes hold what is under way, not what clients keep',
        () => b.front('way-in', { layer: 7, drainSeconds: 60 }).routesTo(gateway, requests, exchange).alarm('error share', 0.01, row),
      ),
      reject(
        'layer-4 balancer',
        'a quarter less by the GB, but clients keep 6M connections at 1M/s (ten requests a minute each), which are 600 nodes of 10K',
        derived(ch('ch1'), 'requests of a connection assumed'),
      ),
      reject(
        'Amazon API Gateway',
        'bills requests: 100K/s at peak are 131B a month, 118K USD at 0.90 a million, more than four times this; its quota is 10K/s',
        MANAGED,
      ),
      reject('AWS WAF', 'bills requests: 79K USD at 100K/s; nodes refuse by address themselves', assumed('0.60 USD a million, list price')),
      reject('CloudFront', 'bills requests, 1 USD a million, and could answer a fifth', assumed('list price')),
    ]);

    // What nodes follow. Each holds all of it and goes on with the last good version, whatever happens to its source.
    const config = b.objectStore('configuration', {
      holds: 'each version of each route, policy and plugin, signed by the pipeline that puts it there; a rollback names older ones',
      bytes: 100 * w.configBytes,
      objectBytes: w.routeBytes,
      multiRegion,
    });
    gateway.reads(config, steady(processes / DAY), { returns: w.configBytes, soft: true });
    const etcd = b.decide('configuration', [
      when(grown, 'etcd in each region, followed by watch', 'a change is on every node within five seconds, in one order', () =>
        b.stateful('etcd', {
          does: 'routes, policies, limits of single users, weights of canaries; tells who watches',
          tier: 'control',
          copies: 3,
          quorum: true,
          perPod: {
            readsPerSecond: capacity(10e3, assumed('small values and watches')),
            writesPerSecond: capacity(1000, assumed('each waits for two disks')),
            bytes: capacity(8 * GIB, ETCD),
          },
          pod: pod(1, 4, assumed('all keys in memory')),
          // Older versions of a key stay until they are compacted.
          volume: { bytes: 1e9 + 4 * Math.min(w.configBytes, MOST_ROUTES * w.routeBytes) },
        }),
      ),
      otherwise('a file, read again on a signal', 'one team changes it by hand', () => undefined),
      reject('AWS AppConfig', 'a version takes 1 MB, and each node has to poll', APP_CONFIG),
      reject('Consul', 'the same quorum, with a registry of services that Kubernetes has already', row),
    ]);
    const inTable = above('routes', world.routes, MOST_ROUTES, ch('ch3'));
    b.decide('look-up of routes', [
      when(inTable, 'a table, with busy routes in memory', 'a GB in every process is too much to start with', () => {
        const holds = 'routes by host and first segments of the path';
        const table = b.keyValue('routes', {
          holds,
          partitionKey: 'host',
          sortKey: 'prefix',
          bytes: w.configBytes,
          itemBytes: w.routeBytes,
          multiRegion,
        });
        gateway.reads(table, times(requests, 0.01), { returns: w.routeBytes });
      }),
      otherwise('all routes in memory, as a tree', '0.1 ms', () => undefined),
      reject('routing of payments by provider', 'named by the index row alone; no chapter knows it', row),
    ]);

    // Nobody is refused because Redis is away: then each node counts for itself.
    const redis = (topology: 'failover' | 'cluster') =>
      b
        .cache('limits', {
          holds: 'a token bucket by user and route, for its window; addresses that are refused',
          bytes: w.bucketBytes,
          opsPerNode: capacity(100e3, seed('000', 4, 'ch01 (a script for each check)')),
          topology,
          eviction: 'volatile-ttl',
        })
        .alarm('latency p99', 0.005, ch('ch3 (then nodes count ahead)'));
    const scripts = above(
      'requests per second of a region',
      w.requestsPeak,
      75e3,
      assumed('three quarters of what a node runs of scripts'),
    );
    const atOnce = wanted('tokens void at once', world.revocation, ch('ch3'));
    const limits = b.decide('limits', [
      when(scripts, 'token buckets in a Redis Cluster', 'a user is counted in the region they enter, on one shard', () => redis('cluster')),
      when(anyOf(full, atOnce), 'token buckets in Redis with a stand-in', 'one primary runs every check of a region', () =>
        redis('failover'),
      ),
      otherwise('in the one process', 'it sees every request', () => undefined),
      reject('fixed windows in one Redis', 'twice the limit at their border, and a zone takes the counters with it', ch('ch4')),
      reject('counting on each node alone', 'a limit would count once a node; 99 % accuracy is asked for', ch('README')),
      reject('counting ahead on nodes', 'late by a window; for the day that Redis takes more than 5 ms', ch('ch3')),
    ]);
    if (limits) gateway.writes(limits, requests, CHECK);
    const identity = b.external('identity', { does: 'signing keys of tokens (JWKS)', host: 'keys.example.com', source: row });
    gateway.calls(identity, steady(processes / 300), { returns: 5e3, soft: true });
    b.decide('tokens', [
      when(
        atOnce,
        'signature on the node, then a list of void tokens in Redis',
        'one look-up more for each request; while Redis is away they live on until they expire',
        () => limits && gateway.reads(limits, requests, CHECK),
      ),
      otherwise('signature on the node', 'keys are cached for five minutes, for fifteen while their issuer is away', () => undefined),
      reject('introspection', '20 ms for each request', ch('ch3')),
    ]);
    b.decide('circuit breakers', [
      otherwise('on each node', 'it sees a hundredth of all requests, which shows a sick backend within its ten seconds', () => undefined),
      reject('states in Redis', 'open on all nodes at once, and so does a mistake', ch('ch3')),
    ]);

    const answers = b.decide('answers that many share', [
      when(large, 'Memcached', 'one miss for all nodes of a region; requests for the same thing under way are one', () =>
        b.cache('answers', {
          holds: 'answers to GET with a lifetime of their route',
          engine: 'memcached',
          bytes: 10e6 * w.exchangeBytes,
          opsPerNode: capacity(200e3, assumed('gets of 1 KB on two threads')),
          eviction: 'allkeys-lru',
        }),
      ),
      otherwise('none', 'backends answer', () => undefined),
      reject('Varnish on nodes of its own', 'a second proxy to run, and each of its nodes misses for itself', ch('ch4')),
    ]);
    const shared = times(requests, w.sharedCacheShare);
    const stored = times(shared, 1 - w.cacheHitRatio);
    if (answers)
      gateway
        .reads(answers, shared, { returns: w.exchangeBytes, soft: true })
        .writes(answers, stored, { sends: w.exchangeBytes, soft: true });
    gateway.calls(backends, times(requests, answers ? 1 - w.sharedCacheShare * w.cacheHitRatio : 1), exchange);

    // No request waits for its line.
    const files = times(requests, Math.max(1 / BUFFERED_LINES, processes / MINUTE / requests.average));
    const linesPerFile = requests.average / files.average;
    const fileBytes = linesPerFile * w.logLineBytes * PACKED;
    const log = b.decide('access log', [
      otherwise('packed files in a bucket of the region', 'a process sends its buffer when it is full, or after a minute', () =>
        b.objectStore('access-log', {
          holds: 'lines as columns, without tokens, cookies and addresses, users hashed',
          bytes: w.loggedPerDay * w.logDays * PACKED,
          objectBytes: fileBytes,
          versioned: false,
          lifecycle: [{ afterDays: w.logDays, to: 'delete' }],
        }),
      ),
      reject('Elasticsearch', '650 TB of hot disks at 1M/s before copies, searched now and then', derived(ch('ch1, ch4'), '21.6 TB a day')),
      reject('a synchronous log', 'each request would wait for a disk; for auditors who ask for it', ch('ch3')),
    ]);
    gateway.writes(log, files, { sends: fileBytes, soft: true });
    const traced = above('share of requests that is traced', world.traceShare, 0, ch('ch4'));
    const daily = { partitions: 'daily', sinceYear: 2026 } as const;
    const line = { at: 'timestamp', route: 'string', status: 'int', milliseconds: 'int', user: 'string', backend: 'string' };
    const span = { at: 'timestamp', trace: 'string', parent: 'string', name: 'string', milliseconds: 'int' };
    const searches = b.lake('searches', {
      holds: 'requests of a month, and traces of a week',
      tables: [
        { name: 'requests', store: 'access-log', columns: line, ...daily },
        ...(traced.fires ? [{ name: 'spans', store: 'traces', columns: span, ...daily }] : []),
      ],
      querySeconds: capacity(60, assumed('a day of lines')),
    });
    const day = files.average * DAY * fileBytes;
    b.job('report', {
      does: 'tells each team about the errors and slow routes of its day',
      tier: 'control',
      schedule: '0 6 * * *',
      pod: pod(0.25, 0.5),
      source: assumed('teams want to know without asking'),
    }).reads(searches, steady(1 / DAY), { scans: day, returns: 1e6 });
    searches.reads(log, files, { returns: fileBytes });
    const LINES = capacity(50e3, assumed('lines of the access log that a vCPU reads a second'));
    const readers = above('vCPU that read logs', world.requestsPeak / LINES.value, 100, assumed('fewer fit the nodes that stay anyway'));
    const batch = b.decide('Spot', [
      when(readers, 'readers of logs and traces', 'files wait for them', () => ({ tier: 'batch', interruptible: true })),
      otherwise('none', 'readers fit beside the control plane', () => ({ tier: 'control' })),
      reject(
        'gateways',
        'they hold no state, but a type that runs short leaves a zone at once while clients wait; they are 4 % of a bill of traffic',
        derived(ch('ch4'), 'allowed there; 7K of 170K USD at 1M/s'),
      ),
    ]);
    if (etcd && limits) {
      // Nobody changes routes over the network: a pipeline puts a signed version into the bucket, in any region.
      const changes = rate(1 / MINUTE, 1);
      const applied = times(changes, b.place.regions.length);
      const route = { sends: w.routeBytes, returns: w.routeBytes };
      const control = b.service('control-plane', {
        does: 'looks every ten seconds; checks, releases to 10, 50, 100 % of nodes, rolls back; renews certificates seven days ahead',
        protocol: 'worker',
        tier: 'control',
        perPod: { requestsPerSecond: capacity(50, assumed('it serves nobody')) },
        pod: pod(0.5, 1),
        podsAtLeast: 2,
      });
      control.reads(config, steady(0.2), route).writes(config, changes, route).writes(etcd, applied, route);
      gateway.reads(etcd, times(applied, processes), { returns: w.routeBytes, soft: true });

      // Latency by route, breakers, versions that differ: what pages people (ch2).
      const samples = (processes * w.routes * SERIES_PER_ROUTE) / SCRAPE_SECONDS;
      const held = Math.min(samples, MOST_SAMPLES.value);
      const memory = 2 + Math.ceil((3e3 * held * SCRAPE_SECONDS) / GIB);
      const metrics = b.decide('metrics', [
        otherwise('Prometheus, twice', 'each copy has all, so one may be updated', () =>
          b.stateful('metrics', {
            does: 'Prometheus: latency and errors by route, breakers open for 2 min, versions that differ for 5 min, error budget',
            tier: 'control',
            copies: 2,
            perPod: {
              writesPerSecond: capacity(MOST_SAMPLES.value / SAMPLES_PER_BATCH, MOST_SAMPLES.source),
              readsPerSecond: capacity(50, assumed('panels and rules')),
            },
            pod: pod(0.5 + Math.ceil(held / 75e3) / 2, memory, assumed('3 KB a series, 150K samples a second on a vCPU')),
            volume: { bytes: samples * SAMPLE_BYTES * 15 * DAY },
          }),
        ),
        reject('Amazon Managed Prometheus', 'bills samples: 450K/s of three regions are 1.2T a month, over 20K USD', assumed('list price')),
      ]);
      gateway.writes(metrics, steady(samples / SAMPLES_PER_BATCH), { sends: 4 * SAMPLES_PER_BATCH, soft: true });
      b.service('dashboards', {
        does: 'Grafana, and the rules that page',
        tier: 'control',
        perPod: { requestsPerSecond: capacity(20, assumed('panels')) },
        pod: pod(0.25, 0.5),
      })
        .reads(metrics, rate(1, 10), { returns: 50e3 })
        .reads(searches, steady(10 / DAY), { scans: Math.min(day, 100e9), returns: 50e3, soft: true });

      const blockBytes = samples * SAMPLE_BYTES * 2 * HOUR;
      const backups = b.objectStore('backups', {
        holds: 'snapshots of etcd, blocks of metrics, for a month',
        bytes: 30 * (48 * w.configBytes + 12 * 2 * blockBytes),
        objectBytes: blockBytes,
        lifecycle: [{ afterDays: 30, to: 'delete' }],
      });
      metrics.writes(backups, steady(1 / HOUR), { sends: blockBytes });
      b.job('etcd-backup', {
        does: 'a snapshot of etcd',
        tier: 'control',
        schedule: '*/30 * * * *',
        pod: { ...pod(0.25, 0.5), scratchBytes: 2 * GIB },
        source: assumed('half an hour of changes can be released again'),
      })
        .reads(etcd, steady(2 / HOUR), { returns: w.configBytes })
        .writes(backups, steady(2 / HOUR), { sends: w.configBytes });
      b.job('restore-drill', {
        does: 'restores the last snapshot of etcd every week and counts its keys',
        tier: 'control',
        schedule: '0 5 * * 1',
        pod: { ...pod(0.5, 2), scratchBytes: 2 * GIB },
        source: assumed('a backup that nobody has read is none'),
      }).reads(backups, steady(1 / (7 * DAY)), { returns: w.configBytes });

      const arrived = b.queue('log-files', { holds: 'files of the access log to read', maxReceives: 5, visibilitySeconds: 120 });
      gateway.publishes(arrived, files, { sends: 200, soft: true });
      const does = 'counts refusals by user and address; who is refused 100 times a minute, or floods, is refused by all nodes';
      b.worker('log-reader', does, capacity(LINES.value / linesPerFile, LINES.source), { ...batch, pod: pod(1, 2) })
        .consumes(arrived, files)
        .reads(log, files, { returns: fileBytes })
        .writes(limits, files, CHECK);
      gateway.reads(limits, steady(processes), { returns: 1e3, soft: true });
    }
    b.decide('traces', [
      when(traced, 'OpenTelemetry, as files', 'a trace is asked for by its id', () => {
        const batches = times(requests, w.traceShare / TRACED_PER_BATCH);
        const batchBytes = 500 * TRACED_PER_BATCH;
        const traces = b.objectStore('traces', {
          holds: 'spans of requests, packed, for a week',
          bytes: batches.average * batchBytes * PACKED * 7 * DAY,
          objectBytes: 10e6,
          versioned: false,
          lifecycle: [{ afterDays: 7, to: 'delete' }],
        });
        const collector = b.service('trace-collector', {
          does: 'puts spans of a request together',
          ...batch,
          perPod: { requestsPerSecond: capacity(100, assumed('10K spans a second on a vCPU')) },
          pod: pod(1, 2),
        });
        gateway.calls(collector, batches, { sends: batchBytes, returns: 50, soft: true });
        collector.writes(traces, times(batches, (batchBytes * PACKED) / 10e6), { sends: 10e6 });
        searches.reads(traces, steady(1 / MINUTE), { returns: 10e6 });
      }),
      otherwise('none', 'metrics and lines tell enough', () => undefined),
      reject('Jaeger on a search cluster', '200 GB a day to index, of which few are asked for', derived(ch('ch4'), '1 % of 21.6 TB')),
    ]);
  },

  claims: [
    claim('nodes-ch1', 'seed-001-ch1', 'gateway nodes for 1M requests a second', 9, 'nodes', ch('ch1')).against(
      (e) => e.count('gateway') / PODS_PER_NODE,
      'Nine nodes of 100K/s carry 900K. At 80 % with a zone of three lost in each region it takes twice as many and more.',
    ),
    claim('nodes-scale', 'scale', 'gateway nodes past 1M requests a second', 30, 'nodes', ch('ch4 (30 or more)')).against(
      (e) => e.count('gateway') / PODS_PER_NODE,
      '30 of 33K/s are full; 80 % and a lost zone make 1.9 times as many, half of which run on average.',
    ),
    claim('transfer', 'seed-001-ch1', 'bytes a day', 172e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('transferPerDay'),
      '2 GB/s for 86,400 s is a day that is all peak.',
    ),
    claim('limit-shards', 'scale', 'Redis shards', 12, 'shards', ch('ch4')).against(
      (e) => e.shards('limits'),
      '12 would run 83K scripts a second each; at three quarters of 100K each region needs five.',
    ),
    claim('limit-pairs', 'production', 'Redis masters', 3, 'nodes', ch('ch4')).against(
      (e) => e.count('limits') / 2,
      'Three masters and three replicas are one pair in each region: 33K/s of 100K.',
    ),
    claim('error-budget', 'seed-001-ch1', 'minutes a month that may fail', 43, 'minutes', ch('ch1')).against(
      (e) => (1 - e.figure('availability')) * 30 * 24 * 60,
      '43 minutes are 99.9 %; 99.99 % leave 4.',
    ),
    claim('samples', 'scale', 'samples of metrics a second', 1e6, 'per second', ch('ch1')).against(
      (e) => e.parts('metrics').reduce((n, p) => n + p.load.writes.peak * SAMPLES_PER_BATCH, 0),
      'One a request. Counters are summed in the process and sent each 30 s, twelve a route.',
    ),
  ],
});
