import { plan } from '../../plan/plan';
import type { HostFleetSpec } from '../../plan/sizing/host-fleet';
import { pod } from '../../plan/sizing/service';
import { assumed, capacity } from '../../plan/source';
import { stage, system } from '../../plan/system';
import { rate, times } from '../../plan/units';
import { figure, Workload } from '../../plan/workload';

const source = assumed('a system for tests');
const at = (matches: number, availability: number) => stage('test', source, { matches, availability, cluster: 1 });

/** Matches of 2 vCPU and 4 GB, of which seven fit on 16 vCPU. */
export const MATCHES: HostFleetSpec = {
  does: 'runs matches',
  sessions: rate(60, 100),
  perSession: { vcpu: 2, memoryBytes: 4e9, source },
  sessionsPerHostAtMost: capacity(7, source),
  ports: { from: 7000, to: 7099 },
  drainSeconds: 1500,
};

/** Matches on public hosts, which an allocator hands out; they tell a queue and a table what came of them. */
export const tinyArena = system('tiny-arena', {
  title: 'Tiny arena',
  summary: 'For tests of host fleets.',
  sources: [{ seed: '000', row: 1 }],
  headline: { peak: 'matches' },
  workload: Workload.of({
    matches: figure('each', 'matches at the same time'),
    availability: figure('ratio', 'share of time it answers'),
    cluster: figure('yes or no', 'runs on a cluster'),
  }),
  stages: { zone: at(100, 0.99), zones: at(1000, 0.9999), more: at(2000, 0.9999) },
  blueprint(w, b) {
    const starts = rate(w.matches / 2000, w.matches / 1000);
    b.platform = w.cluster ? 'eks' : 'k3s';
    const lobby = b.service('lobby', {
      does: 'takes players',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(500, source) },
      pod: pod(0.5, 0.5),
    });
    const allocator = b.service('allocator', {
      does: 'hands out matches',
      tier: 'web',
      perPod: { requestsPerSecond: capacity(500, source) },
      pod: pod(0.5, 0.5),
    });
    const matches = b.hostFleet('matches', { ...MATCHES, sessions: rate(0.6 * w.matches, w.matches) });
    const results = b.queue('results', { holds: 'results', maxReceives: 5 });
    const players = b.keyValue('players', { holds: 'players', partitionKey: 'player', bytes: 1e9, itemBytes: 500 });
    b.front('web', { layer: 7 }).routesTo(lobby, starts);
    lobby.calls(allocator, starts);
    allocator.calls(matches, starts);
    b.clients.calls(matches, times(rate(0.6 * w.matches, w.matches), 60 * 30), { sends: 100, returns: 500 });
    matches.publishes(results, starts, { soft: true }).writes(players, starts, { soft: true });
  },
  claims: [],
});

export const tinyArenaPlan = (name: string) => plan(tinyArena, name);
