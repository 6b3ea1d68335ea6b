import { monthly, withoutZeros } from '../charges';
import type { Charge, Meter, Surroundings } from '../meter';
import { property, textAt } from '../property';
import type { Resource } from '../template';
import { getsPublicAddress, instanceCharges, launchTemplateOf, volumesOf } from './fleet';

/** Root volume of Amazon Linux images, for instances that state none. */
const IMAGE_VOLUME = { type: 'gp3', gb: 8 };

/** How the price book names the CPU credits of burstable families. */
const CREDITS: Record<string, string> = { t4g: 't4g', t3: 't3 Linux', t3a: 't3 Linux', t2: 't3 Linux' };

/** Amazon EC2 instances, Linux, on demand: hours, volumes, a public IPv4 address, CPU credits beyond the baseline. */
const instance: Meter<'AWS::EC2::Instance'> = {
  type: 'AWS::EC2::Instance',
  needs: [],
  charges(instance, { burstVcpuHoursPerMonth = 0 }, around) {
    const launched = launchTemplateOf(instance, 'LaunchTemplate', around) ?? instance;
    const type = textAt(instance, 'InstanceType', property(launched, 'InstanceType') as string | undefined);
    const volumes = volumesOf(property(instance, 'BlockDeviceMappings') ? instance : launched, IMAGE_VOLUME);
    return [
      ...instanceCharges(type, 1, volumes, hasOwnAddress(instance, launched, around)),
      ...withoutZeros(credits(type, burstVcpuHoursPerMonth)),
    ];
  },
};

export const ec2Meters: Meter[] = [instance];

/** An Elastic IP takes the place of the automatic address and is billed by itself. */
function hasOwnAddress(instance: Resource, launched: Resource, around: Surroundings): boolean {
  const elastic = ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation'].some((type) => around.referringTo(instance, type, 'InstanceId').length > 0);
  const subnet = property(instance, 'SubnetId') ?? property(instance, 'NetworkInterfaces.0.SubnetId');
  return !elastic && getsPublicAddress(property(instance, 'NetworkInterfaces') ? instance : launched, subnet, around);
}

function credits(type: string, vcpuHours: number): Charge[] {
  const spec = CREDITS[type.split('.')[0]!];
  const price = { service: 'EC2', dimension: 'CPU credits, unlimited mode', spec };
  return spec ? [monthly(`CPU credits ${spec}`, vcpuHours, `${vcpuHours} vCPU-hours above the baseline`, price, 'vCPU-hour')] : [];
}
