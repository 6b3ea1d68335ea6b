import { cheapest } from '../choose-size';
import { type Dimension, unitsFor, utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { type Capacity, docs } from '../source';
import { bytes, GIB, short } from '../units';

/** A full-text index. */
export interface SearchSpec {
  holds: string;
  /** Index without replicas. */
  bytes: number;
  /** Simple queries per second of a 64 GiB node. */
  queriesPerNode: Capacity;
}

export interface SearchPart extends Sized<'search'> {
  holds: string;
  instanceType: string;
  dataNodes: number;
  /** Nodes that only keep the cluster's state; none in small domains. */
  masterNodes: number;
  masterType: string;
  storageGibPerNode: number;
  replicas: number;
}

/** `share` of the queries of the largest is assumed: in proportion to memory, and a fiftieth for a burstable node. */
const TYPES = [
  { type: 't3.small.search', memoryGib: 2, maxStorageGib: 100, share: 0.02, small: true },
  { type: 'r7g.large.search', memoryGib: 16, maxStorageGib: 1536, share: 0.25, small: false },
  { type: 'r7g.xlarge.search', memoryGib: 32, maxStorageGib: 3072, share: 0.5, small: false },
  { type: 'r7g.2xlarge.search', memoryGib: 64, maxStorageGib: 6144, share: 1, small: false },
] as const;
const OPENSEARCH = 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide';
/** Largest gp3 volume. */
const SIZES = docs(
  'AWS docs, Amazon OpenSearch Service quotas: EBS volume size, as tabulated by OpenSearch contributors',
  '2026-11-22',
  `${OPENSEARCH}/limits.html`,
);
/** Index overhead, operating system and room for merges: AWS docs, Sizing Amazon OpenSearch Service domains (sizing-domains.html), 2026-11-22. */
const STORAGE_OVERHEAD = 1.45;
/** The default quota of a domain; quotas count masters too. */
export const MAX_DATA_NODES = {
  value: 80,
  source: docs('AWS docs, Petabyte scale in Amazon OpenSearch Service', '2026-11-22', `${OPENSEARCH}/petabyte-scale.html`),
};
const TARGET = 0.7;

/** Nodes from queries and storage, spread over the zones with a replica in another one. */
export function sizeSearch(id: string, spec: SearchSpec, { zones, load }: Surroundings): SearchPart {
  const replicas = zones > 1 ? 1 : 0;
  const plans = TYPES.filter((t) => zones === 1 || !t.small).map((t) => {
    const dimensions: Dimension[] = [
      {
        name: 'queries',
        demand: load.reads.peak,
        perUnit: spec.queriesPerNode.value * t.share,
        unit: 'queries/s',
        source: spec.queriesPerNode.source,
      },
      {
        name: 'storage',
        demand: spec.bytes * STORAGE_OVERHEAD * (1 + replicas),
        perUnit: t.maxStorageGib * GIB,
        unit: 'bytes',
        source: SIZES,
      },
    ];
    const spread = { zones, target: TARGET, multipleOf: zones, minimum: zones };
    return { t, dimensions, spread, count: unitsFor(dimensions, spread), weight: t.memoryGib };
  });
  // Past the most nodes the largest type is split into cells.
  const { t, dimensions, spread, count } = cheapest(plans.filter((p) => p.count <= MAX_DATA_NODES.value)) ?? plans.at(-1)!;
  const used = measured({ fit: utilise(count, dimensions, spread), target: TARGET });
  const masters = count > zones && zones > 1 ? 3 : 0;
  return {
    id,
    kind: 'search',
    technology: 'OpenSearch Service',
    size: t.type,
    reason: `${short(load.reads.peak)} queries/s and an index of ${bytes(spec.bytes)} with ${replicas} replica on ${count} ${t.type}, limited by ${used.binding}.`,
    load,
    cellsNeeded: Math.ceil(count / MAX_DATA_NODES.value),
    holds: spec.holds,
    instanceType: t.type,
    dataNodes: count,
    masterNodes: masters,
    masterType: 'm7g.large.search',
    storageGibPerNode: Math.max(20, Math.ceil((spec.bytes * STORAGE_OVERHEAD * (1 + replicas)) / count / GIB / TARGET)),
    replicas,
    ...used,
    count: count + masters,
  };
}
