import { hourly, withoutZeros } from '../charges';
import { HOURS_PER_MONTH, Unpriceable } from '../meter';
import type { Meter, Surroundings } from '../meter';
import { listAt, property, textAt } from '../property';
import type { Resource } from '../template';
import { publicAddress } from './fleet';

/** What one capacity unit holds, per second, at a time and per hour. */
interface CapacityUnit {
  newConnectionsPerSecond: number;
  activeConnections: number;
  gbPerHour: number;
  ruleEvaluationsPerSecond: number;
}

/** https://aws.amazon.com/elasticloadbalancing/pricing/ */
const CAPACITY: Record<'ALB' | 'NLB over TCP' | 'NLB over TLS' | 'NLB over UDP', CapacityUnit> = {
  ALB: { newConnectionsPerSecond: 25, activeConnections: 3000, gbPerHour: 1, ruleEvaluationsPerSecond: 1000 },
  'NLB over TCP': { newConnectionsPerSecond: 800, activeConnections: 100_000, gbPerHour: 1, ruleEvaluationsPerSecond: Infinity },
  'NLB over TLS': { newConnectionsPerSecond: 50, activeConnections: 3000, gbPerHour: 1, ruleEvaluationsPerSecond: Infinity },
  'NLB over UDP': { newConnectionsPerSecond: 400, activeConnections: 50_000, gbPerHour: 1, ruleEvaluationsPerSecond: Infinity },
};

const DEAREST_FIRST = ['TLS', 'UDP', 'TCP'] as const;

type Figures = { [figure: string]: number | undefined };

const KINDS: Record<string, { name: string; dimension: 'LCU' | 'NLCU' }> = {
  application: { name: 'Application Load Balancer', dimension: 'LCU' },
  network: { name: 'Network Load Balancer', dimension: 'NLCU' },
};

/**
 * Application and Network Load Balancers: hours, capacity units by their dearest dimension, and a public IPv4 address in every
 * subnet of an internet-facing one.
 */
export const loadBalancer: Meter<'AWS::ElasticLoadBalancingV2::LoadBalancer'> = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  needs: ['newConnectionsPerSecond', 'activeConnections', 'processedGbPerMonth'],
  charges(balancer, usage, around) {
    const type = textAt(balancer, 'Type', 'application');
    const kind = KINDS[type];
    if (!kind) throw new Unpriceable(`Type is ${type}; ${Object.keys(KINDS).join(' and ')} can be priced`);
    const addresses = publicAddresses(balancer);
    const used = type === 'application' ? [{ unit: 'ALB' as const, share: 1 }] : networkUnits(balancer, usage, around);
    return [
      hourly(kind.name, 1, '1 load balancer', { service: 'ELB', dimension: 'hourly', spec: kind.name }),
      ...used.map(({ unit, share }) => {
        const { units, because } = capacityUnits(usage, share, CAPACITY[unit]);
        return hourly(
          `capacity units, ${unit}`,
          units,
          because,
          { service: 'ELB', dimension: kind.dimension, spec: kind.name },
          'LCU-hour',
        );
      }),
      ...withoutZeros([hourly('public IPv4 address', addresses, `${addresses} subnets`, publicAddress, 'address-hour')]),
    ];
  },
};

export const elbMeters: Meter[] = [loadBalancer];

/** Capacity units used on average over the month by a share of the traffic: the dimension that needs most counts alone. */
function capacityUnits(usage: Figures, share: number, unit: CapacityUnit): { units: number; because: string } {
  const of = (figure: string): number => (usage[figure] ?? 0) * share;
  const [newConnectionsPerSecond, activeConnections] = [of('newConnectionsPerSecond'), of('activeConnections')];
  const [processedGbPerMonth, ruleEvaluationsPerSecond] = [of('processedGbPerMonth'), of('ruleEvaluationsPerSecond')];
  const gbPerHour = processedGbPerMonth / HOURS_PER_MONTH;
  const dimensions = [
    { name: 'new connections/s', used: newConnectionsPerSecond, holds: unit.newConnectionsPerSecond },
    { name: 'active connections', used: activeConnections, holds: unit.activeConnections },
    { name: 'GB/h', used: gbPerHour, holds: unit.gbPerHour },
    { name: 'rule evaluations/s', used: ruleEvaluationsPerSecond, holds: unit.ruleEvaluationsPerSecond },
  ].map((dimension) => ({ ...dimension, units: dimension.used / dimension.holds }));
  const dearest = dimensions.reduce((most, dimension) => (dimension.units > most.units ? dimension : most));
  return { units: dearest.units, because: `${Number(dearest.used.toPrecision(6))} ${dearest.name} / ${dearest.holds} a unit` };
}

/** Each protocol's traffic in units of its own, added up; without shares all of it by the protocol whose units hold least. */
function networkUnits(balancer: Resource, usage: Figures, around: Surroundings): { unit: keyof typeof CAPACITY; share: number }[] {
  const listeners = around.referringTo(balancer, 'AWS::ElasticLoadBalancingV2::Listener', 'LoadBalancerArn');
  const spoken = new Set(listeners.map((listener) => textAt(listener, 'Protocol', 'TCP')));
  const protocols = DEAREST_FIRST.filter((protocol) => spoken.has(protocol));
  const shares = protocols.flatMap((protocol) => {
    const share = usage[`shareOf:${protocol}`];
    return share === undefined ? [] : [{ unit: `NLB over ${protocol}` as const, share }];
  });
  return shares.length > 0 ? shares : [{ unit: `NLB over ${protocols[0] ?? 'TCP'}`, share: 1 }];
}

/** Subnets with an Elastic IP of their own are left out: that address is billed by itself. */
function publicAddresses(balancer: Resource): number {
  if (textAt(balancer, 'Scheme', 'internet-facing') !== 'internet-facing') return 0;
  const mapped = listAt(balancer, 'SubnetMappings');
  const elastic = mapped.filter((_, i) => property(balancer, `SubnetMappings.${i}.AllocationId`) !== undefined);
  return mapped.length > 0 ? mapped.length - elastic.length : listAt(balancer, 'Subnets').length;
}
