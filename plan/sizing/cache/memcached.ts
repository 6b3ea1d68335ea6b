import { cheapest } from '../../choose-size';
import { type Dimension, together, unitsFor, utilise } from '../../fit';
import { measured, type Surroundings } from '../../part';
import { assumed, docs } from '../../source';
import { bytes, MIB, short } from '../../units';
import type { CachePart, CacheSpec } from '../cache';
import { networkOf } from '../node-network';

const NODE_SIZES = docs(
  'AWS docs, Engine specific parameters: Memcached node-type specific parameters',
  '2026-11-22',
  'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html',
);
/** `max_cache_memory`, MiB, and `num_threads`. */
const NODES: readonly { type: string; memoryMib: number; threads: number; burstable?: boolean }[] = [
  { type: 'cache.t4g.micro', memoryMib: 512, threads: 2, burstable: true },
  { type: 'cache.t4g.small', memoryMib: 1402, threads: 2, burstable: true },
  { type: 'cache.t4g.medium', memoryMib: 3164, threads: 2, burstable: true },
  { type: 'cache.m7g.large', memoryMib: 6537, threads: 2 },
  { type: 'cache.r7g.large', memoryMib: 13_387, threads: 2 },
  { type: 'cache.m7g.xlarge', memoryMib: 13_248, threads: 4 },
  { type: 'cache.r7g.xlarge', memoryMib: 26_953, threads: 4 },
  { type: 'cache.r7g.2xlarge', memoryMib: 54_084, threads: 8 },
  { type: 'cache.r7g.4xlarge', memoryMib: 108_347, threads: 16 },
];
/** For connections: `memcached_connections_overhead`, of the page of {@link NODE_SIZES}. */
const OVERHEAD_MIB = 100;
/** Threads of the node that {@link CacheSpec.opsPerNode} is of. */
const STATED_THREADS = 2;
const BURSTABLE_OPS_SHARE = { share: 0.05, source: assumed('a burstable node sustains a twentieth of the commands of a steady one') };
/** After a quota increase: AWS docs, Choosing regions and availability zones (dg/RegionsAndAZs.html), 2026-11-22. */
const MAX_NODES = 300;
/** Highest share of memory, threads or network in use. */
const TARGET = 0.75;

/**
 * Nodes that share the keys among themselves. A lost zone takes its share of them, whose keys are missed until they are read again, so the
 * others have to answer for all, but not to hold more than they do.
 * @throws {Error} on what Memcached does not do: a defect of the system file
 */
export function sizeMemcached(id: string, spec: CacheSpec, { zones: across, load }: Surroundings): CachePart {
  if (spec.eviction !== 'allkeys-lru' || spec.snapshots || spec.topology === 'failover')
    throw new Error(`cache "${id}": memcached evicts what was not used for longest, and has neither snapshots nor stand-ins`);
  const zones = spec.topology === 'single' ? 1 : across;
  const ops = load.reads.peak + load.writes.peak;
  const plans = NODES.filter((node) => !(node.burstable && zones > 1)).map((node) => {
    const working: Dimension[] = [
      {
        name: 'commands',
        demand: ops,
        perUnit: spec.opsPerNode.value * (node.burstable ? BURSTABLE_OPS_SHARE.share : node.threads / STATED_THREADS),
        unit: 'ops/s',
        source: node.burstable ? BURSTABLE_OPS_SHARE.source : spec.opsPerNode.source,
      },
      networkOf(node.type, { in: load.bytesIn.peak, out: load.bytesOut.peak }),
    ];
    const holding: Dimension[] = [
      { name: 'memory', demand: spec.bytes, perUnit: (node.memoryMib - OVERHEAD_MIB) * MIB, unit: 'bytes', source: NODE_SIZES },
    ];
    const spread = { zones, target: TARGET, minimum: zones };
    const count = Math.max(unitsFor(working, spread), unitsFor(holding, { ...spread, standIn: true }));
    return { node, working, holding, spread, count, weight: node.memoryMib };
  });
  const most = spec.topology === 'single' ? 1 : MAX_NODES;
  const chosen = cheapest(plans.filter((p) => p.count <= most)) ?? plans.at(-1)!;
  const { node, working, holding, spread } = chosen;
  const nodes = Math.min(chosen.count, most);
  const fit = together(utilise(nodes, working, spread), utilise(nodes, holding, { ...spread, standIn: true }));
  const used = measured({ fit, target: TARGET });
  return {
    id,
    kind: 'cache',
    engine: 'memcached',
    technology: 'ElastiCache for Memcached',
    size: node.type,
    reason: `${short(ops)} commands/s and ${bytes(spec.bytes)} on ${nodes} node${nodes > 1 ? 's' : ''} of ${node.type}, limited by ${used.binding}${zones > 1 ? '; a lost zone costs its share of the hits' : ''}.`,
    load,
    cellsNeeded: Math.ceil(chosen.count / most),
    holds: spec.holds,
    nodeType: node.type,
    shards: nodes,
    replicasPerShard: 0,
    bytes: spec.bytes,
    topology: spec.topology === 'single' ? 'single' : 'cluster',
    eviction: spec.eviction,
    snapshots: false,
    ...used,
  };
}
