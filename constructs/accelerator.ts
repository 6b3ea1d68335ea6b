import { aws_globalaccelerator as ga, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireInRange } from './in-range';

/** Balancers of one region. */
export interface AcceleratorGroup {
  readonly region: string;
  /** ARNs, 1 to 10; each gets an equal share. */
  readonly balancerArns: readonly string[];
  /**
   * Percent of the clients nearest to the region that stay with it, 0 to 100; the others go to the next one. Regions with 0 are
   * used when no other is well (https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html,
   * 2026-11-22). @default 100
   */
  readonly trafficDial?: number;
  /**
   * Whether the balancers see the addresses of clients, which network balancers that end TLS cannot. It leaves a security group in
   * the network that nobody but the network's owner deletes. @default true
   */
  readonly preservesClientAddress?: boolean;
}

/** Ports, and where they lead in each region. */
export interface AcceleratorListener {
  /** Letters, digits and dashes; tells it from the others. */
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  /** At least one. */
  readonly ports: readonly number[];
  /** At least one, each of another region. */
  readonly groups: readonly AcceleratorGroup[];
}

export interface AcceleratorProps {
  readonly listeners: readonly AcceleratorListener[];
  /** Whether a client's connections all go to the same balancer, told by its address. @default false */
  readonly sticky?: boolean;
}

const MOST_ENDPOINTS = 10;

/**
 * An accelerator: two addresses that lead into AWS's network at the edge nearest to each client, and on to the balancers of the
 * nearest region that is well. What is well is asked of the balancers themselves.
 */
export class Accelerator extends Construct {
  readonly resource: ga.CfnAccelerator;
  /** By listener and region: `web eu-west-1`. */
  readonly groups: ReadonlyMap<string, ga.CfnEndpointGroup>;

  constructor(scope: Construct, id: string, { listeners, sticky }: AcceleratorProps) {
    super(scope, id);
    if (listeners.length === 0) throw new Error(`${this.node.path}: listeners is empty; it takes at least one`);
    this.resource = new ga.CfnAccelerator(this, 'Resource', {
      name: Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }),
      enabled: true,
      ipAddressType: 'IPV4',
    });
    this.groups = new Map(
      listeners.flatMap(({ name, protocol, ports, groups }) => {
        const listener = new ga.CfnListener(this, `Listener-${name}`, {
          acceleratorArn: this.resource.ref,
          protocol: protocol.toUpperCase(),
          portRanges: this.ranges(ports),
          clientAffinity: sticky ? 'SOURCE_IP' : 'NONE',
        });
        return groups.map((group): [string, ga.CfnEndpointGroup] => [`${name} ${group.region}`, this.group(name, listener, group)]);
      }),
    );
  }

  private group(name: string, listener: ga.CfnListener, group: AcceleratorGroup): ga.CfnEndpointGroup {
    const { region, balancerArns, trafficDial, preservesClientAddress } = group;
    requireInRange(this, 'trafficDial', trafficDial, 0, 100);
    requireInRange(this, 'balancerArns', balancerArns.length, 1, MOST_ENDPOINTS);
    return new ga.CfnEndpointGroup(this, `Group-${name}-${region}`, {
      listenerArn: listener.ref,
      endpointGroupRegion: region,
      trafficDialPercentage: trafficDial ?? 100,
      endpointConfigurations: balancerArns.map((endpointId) => ({
        endpointId,
        clientIpPreservationEnabled: preservesClientAddress ?? true,
      })),
    });
  }

  /** Neighbours are one range; a listener takes ten. */
  private ranges(ports: readonly number[]): { fromPort: number; toPort: number }[] {
    const ranges: { fromPort: number; toPort: number }[] = [];
    for (const port of [...ports].sort((a, b) => a - b)) {
      requireInRange(this, 'ports', port, 1, 65_535);
      const last = ranges.at(-1);
      if (last && port <= last.toPort + 1) last.toPort = port;
      else ranges.push({ fromPort: port, toPort: port });
    }
    requireInRange(this, 'ranges of ports', ranges.length, 1, MOST_ENDPOINTS);
    return ranges;
  }
}
