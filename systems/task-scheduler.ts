import type { Region } from '../plan/blueprint';
import { claim } from '../plan/claim';
import { otherwise, reject, when } from '../plan/decision';
import { pod } from '../plan/sizing/service';
import { assumed, capacity, derived, seed } from '../plan/source';
import { HOME_REGION, oneRegion, stage, system } from '../plan/system';
import { above, anyOf, atLeast } from '../plan/trigger';
import { DAY, GIB, HOUR, perDay, rate, steady, times } from '../plan/units';
import { figure, Workload } from '../plan/workload';

const ch = (chapter: string) => seed('001', 11, chapter);
const perTask = derived(ch('ch1'), 'reference figure divided by 1B tasks a day');

const workload = Workload.of({
  availability: figure('ratio', 'share of time that tasks are scheduled', 0.9999, ch('ch1, ch4')),
  tasksPerDay: figure('per day', 'tasks'),
  tenants: figure('each', 'houses whose code runs', 100, assumed('no source counts them')),
  tasksPerRun: figure('each', 'tasks of a run of a DAG', 5, assumed('most are a task, some a hundred')),
  retryShare: figure('ratio', 'tasks that are tried again', 0.05, assumed('a twentieth fails once')),
  deadShare: figure('ratio', 'tasks that fail each time', 1e-4, assumed('broken code; the objective of ch1 leaves a hundredth')),
  largeShare: figure('ratio', 'attempts with inputs or outputs too large for a message', 0.02, assumed('most pass a few fields on')),
  secretShare: figure(
    'ratio',
    'attempts that need a secret of their tenant',
    0.2,
    assumed('those that ask a database or a program of the tenant'),
  ),
  taskSeconds: figure('seconds', 'time a task runs', 0.864, derived(ch('ch4'), '100 executors run 10M a day')),
  taskBytes: figure('bytes each', 'record of a task', 500, ch('ch1')),
  logBytes: figure('bytes each', 'log of a task', 10e3, ch('ch1')),
  hotDays: figure('days', 'days records stay in the database', 3, ch('ch1')),
  logDays: figure('days', 'days logs are read at once', 30, ch('ch1')),
  coldDays: figure('days', 'days logs are kept', 365, ch('ch1')),
  heartbeatSeconds: figure('seconds', 'time between two heartbeats; three missed are the end of a lease', 10, ch('ch2')),
})
  .and({
    tasksPeak: figure('per second', 'tasks due at the top of the hour', (w) => 6e-5 * w.tasksPerDay, perTask),
    startsPeak: figure(
      'per second',
      'tasks started at the busiest moment',
      (w) => (1e6 / 60 / 1e9) * w.tasksPerDay,
      derived(ch('ch1'), '1M dispatches a minute of 1B tasks a day'),
    ),
    timers: figure('items', 'active timers', (w) => 2e-3 * w.tasksPerDay, perTask),
    submissionsPeak: figure('per second', 'runs asked for by people and programs', (w) => 833e-9 * w.tasksPerDay, perTask),
  })
  .and({
    busyPeak: figure(
      'connections',
      'tasks that run at once at the busiest moment',
      (w) => w.startsPeak * w.taskSeconds,
      derived(ch('ch4'), 'rate times length'),
    ),
    recordBytes: figure(
      'bytes',
      'records in the database',
      (w) => w.tasksPerDay * w.taskBytes * w.hotDays,
      derived(ch('ch1'), '500 bytes for 3 days, 1.5 TB'),
    ),
    logTotalBytes: figure(
      'bytes',
      'logs kept, a fifth of what is written',
      (w) => 0.2 * w.tasksPerDay * w.logBytes * w.coldDays,
      derived(ch('ch1'), '10 TB a day; compression is assumed'),
    ),
  });

/** Rows of a task: with its run when it is due; its attempt and its state when it starts and ends. */
const ROWS = { due: 2, started: 3 };
const BATCH = 20;
/** Assumed of tenants who may mark what is urgent and what may wait. */
const PRIORITIES = [
  { name: 'high', share: 0.25 },
  { name: 'normal', share: 0.5 },
  { name: 'low', share: 0.25 },
];
/** A task with its small inputs (ch2), and what came of it. */
const TASK = 1000;
const RESULT = 300;
/** One log object holds what an executor's tasks wrote in five seconds (ch4: lag below 5 s). */
const LOG_SECONDS = 5;

/** The recovery region is sized for all that it takes over. */
const HOME_AND_RECOVERY: readonly Region[] = [
  { name: HOME_REGION, share: 1, role: 'active' },
  { name: 'us-west-2', share: 1, role: 'recovery' },
];

export default system('task-scheduler', {
  title: 'Distributed task scheduler',
  summary:
    'Cron and DAGs for many tenants: timers start runs, an orchestrator releases what is ready, executors pull and run it at least once.',
  aliases: ['job-scheduler', 'cron', 'workflow-engine'],
  sources: [{ seed: '001', row: 11 }],
  workload,
  headline: { peak: 'tasksPeak' },

  stages: {
    start: stage('0 to 10M tasks a day, of one house', derived(ch('ch4'), 'limits by tenant come with growth; one house is assumed'), {
      tasksPerDay: 10e6,
      availability: 0.99,
      tenants: 1,
    }),
    growth: stage('10M to 100M tasks a day', ch('ch4'), { tasksPerDay: 100e6 }),
    scale: stage('100M to 1B tasks a day, a region to fail over to', ch('ch4'), { tasksPerDay: 1e9 }),
    'seed-001': stage('1M tasks a day', seed('001', 11, 'index'), { tasksPerDay: 1e6, availability: 0.9995 }),
    'seed-001-readme': stage('10M tasks a day', ch('README'), { tasksPerDay: 10e6, availability: 0.9995 }),
  },

  regions: (w) => [
    when(
      above('tasks per day', w.tasksPerDay, 100e6, ch('ch4')),
      'home region and one to fail over to',
      'one control plane decides what is due; two would start a task twice. Its database has a copy elsewhere',
      () => HOME_AND_RECOVERY,
    ),
    otherwise('one region', 'zones are enough', () => oneRegion),
  ],

  blueprint(w, b, world) {
    const isActive = b.place.region.role === 'active';
    const tasks = rate(isActive ? perDay(w.tasksPerDay) : 0, w.tasksPeak);
    // The burst is due at once; jitter and tokens let it start over some seconds.
    const attempts = times(rate(tasks.average, w.startsPeak), 1 + w.retryShare);
    const perBatch = times(attempts, 1 / BATCH);
    const runs = times(tasks, 1 / w.tasksPerRun);
    const grown = above('tasks per day', world.tasksPerDay, 10e6, ch('ch4'));
    const mustSurvive = atLeast('availability', world.availability, 0.9995, ch('README'));

    b.oneMachineUntil(
      [mustSurvive, 'a standby goes on when the leader is lost'],
      [above('tasks at once', world.busyPeak, 20, assumed('their containers fill 8 vCPU')), 'containers fill one machine'],
    );

    // Definitions, runs, tasks and attempts; nothing is queued that is not a row before.
    const postgres = {
      holds: 'tenants, DAGs, schedules, runs, tasks with their dedupe key and lease, attempts; checkpoints of wheels',
      engine: 'postgres',
      bytes: 2 * w.recordBytes,
      hotBytes: capacity(
        1e9 + (2 * w.recordBytes) / w.hotDays / 24,
        assumed('the tasks of an hour with their indexes; 1 GB for the server'),
      ),
      queriesPerVcpu: capacity(300, assumed('20 rows in one commit, 6000 rows a second and vCPU')),
      strongReads: true,
      pitrDays: 14,
    } as const;
    const metadata = b.decide('metadata', [
      when(grown, 'PostgreSQL sharded by tenant, on Aurora', 'a run and its tasks are of one tenant, so no commit spans shards', () =>
        b.relational('metadata', {
          ...postgres,
          topology: 'aurora',
          sharding: 'by hash',
          readersAtLeast: 1,
          multiRegion: b.place.regions.length > 1,
        }),
      ),
      otherwise('one PostgreSQL', 'a few hundred tasks a second', () => b.relational('metadata', postgres)),
      reject('Citus, CockroachDB', 'the same shards with a cluster to run', ch('ch4')),
    ]);
    metadata.alarm('cpu', 0.7, assumed('commits begin to wait; readers and shards are added from here'));
    const portal = b.service('portal-api', {
      does: 'defines and starts DAGs, shows runs and logs, retries, cancels, approves; OAuth2, roles by tenant',
      tier: 'control',
      perPod: { requestsPerSecond: capacity(400, assumed('one query a request')) },
      pod: pod(0.5, 1),
    });
    const views = times(tasks, 0.01);
    const submissions = rate(isActive ? w.submissionsPeak / 5 : 0, w.submissionsPeak);
    b.front('web', { layer: 7 }).routesTo(portal, submissions, { sends: 3e3 }).routesTo(portal, views, { returns: 5e3 });
    portal.writes(metadata, submissions, { sends: 3e3 }).reads(metadata, views, { returns: 5e3 });
    // Until it takes over, the second region has the copy of the database and the way in; the rest comes up with the switch.
    if (!isActive) return;

    // Who leads, and who is alive.
    const slots = b.decide('size of an executor', [
      when(grown, '60 tasks at once on 16 vCPU', 'a thousand machines are watched more easily than five', () => 60),
      otherwise('12 tasks at once on 4 vCPU', 'one machine lost puts a dozen tasks back', () => 12),
      reject(
        'a Kubernetes Job for each task',
        'a pod is scheduled and pulled in seconds, and no API server starts 60K a second',
        ch('ch4'),
      ),
    ]);
    const executors = w.busyPeak / slots;
    const beats = rate((executors * (attempts.average / attempts.peak)) / w.heartbeatSeconds, executors / w.heartbeatSeconds);
    const leases = b.decide('leases', [
      when(
        anyOf(grown, mustSurvive),
        'etcd for leaders and executors, task leases in their rows',
        'who watches hears within 30 s of an executor that is gone',
        () =>
          b.stateful('leases', {
            does: 'etcd: leaders of wheels, owners of tenants, executors that are alive',
            tier: 'control',
            copies: 3,
            quorum: true,
            perPod: {
              readsPerSecond: capacity(20e3, assumed('etcd, small keys')),
              writesPerSecond: capacity(10e3, assumed('etcd, each on two disks before it is answered')),
            },
            pod: pod(1, 2),
            volume: { bytes: 2e9 },
            rebuiltFrom: 'elections and executors that register again; rows say what was leased',
          }),
      ),
      otherwise('rows of PostgreSQL', 'one scheduler, which nobody has to elect', () => undefined),
      reject('a lease in etcd for each task', '60K a second made and given back are 120K writes; a quorum takes a tenth', ch('ch3')),
      reject('locks in Redis', 'a failover forgets them, and a task would start twice', ch('README; ch3')),
    ]);

    // What is due.
    const perConsumer = capacity(2000, assumed('100 commits of 20 attempts or results a second'));
    // Twice what consumers need at peak: those past the partitions idle.
    const partitions = 12 * Math.ceil((2 * attempts.peak) / perConsumer.value / 12);
    const orchestrator = b.service('orchestrator', {
      does: 'takes what is due, releases tasks whose parents are done, retries with growing pauses, weighs tenants against each other',
      protocol: 'worker',
      tier: 'control',
      perPod: { messagesPerSecond: perConsumer },
      pod: pod(1, 2),
      podsAtMost: capacity(partitions, assumed('one for each partition of results')),
      drainSeconds: 60,
    });
    b.decide('timers', [
      when(
        anyOf(above('active timers', world.timers, 100e3, ch('ch3')), grown),
        'timing wheels in memory, sharded by tenant and time',
        'a tick looks at what is due and at nothing else; a standby in another zone replays what the leader had not handed on',
        () => {
          const wheel = b.stateful('timing-wheel', {
            does: 'hierarchical wheels, a tick a second; leader and warm standby a shard',
            tier: 'control',
            copies: 2,
            perPod: { requestsPerSecond: capacity(5000, assumed('hands on 5000 runs a second')) },
            pod: pod(1, 2),
            podsAtLeast: 2 * Math.max(2, Math.ceil(w.timers / 250e3)),
            rebuiltFrom: 'checkpoints and schedules in the metadata database',
            drainSeconds: 30,
          });
          orchestrator.calls(wheel, runs, { returns: 2e3 });
          wheel.writes(metadata, times(runs, 1 / BATCH), { sends: 2e3 }).reads(metadata, times(runs, 1 / BATCH), { returns: 4e3 });
          if (leases) wheel.writes(leases, steady(4));
        },
      ),
      otherwise('a look at the table of schedules every second', 'an index on the next time finds what is due of 20K rows', () => {
        const scheduler = b.service('scheduler', {
          does: 'asks once a second which schedules are due, makes their runs',
          protocol: 'worker',
          tier: 'control',
          perPod: { requestsPerSecond: capacity(1, assumed('nobody calls it')) },
          pod: pod(0.25, 0.5),
          podsAtLeast: 2,
        });
        scheduler.reads(metadata, steady(1), { returns: 50e3 }).writes(metadata, times(runs, 1 / BATCH), { sends: 2e3 });
        if (leases) scheduler.writes(leases, steady(1));
        orchestrator.reads(metadata, rate(1, 4), { returns: 10e3 });
      }),
    ]);
    const limits = b.decide('top of the hour', [
      otherwise('jitter, and tokens a tenant in Redis', 'what is due in one second starts within four; high priority does not wait', () =>
        b.cache('limits', {
          holds: 'token buckets of tenants, definitions of DAGs',
          bytes: 200e6 + 5e3 * 0.1 * w.timers,
          opsPerNode: capacity(80e3, assumed('scripts of one key')),
          eviction: 'allkeys-lru',
        }),
      ),
      reject('executors for the whole burst', 'four times as many, for some seconds of an hour', ch('ch1')),
    ]);
    // Tokens are taken ten at a time; without Redis each orchestrator keeps to its share of the quota.
    orchestrator.writes(limits, times(attempts, 0.1), { sends: 100, soft: true }).reads(limits, runs, { returns: 5e3, soft: true });
    orchestrator.reads(limits, times(attempts, 0.1), { returns: 100, soft: true });
    orchestrator
      .writes(metadata, times(tasks, ROWS.due / BATCH), { sends: BATCH * w.taskBytes })
      .writes(metadata, times(perBatch, ROWS.started), { sends: BATCH * w.taskBytes })
      .reads(metadata, perBatch, { returns: BATCH * w.taskBytes });
    if (leases) orchestrator.reads(leases, steady(50)).writes(leases, steady(5));

    // What is ready, and who runs it.
    const run = (id: string, does: string, share: number, interruptible: boolean) => {
      const busy = share * w.busyPeak;
      return b.service(id, {
        does,
        protocol: 'worker',
        tier: id,
        // It pulls, so nothing reaches it: its load is the tasks it holds.
        perPod: { connections: capacity(slots, assumed('four tasks share a vCPU')) },
        connections: busy,
        connectionsAverage: busy * (attempts.average / attempts.peak),
        scaleOn: 'connections',
        pod: {
          ...pod(slots / 4, slots / 2.5, assumed('a quarter of a vCPU, 430 MB and 100 MB of files a task')),
          scratchBytes: Math.ceil(slots / 10) * GIB,
        },
        drainSeconds: 90,
        ...(apart && { isolated: true }),
        ...(interruptible && { interruptible }),
      });
    };
    const apart = b.decide('code of tenants', [
      when(
        above('tenants', world.tenants, 1, ch('ch3')),
        'nodes of its own, without a way out',
        'nothing else runs there, and what does finds no internet',
        () => true,
      ),
      otherwise('pods of its own', 'who runs it wrote it', () => false),
      reject(
        'files by addresses that S3 signs',
        'spare a tenth of the bill at 1B a day; but the way to S3 leads to buckets of others too',
        assumed('of what zones charge each other'),
      ),
      reject(
        'a virtual machine for each task',
        'a start of 100 ms and memory of its own, for a task of 0.9 s',
        assumed('Firecracker and its like'),
      ),
    ]);
    const pools = [
      { share: 0.9, executor: run('executors', 'run tasks, each once a lease says so', 0.9, true) },
      { share: 0.1, executor: run('steady-executors', 'the same, for tasks labelled as not to be interrupted', 0.1, false) },
    ];
    // Executors ask no store themselves: code of one tenant would read secrets and files of all.
    const vault = b.keyValue('tenant-secrets', {
      holds: 'secrets by tenant and name',
      partitionKey: 'tenant',
      sortKey: 'name',
      bytes: 20e3 * Math.max(1, w.timers / 100),
      itemBytes: 1e3,
    });
    const files = b.service('task-files', {
      does: 'hands secrets and inputs of a task to the executor that holds its lease; takes outputs and logs',
      tier: 'files',
      perPod: { requestsPerSecond: capacity(1000, assumed('a lease and an item by their keys, or a megabyte passed on')) },
      pod: pod(1, 1),
      drainSeconds: 60,
    });
    const wanting = times(attempts, w.secretShare);
    files.reads(vault, wanting, { returns: 1e3 }).reads(metadata, wanting, { returns: 100 });
    portal.writes(vault, times(submissions, 0.01), { sends: 1e3 });
    const dead = b
      .queue('dead-letters', { holds: 'tasks past their attempts, for people to look at', maxReceives: 5, retentionSeconds: 14 * DAY })
      .alarm('queue depth', Math.ceil(0.01 * tasks.average * HOUR), derived(ch('ch1'), 'a hundredth of the tasks of an hour'));
    const lost = times(tasks, w.deadShare);
    orchestrator.publishes(dead, lost, { sends: TASK, soft: true });
    portal.consumes(dead, lost, { returns: TASK });

    const prices = assumed('list prices: six requests for a task and its result of 0.40 USD a million, against three brokers');
    const brokersPay = above('tasks per day', world.tasksPerDay, 8e6, prices);
    b.decide('task queue', [
      when(
        grown,
        'Kafka by priority, a dispatcher in front of executors',
        'partitions feed as many consumers as there are of them, not thousands that pull',
        () => {
          const topic = (name: string, share: number) => ({ name, partitions: share * partitions, retentionSeconds: DAY });
          const topics = [...PRIORITIES.map(({ name, share }) => topic(`tasks-${name}`, share)), topic('results', 1)];
          const broker = b.kafka('tasks', {
            topics,
            retentionSeconds: DAY,
            messagesPerBroker: capacity(100e3 / 3, assumed('100K small messages/s on one broker, each on three')),
          });
          broker.alarm('consumer lag', 0.5 * w.startsPeak, derived(ch('ch1'), '500 ms of the busiest moment'));
          const dispatcher = b.service('dispatcher', {
            does: 'answers executors that wait with tasks of their labels, high priority first; marks the attempt before it hands a task out',
            tier: 'dispatch',
            perPod: { messagesPerSecond: perConsumer },
            pod: pod(1, 2),
            podsAtMost: capacity(partitions, assumed('one for each partition of tasks')),
            drainSeconds: 60,
          });
          // Ready rows wait in the database while the broker is away.
          orchestrator.publishes(broker, attempts, { sends: TASK, soft: true }).consumes(broker, attempts, { returns: RESULT });
          dispatcher.consumes(broker, attempts, { returns: TASK }).writes(metadata, perBatch, { sends: 100 * BATCH });
          for (const { share, executor } of pools) {
            executor.calls(dispatcher, times(attempts, share / 5), { sends: 200, returns: 5 * TASK });
            executor.publishes(broker, times(attempts, share), { sends: RESULT });
          }
        },
      ),
      when(brokersPay, 'RabbitMQ with priorities', 'executors pull from it themselves; a task that is not acknowledged is put back', () => {
        const queue = (name: string) => ({ name, deadLetter: true, maxRetry: 5, ttlSeconds: DAY });
        const broker = b
          .rabbitmq('task-queue', {
            queues: [...PRIORITIES.map(({ name }) => `tasks-${name}`), 'results'].map(queue),
            messagesPerBroker: capacity(20e3, assumed('persistent messages with confirms on 8 vCPU')),
          })
          .alarm('queue depth', 0.5 * w.startsPeak, derived(ch('ch1'), '500 ms of the busiest moment'));
        orchestrator
          .publishes(broker, attempts, { sends: TASK, soft: true })
          .consumes(broker, attempts, { returns: RESULT, queue: 'results' });
        for (const { share, executor } of pools)
          executor.consumes(broker, times(attempts, share), { returns: TASK }).publishes(broker, times(attempts, share), { sends: RESULT });
      }),
      otherwise('SQS, a queue a priority', 'a million tasks a day are 77 USD a month in requests; three brokers are 630', () => {
        const inbox = (name: string, holds: string) => b.queue(name, { holds, maxReceives: 5, retentionSeconds: DAY });
        const results = inbox('results', 'what came of tasks');
        orchestrator.consumes(results, attempts, { returns: RESULT });
        for (const { share: part, name } of PRIORITIES) {
          const waiting = inbox(`tasks-${name}`, `tasks of ${name} priority that are ready`);
          waiting.alarm('queue depth', Math.ceil(0.5 * part * w.startsPeak), derived(ch('ch1'), '500 ms of the busiest moment'));
          orchestrator.publishes(waiting, times(attempts, part), { sends: TASK, soft: true });
          for (const { share, executor } of pools) executor.consumes(waiting, times(attempts, share * part), { returns: TASK });
        }
        for (const { share, executor } of pools) executor.publishes(results, times(attempts, share), { sends: RESULT });
      }),
      reject('push to executors', 'not before a start has to take less than 50 ms; pulling keeps a slow one from being buried', ch('ch3')),
    ]);

    // What a task reads and leaves.
    const artifacts = b.objectStore('artifacts', {
      holds: 'inputs and outputs too large for a message, three days',
      bytes: 3 * w.largeShare * w.tasksPerDay * 1e6,
      objectBytes: 1e6,
      lifecycle: [{ afterDays: 3, to: 'delete' }],
      versioned: false,
    });
    const chunk = (0.2 * w.logBytes * slots * LOG_SECONDS) / w.taskSeconds;
    const logs = b.decide('logs', [
      otherwise('chunks in S3, found by the pointer of the attempt', 'who reads a log knows the task; no index is asked', () =>
        b.objectStore('logs', {
          holds: 'what the tasks of an executor wrote in five seconds, compressed',
          bytes: w.logTotalBytes,
          objectBytes: chunk,
          lifecycle: [
            { afterDays: w.logDays, to: 'instant archive' },
            { afterDays: w.coldDays, to: 'delete' },
          ],
          coldShare: { 'instant archive': 1 - w.logDays / w.coldDays },
          versioned: false,
        }),
      ),
      reject('Loki or Elasticsearch', 'an index over 10 TB a day, to search what is fetched by task', ch('ch4')),
      reject('disks of executors', 'gone with a machine that is taken back', ch('ch4')),
    ]);
    const chunks = times(attempts, (0.2 * w.logBytes) / chunk);
    for (const { share, executor } of pools) {
      if (leases) executor.writes(leases, times(beats, share), { sends: 100 });
      const large = times(attempts, w.largeShare * share);
      executor
        .calls(files, times(wanting, share), { returns: 1e3 })
        .calls(files, large, { returns: 1e6, soft: true })
        .calls(files, large, { sends: 1e6, returns: 100 })
        .calls(files, times(chunks, share), { sends: chunk, returns: 100, soft: true });
    }
    const large = times(attempts, w.largeShare);
    files.reads(artifacts, large, { returns: 1e6, soft: true }).writes(artifacts, large, { sends: 1e6 });
    files.writes(logs, chunks, { sends: chunk, soft: true });
    portal.reads(logs, times(views, 0.2), { returns: chunk / 100, soft: true });

    const old = b.objectStore('metadata-archive', {
      holds: 'records older than three days, as Parquet',
      bytes: 0.2 * w.tasksPerDay * w.taskBytes * (w.coldDays - w.hotDays),
      objectBytes: 64e6,
      lifecycle: [
        { afterDays: 1, to: 'instant archive' },
        { afterDays: w.coldDays, to: 'delete' },
      ],
      coldShare: { 'instant archive': 0.99 },
      versioned: false,
    });
    const history = b.lake('history', {
      holds: 'tasks that have left the database',
      tables: [
        {
          name: 'tasks',
          store: 'metadata-archive',
          columns: {
            tenant: 'string',
            run: 'string',
            task: 'string',
            attempt: 'int',
            status: 'string',
            started_at: 'timestamp',
            log: 'string',
          },
          partitions: 'hourly',
          sinceYear: 2026,
        },
      ],
      querySeconds: capacity(5, assumed('an hour of one tenant')),
    });
    const past = times(views, 1e-3);
    portal.reads(history, past, { scans: 64e6, returns: 5e3, soft: true });
    history.reads(old, past, { returns: 64e6 });
    const archived = perDay((0.2 * w.tasksPerDay * w.taskBytes) / 64e6);
    const job = (id: string, does: string, schedule: string, source = ch('ch1')) =>
      b.job(id, { does, tier: 'control', schedule, pod: pod(0.5, 1), source });
    job('archiver', 'moves records past three days to the archive, drops their partition', '20 * * * *')
      .reads(metadata, rate(archived * 5, archived * 50), { returns: 64e6 })
      .writes(old, rate(archived, archived * 10), { sends: 64e6 });
    job('reconciler', 'counts what was due against what has ended; puts back tasks whose lease ran out', '* * * * *', ch('ch1, ch2'))
      .reads(metadata, rate(1, 10), { returns: 10e3 })
      .writes(metadata, rate(0.1, times(attempts, 1e-3).peak + 0.1), { sends: 1e3 });
  },

  claims: [
    claim('dispatch', 'scale', 'tasks started at the top of the hour', 16.7e3, 'per second', ch('ch1 (1M a minute)')).against(
      (e) => e.figure('tasksPeak'),
      '60K/s are due by the same chapter: what is due in one second starts within 3.6 s.',
    ),
    claim('executors', 'scale', 'tasks that run at once', 100e3, 'tasks', ch('ch1')).against(
      (e) =>
        e
          .parts('executors')
          .concat(e.parts('steady-executors'))
          .reduce((n, p) => n + 60 * p.count, 0),
      '16.7K/s of 0.864 s are 14K, and with room and a lost zone 27K. 100K would be for all 60K/s at once: 52K and the same room.',
    ),
    claim('heartbeats', 'scale', 'heartbeats', 100e3, 'per second', ch('ch1')).against(
      (e) => (e.count('executors') + e.count('steady-executors')) / e.figure('heartbeatSeconds'),
      '100K every 10 s are 10K/s, and an executor of 60 tasks sends one for all of them.',
    ),
    claim('brokers-growth', 'growth', 'Kafka brokers', 6, 'brokers', ch('ch4')).against(
      (e) => e.count('tasks'),
      '1.75K tasks of 1 KB a second and as many results are 2.3 MB/s; three carry them, one for each copy.',
    ),
    claim('brokers', 'scale', 'Kafka brokers', 12, 'brokers', ch('ch4')).against(
      (e) => e.count('tasks'),
      '17.5K tasks of 1 KB a second and as many results are 23 MB/s, 7.2 MB/s a small broker at 75 % with a zone lost.',
    ),
    claim('partitions', 'scale', 'partitions of tasks', 96, 'partitions', ch('ch4')).against(
      (e) =>
        e
          .parts('tasks')
          .reduce(
            (n, p) => n + (p.kind === 'kafka' ? p.topics.filter((t) => t.name !== 'results').reduce((m, t) => m + t.partitions, 0) : 0),
            0,
          ),
      'Over three priorities, for dispatchers: nine take 17.5K/s, and twice as many are full with a zone lost. Executors that pull would need thousands.',
    ),
    claim('records', 'scale', 'records in the hot index', 1.5e12, 'bytes', derived(ch('ch1'), '500 GB a day for 3 days')).against(
      (e) => e.figure('recordBytes'),
      '1B x 500 bytes x 3; indexes double them in the database.',
    ),
    claim('logs', 'scale', 'logs of a day', 10e12, 'bytes', ch('ch1')).against(
      (e) => e.figure('tasksPerDay') * e.figure('logBytes'),
      '1B x 10 KB; a fifth of it is stored.',
    ),
  ],
});
