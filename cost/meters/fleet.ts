import { spell } from '../band';
import { hourly, times } from '../charges';
import { Unpriceable } from '../meter';
import type { Band, Charge, PriceKey, Surroundings } from '../meter';
import { flagAt, listAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';
import { volumeCharges } from './ebs';
import type { Volume } from './ebs';

export const publicAddress: PriceKey = { service: 'VPC', dimension: 'public IPv4 address', spec: 'in use or idle' };

/** Of the on-demand price; the market sets that of Spot, by the hour and zone. */
const SPOT_SHARE: PriceKey = { service: 'EC2', dimension: 'Spot price as a share of on demand', spec: 'estimate' };

/**
 * The estimated price of a Spot Instance as a share of the on-demand price.
 * @throws Unpriceable where the price book has no estimate
 */
export function spotShare({ find }: Pick<Surroundings, 'find'>): number {
  const share = find(SPOT_SHARE)?.usd;
  if (share === undefined)
    throw new Unpriceable(`CapacityType is SPOT and the price book has no ${SPOT_SHARE.dimension}; ON_DEMAND can be priced`);
  return share;
}

/**
 * Instances that run all month, with their volumes and public addresses. https://aws.amazon.com/ec2/pricing/on-demand/
 * @param spot share of the on-demand price that Spot Instances are estimated at. @default they are on demand
 */
export function instanceCharges(
  type: string,
  count: number | Band,
  volumes: readonly Volume[],
  hasPublicAddress: boolean,
  spot?: number,
): Charge[] {
  const instances = count === 1 ? '1 instance' : `${spell(count)} instances`;
  const onDemand = hourly(`instance ${type}`, count, instances, { service: 'EC2', dimension: 'instance', spec: type });
  return [
    spot === undefined
      ? onDemand
      : {
          ...onDemand,
          dimension: `${onDemand.dimension}, Spot (estimated)`,
          quantity: times(onDemand.quantity, spot),
          formula: `${onDemand.formula} x ${spot} of the on-demand price, an estimate: the market sets it`,
        },
    ...volumes.flatMap((volume, i) => volumeCharges(volume, count, i === 0 ? 'root volume' : `volume ${i + 1}`)),
    ...(hasPublicAddress ? [hourly('public IPv4 address', count, instances, publicAddress, 'address-hour')] : []),
  ];
}

/** How many members a fleet has, scaled in, as desired, and scaled out. Desired is the minimum unless stated. */
export function fleetSize(fleet: Resource, min: string, desired: string, max: string): Band {
  const least = numberAt(fleet, min);
  return { min: least, expected: numberAt(fleet, desired, least), max: numberAt(fleet, max) };
}

/** The `LaunchTemplateData` a fleet launches from, as a resource whose properties it is; undefined when it names no launch template of the estimate. */
export function launchTemplateOf(fleet: Resource, path: string, around: Surroundings): Resource | undefined {
  const template = around.follow(property(fleet, path));
  return template && { ...template, properties: (template.properties.LaunchTemplateData ?? {}) as Record<string, unknown> };
}

/**
 * Volumes of a `BlockDeviceMappings` list.
 * @param image volume of the machine image where the list is empty.
 */
export function volumesOf(resource: Resource, image: Volume): Volume[] {
  const volumes = listAt(resource, 'BlockDeviceMappings').flatMap((_, i) => {
    const ebs = `BlockDeviceMappings.${i}.Ebs`;
    if (property(resource, ebs) === undefined) return [];
    return [
      {
        type: textAt(resource, `${ebs}.VolumeType`, image.type),
        gb: numberAt(resource, `${ebs}.VolumeSize`, image.gb),
        iops: numberAt(resource, `${ebs}.Iops`, 0),
        throughput: numberAt(resource, `${ebs}.Throughput`, 0),
      },
    ];
  });
  return volumes.length > 0 ? volumes : [image];
}

/** Whether instances get a public address: as their network interface or launch configuration says, else as their subnet does. */
export function getsPublicAddress(launched: Resource, subnet: unknown, around: Surroundings): boolean {
  const associates = property(launched, 'NetworkInterfaces.0.AssociatePublicIpAddress') ?? property(launched, 'AssociatePublicIpAddress');
  if (associates !== undefined) return String(associates) === 'true';
  const place = around.follow(subnet);
  return place !== undefined && flagAt(place, 'MapPublicIpOnLaunch');
}
