import { plan } from '../../plan/plan';
import { smallPod } from '../../plan/sizing/small-pod';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { rate, times } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const per = (value: number) => capacity(value, source);
const at = (requests: number, availability: number, cluster = 1) =>
  stage('test', source, { requests, availability, cluster, storedBytes: 1e8 * requests });

/** Stateful pods of each make: a quorum, sets of copies on volumes, owners in memory; backed up, and rebuilt from a log. */
export const tinyStateful = system('tiny-stateful', {
  title: 'Tiny stateful',
  summary: 'For tests of pods with names.',
  sources: [{ seed: '000', row: 1 }],
  headline: { peak: 'requests' },
  workload: Workload.of({
    requests: figure('per second', 'edits at the busiest moment'),
    storedBytes: figure('bytes', 'events kept'),
    availability: figure('ratio', 'share of time it answers'),
    cluster: figure('yes or no', 'runs on a cluster'),
  }),
  stages: { box: at(20, 0.99, 0), zone: at(300, 0.99), zones: at(3000, 0.9999), more: at(20_000, 0.9999) },
  blueprint(w, b) {
    const edits = rate(w.requests / 5, w.requests);
    b.platform = w.cluster ? 'eks' : 'k3s';
    const gateway = b.service('gateway', { does: 'answers', tier: 'web', perPod: { requestsPerSecond: per(500) }, pod: pod(0.5, 0.5) });
    const owners = b.stateful('owners', {
      does: 'orders the edits of a document',
      tier: 'web',
      copies: 1,
      perPod: { requestsPerSecond: per(200) },
      pod: pod(0.5, 1),
      rebuiltFrom: 'the log',
      drainSeconds: 60,
    });
    const leases = b.stateful('leases', {
      does: 'elects leaders',
      tier: 'control',
      copies: 3,
      quorum: true,
      perPod: { readsPerSecond: per(10_000), writesPerSecond: per(5000) },
      pod: pod(1, 2),
      volume: { bytes: 2e9 },
    });
    const reports = b.stateful('reports', {
      does: 'adds up events',
      tier: 'control',
      copies: 2,
      perPod: { readsPerSecond: per(50), writesPerSecond: per(20_000), bytes: per(1e12) },
      pod: pod(2, 8),
      volume: { bytes: w.storedBytes, iops: 6000, throughputMibs: 250 },
      rebuiltFrom: 'the log',
      kernel: { 'vm.max_map_count': '262144' },
    });
    const backup = b.job('backup', { does: 'keeps leases', tier: 'web', schedule: '0 * * * *', pod: smallPod, source });
    const backups = b.objectStore('backups', { holds: 'copies of leases', bytes: 1e9, objectBytes: 1e6 });
    const log = b.queue('log', { holds: 'edits to add up', maxReceives: 5 });
    b.front('web', { layer: 7 }).routesTo(gateway, edits);
    gateway.calls(owners, edits).reads(reports, times(edits, 0.01));
    owners.reads(leases, times(edits, 0.1)).writes(leases, times(edits, 0.01)).publishes(log, edits);
    reports.consumes(log, edits);
    backup.reads(leases, rate(1 / 3600, 1)).writes(backups, rate(1 / 3600, 1), { sends: 1e6 });
  },
  claims: [],
});

export const tinyStatefulPlan = (name: string) => plan(tinyStateful, name);
