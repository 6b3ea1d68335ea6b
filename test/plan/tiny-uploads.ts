import { plan } from '../../plan/plan';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { above } from '../../plan/trigger';
import { GIB, MIB, rate, times } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);

/** What acts by itself in AWS: a bucket that tells of uploads, functions, a Spark job; and a Memcached and card keys. */
export const tinyUploads = system('tiny-uploads', {
  title: 'Tiny uploads',
  summary: 'Takes pictures of cards.',
  sources: [{ seed: '000', row: 1 }],
  workload: Workload.of({
    availability: figure('ratio', 'share of time it answers', 0.9995, source),
    uploads: figure('per second', 'uploads at the busiest moment'),
    told: figure('yes or no', 'whether the bucket tells of uploads', 1, source),
    memcached: figure('yes or no', 'whether thumbnails are in Memcached', 1, source),
  }),
  headline: { peak: 'uploads' },
  stages: {
    launch: stage('a few', source, { uploads: 3, availability: 0.99 }),
    scale: stage('many', source, { uploads: 300 }),
  },
  blueprint(w, b, world) {
    const uploads = rate(w.uploads / 3, w.uploads);
    b.oneMachineUntil([above('uploads', world.uploads, 30, source), 'one machine is full']);
    const api = b.service('api', { does: 'signs addresses', tier: 'web', perPod: { requestsPerSecond: per(100) }, pod: pod(0.5, 0.5) });
    const originals = b.objectStore('originals', {
      holds: 'what came in',
      bytes: 1000 * GIB,
      objectBytes: MIB,
      versioned: false,
      lifecycle: [{ afterDays: 1, to: 'delete' }],
      accelerated: { share: 0.5, elsewhere: 0.25 },
    });
    const pictures = b.objectStore('pictures', {
      holds: 'pictures',
      bytes: 10_000 * GIB,
      objectBytes: MIB,
      lifecycle: [{ afterDays: 30, to: 'intelligent tiering' }],
      tieredShare: { frequent: 0.1, infrequent: 0.2, archive: 0.3 },
    });
    const arrived = b.queue('arrived', { holds: 'uploads to look at', maxReceives: 5, visibilitySeconds: 360 });
    const thumbnails = b.cache('thumbnails', {
      holds: 'thumbnails',
      ...(w.memcached && { engine: 'memcached' }),
      bytes: 50 * GIB * (w.uploads / 300),
      opsPerNode: per(100e3),
      eviction: 'allkeys-lru',
    });
    const keys = b.hsm('card-keys', {
      holds: 'keys of cards',
      keys: [
        { name: 'pan', use: 'card numbers' },
        { name: 'cvv', use: 'security codes' },
      ],
    });
    const convert = b.function('convert', { does: 'makes pictures', memoryBytes: 2 * GIB, seconds: per(2), timeoutSeconds: 60 });
    const sweep = b.function('sweep', { does: 'looks for orphans', memoryBytes: 256 * MIB, seconds: per(20), schedule: '0 3 * * 1' });
    const rank = b.sparkJob('rank', {
      does: 'ranks pictures',
      schedule: '0 2 * * *',
      program: 'pictures',
      executors: 9,
      executor: { vcpu: 4, memoryBytes: 16 * GIB, source },
      hours: per(2),
    });
    b.front('web', { layer: 7 }).routesTo(api, uploads);
    b.clients.writes(originals, uploads, { sends: MIB, returns: 0 });
    if (w.told) originals.publishes(arrived, uploads, { sends: 1000 });
    else api.publishes(arrived, uploads, { sends: 1000 });
    convert.consumes(arrived, uploads).reads(originals, uploads, { returns: MIB }).writes(pictures, uploads, { sends: MIB });
    sweep.reads(pictures, rate(0.01, 1));
    rank.reads(pictures, rate(1, 100), { returns: MIB });
    api.reads(thumbnails, times(uploads, 10), { soft: true }).reads(keys, uploads).writes(keys, times(uploads, 0.1));
  },
  claims: [],
});

export const uploadsPlan = (stageName: string, set: Record<string, number> = {}) => plan(tinyUploads, stageName, set);
