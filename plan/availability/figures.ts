import type { PodPart } from '../pods';
import type { Kind, Part, PartByKind } from '../sizing';
import { type Capacity, capacity, derived } from '../source';
import { AGREEMENTS as SLA } from './agreements';

/** Own pods share machines (see {@link machinesUp}); other companies state no figure in any of our sources. */
type Promised = Exclude<Kind, PodPart['kind'] | 'external' | 'sparkJob'>;

/** Shards, cells and balancers of one part do not multiply: a request meets one of them. */
const FIGURES: { [K in Promised]: (part: PartByKind[K]) => Capacity } = {
  accelerator: () => SLA.globalAccelerator,
  cache: (p) =>
    p.utilisationZoneLost === null ? SLA.elastiCacheOneZone : p.engine === 'memcached' ? SLA.memcachedCrossAz : SLA.elastiCacheMultiAz,
  channel: (p) => ({ push: SLA.sns, email: SLA.ses, sms: SLA.sms })[p.medium],
  delivery: () => SLA.kinesis,
  edge: (p) => (p.spec.firewall ? SLA.cloudFrontWithWaf : SLA.cloudFront),
  function: () => SLA.lambda,
  hsm: () => SLA.paymentCryptography,
  kafka: () => SLA.msk,
  keyValue: () => SLA.dynamoDb,
  // A session is lost with its host; another one starts as long as a zone has hosts.
  hostFleet: (p) => machinesUp(p.zones),
  lake: () => SLA.athena,
  loadBalancer: (p) => (p.firewall ? SLA.loadBalancerWithWaf : SLA.loadBalancer),
  machines: (p) =>
    p.standbys > 0
      ? capacity(
          1 - (1 - SLA.ec2Instance.value) ** 2,
          derived(SLA.ec2Instance.source, 'a machine and its standby, in zones that fail independently'),
        )
      : SLA.ec2Instance,
  objectStore: () => SLA.s3,
  queue: () => SLA.sqs,
  rabbitmq: (p) => (p.deployment === 'CLUSTER_MULTI_AZ' ? SLA.amazonMq : SLA.singleNode),
  relational: (p) =>
    ({
      single: SLA.rdsSingle,
      'multi-az': SLA.rdsMultiAz,
      aurora: p.readersPerShard > 0 ? SLA.auroraMultiAz : SLA.auroraOneZone,
    })[p.topology],
  search: (p) => (p.replicas > 0 ? SLA.openSearch : SLA.singleNode),
  streamJob: () => SLA.kinesis,
  wideColumn: () => SLA.keyspaces,
};

/** What is promised of a part in one region; undefined for own pods and for other companies. */
export function promiseOf(part: Part): Capacity | undefined {
  const figure = (FIGURES as Partial<Record<Kind, (part: Part) => Capacity>>)[part.kind];
  return figure?.(part);
}

/** What is promised of a table that every region of several writes. The agreement counts all of them, so it is no region's. */
export function worldwidePromiseOf(part: Part): Capacity | undefined {
  if (part.kind === 'keyValue' && part.spec.multiRegion) return SLA.dynamoDbGlobal;
  if (part.kind === 'wideColumn' && part.multiRegion) return SLA.keyspacesMultiRegion;
  return undefined;
}

/**
 * The machines under all pods of a region. Fleets carry their peak with one zone gone, so they fail when a second one goes;
 * a zone, with its NAT gateway, is taken to be up as long as one instance is promised to be, whatever the others do.
 */
export function machinesUp(zones: number): Capacity {
  const { value: up, source } = SLA.ec2Instance;
  if (zones === 1) return SLA.ec2Instance;
  return capacity(
    up ** zones + zones * up ** (zones - 1) * (1 - up),
    derived(source, `each of ${zones} zones as an instance, independently; one may be down`),
  );
}
