import { aws_route53 as route53 } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What a name leads to: an AWS resource or another name of the zone, or a fixed address. */
export type DnsTarget = { readonly alias: string; readonly zoneId: string } | { readonly address: string };

/** How Route 53 chooses between several answers to one name. */
export type DnsRouting = { readonly latencyRegion: string } | { readonly weight: number } | { readonly failover: 'PRIMARY' | 'SECONDARY' };

export interface DnsRecordProps {
  readonly hostedZoneId: string;
  readonly name: string;
  readonly target: DnsTarget;
  /** @default the only answer */
  readonly routing?: DnsRouting;
  /** Tells this answer from the others of the name; required with routing. @default none */
  readonly setIdentifier?: string;
}

/** Seconds a resolver may keep a fixed address. */
const TTL = '60';

/** An answer to a name; for distributions an IPv6 one besides. Aliases follow the health of what they lead to. */
export class DnsRecord extends Construct {
  constructor(scope: Construct, id: string, { hostedZoneId, name, target, routing, setIdentifier }: DnsRecordProps) {
    super(scope, id);
    if (routing && !setIdentifier) throw new Error(`${this.node.path}: setIdentifier is missing; records with routing take one`);
    const toCloudFront = 'alias' in target && target.zoneId === CLOUDFRONT_ZONE;
    const record = (recordId: string, type: 'A' | 'AAAA') =>
      new route53.CfnRecordSet(this, recordId, {
        hostedZoneId,
        name,
        type,
        ...('alias' in target
          ? { aliasTarget: { dnsName: target.alias, hostedZoneId: target.zoneId, evaluateTargetHealth: !isWorldwide(target.zoneId) } }
          : { resourceRecords: [target.address], ttl: TTL }),
        ...(routing && { setIdentifier, ...policy(routing) }),
      });
    record('Record', 'A');
    // Distributions answer IPv6 too; networks here are IPv4.
    if (toCloudFront) record('RecordV6', 'AAAA');
  }
}

/** Zone of every CloudFront name. https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
export const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';
/** Zone of every name of Global Accelerator. https://docs.aws.amazon.com/general/latest/gr/global_accelerator.html */
export const ACCELERATOR_ZONE = 'Z2BJ6XQ5FK7U4H';

/** What answers for all regions is well or not by itself; Route 53 cannot evaluate it. */
const isWorldwide = (zoneId: string): boolean => zoneId === CLOUDFRONT_ZONE || zoneId === ACCELERATOR_ZONE;

function policy(routing: DnsRouting): Pick<route53.CfnRecordSetProps, 'region' | 'weight' | 'failover'> {
  if ('latencyRegion' in routing) return { region: routing.latencyRegion };
  return routing;
}
