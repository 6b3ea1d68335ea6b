import type { UsageByType } from '../../cost/usage';
import { CLIENTS } from '../../plan/part-ref';
import type { Flow } from '../../plan/flow';
import type { Deployment } from '../../plan/plan';
import type { Kind, Part } from '../../plan/sizing';
import { isCopy } from '../../plan/copy';
import { runsAsPods } from '../../plan/pods';
import { MONTH } from '../../plan/units';
import { bytesPerWrite, gib } from './monthly';

/**
 * Share of a zone-crossing GB that is billed, by what a pod talks to; a full GB is billed at both ends. Traffic with caches and
 * databases is billed at the pod's end only (AWS pricing pages of ElastiCache and RDS, data transfer, 2026-11-22). Balancers
 * are absent: Application Load Balancers do not bill it, and our Network Load Balancers stay within their zone. So are services
 * of the region, which have no zone.
 */
const BILLED_SHARE: Partial<Record<Kind, number>> = {
  service: 1,
  stateful: 1,
  machines: 1,
  hostFleet: 1,
  cache: 0.5,
  relational: 0.5,
  kafka: 1,
  rabbitmq: 1,
  search: 1,
};

const bytesBoth = (flow: Flow): number => flow.rate.average * (flow.sentBytes + flow.returnedBytes);

/** What leaves a zone, the network and the region. Callers pick a zone blindly, so all but one zone's share crosses. */
export function networkTraffic({ parts, flows, zones }: Deployment, regions: number): UsageByType['AWS::EC2::VPC'] {
  const byId = new Map(parts.map((part) => [part.id, part]));
  const isOurs = (id: string): boolean =>
    byId.has(id) && (runsAsPods(byId.get(id)!) || ['machines', 'hostFleet', 'streamJob'].includes(byId.get(id)!.kind));
  const crossing = (zones - 1) / zones;
  const called = flows
    .filter((flow) => isOurs(flow.from))
    .reduce((sum, flow) => sum + bytesBoth(flow) * (BILLED_SHARE[byId.get(flow.to)!.kind] ?? 0), 0);
  const between = called * crossing + parts.reduce((sum, part) => sum + copied(part), 0);
  return {
    crossZoneGbPerMonth: gib(between * MONTH),
    internetOutGbPerMonth: gib(flows.reduce((sum, flow) => sum + bytesOut(flow, byId), 0) * MONTH),
    interRegionOutGbPerMonth: gib(
      parts.reduce((sum, part) => sum + replicated(part, flows) * (regions - 1) + forwarded(part, flows), 0) * MONTH,
    ),
  };
}

/** Bytes a second that copies of a stateful part send each other, each in a zone of its own. */
const copied = (part: Part): number => (part.kind === 'stateful' && part.peers ? part.load.bytesWritten.average * (part.replicas - 1) : 0);

/** Answers to clients that no edge carries, and calls to other companies. CloudFront fetches from AWS for free. */
function bytesOut(flow: Flow, parts: ReadonlyMap<string, Part>): number {
  const target = parts.get(flow.to)!;
  if (flow.from === CLIENTS && target.kind !== 'edge') return flow.rate.average * flow.returnedBytes;
  return target.kind === 'external' ? flow.rate.average * flow.sentBytes : 0;
}

/** Bytes a second each other region gets of what is written here; buckets count theirs themselves. */
function replicated(part: Part, flows: readonly Flow[]): number {
  if (part.kind === 'relational' && part.multiRegion && !isCopy(part)) return part.load.writes.average * bytesPerWrite(part.id, flows);
  if (part.kind === 'keyValue' && part.spec.multiRegion) return part.load.writes.average * part.spec.itemBytes;
  return part.kind === 'wideColumn' && part.multiRegion ? part.load.bytesIn.average : 0;
}

/** Bytes a second that callers of a copy write, which go to its home region. */
const forwarded = (part: Part, flows: readonly Flow[]): number =>
  isCopy(part) ? flows.filter((f) => f.to === part.id && f.verb === 'writes').reduce((sum, f) => sum + f.rate.average * f.sentBytes, 0) : 0;
