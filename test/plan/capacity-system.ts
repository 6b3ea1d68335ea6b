import type { ServiceSpec } from '../../plan/sizing/service';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { plan, type Plan } from '../../plan/plan';
import { stage, system } from '../../plan/system';
import { rate, times } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';

const source = assumed('a system for tests');

/** What a test changes of its services. */
export interface Changes {
  api?: Partial<ServiceSpec>;
  resizer?: Partial<ServiceSpec>;
  classifier?: Partial<ServiceSpec>;
}

/** Files that a web tier takes, an interruptible one makes smaller, and one with GPUs classifies. */
export const files = (changes: Changes = {}) =>
  system('files', {
    title: 'Files',
    summary: 'For tests of nodes.',
    sources: [{ seed: '000', row: 1 }],
    workload: Workload.of({
      availability: figure('ratio', 'share of time it answers', 0.9995, source),
      cluster: figure('yes or no', 'runs on a cluster', 1, source),
      bytes: figure('bytes each', 'of a file', 2e6, source),
      files: figure('per second', 'files sent at the busiest moment'),
    }),
    headline: { peak: 'files' },
    stages: {
      box: stage('one machine', source, { files: 5, availability: 0.99, cluster: 0 }),
      zone: stage('one zone', source, { files: 300, availability: 0.99 }),
      zones: stage('three zones', source, { files: 3000 }),
    },
    blueprint(w, b) {
      b.platform = w.cluster ? 'eks' : 'k3s';
      const sent = rate(w.files / 4, w.files);
      const api = b.service('api', {
        does: 'takes files',
        tier: 'web',
        perPod: { requestsPerSecond: capacity(400, source) },
        pod: pod(1, 2),
        ...changes.api,
      });
      const store = b.objectStore('store', { holds: 'files', bytes: 1e12, objectBytes: w.bytes });
      const sizes = b.queue('sizes', { holds: 'files to make smaller', maxReceives: 5 });
      b.front('front', { layer: 7 }).routesTo(api, sent, { sends: w.bytes });
      api.writes(store, sent, { sends: w.bytes }).publishes(sizes, sent);
      b.worker('resizer', 'makes smaller', capacity(20, source), { tier: 'batch', interruptible: true, pod: pod(1, 2), ...changes.resizer })
        .consumes(sizes, sent)
        .reads(store, sent, { returns: w.bytes / 10 });
      if (b.platform === 'k3s') return;
      const classes = b.queue('classes', { holds: 'files to classify', maxReceives: 5 });
      const some = times(sent, 0.1);
      api.publishes(classes, some);
      const gpu = { tier: 'gpu', pod: { ...pod(3, 10), gpu: 1 } };
      b.worker('classifier', 'classifies', capacity(20, source), { ...gpu, ...changes.classifier })
        .consumes(classes, some)
        .reads(store, some, { returns: w.bytes / 10 });
      b.job('train', {
        does: 'trains',
        ...gpu,
        ...(changes.classifier?.pod && { pod: changes.classifier.pod }),
        schedule: '0 3 * * *',
        source,
      });
    },
    claims: [],
  });

export const filesPlan = (stageName: 'box' | 'zone' | 'zones', changes: Changes = {}, set: Record<string, number> = {}): Plan =>
  plan(files(changes), stageName, set);
