import { Unpriceable } from '../meter';
import type { Meter } from '../meter';
import { listAt, numberAt, property, textAt } from '../property';
import { fleetSize, getsPublicAddress, instanceCharges, launchTemplateOf, volumesOf } from './fleet';

/** Root volume of Amazon Linux images, for launch templates that state none. */
const IMAGE_VOLUME = { type: 'gp3', gb: 8 };

const MIXED = 'MixedInstancesPolicy';

/**
 * EC2 Auto Scaling groups: on-demand instances of a launch template, from the minimum over the average to the maximum size. Without an average in
 * their usage they stay at the desired capacity.
 */
const group: Meter<'AWS::AutoScaling::AutoScalingGroup'> = {
  type: 'AWS::AutoScaling::AutoScalingGroup',
  needs: [],
  charges(group, { averageInstances }, around) {
    const onDemandPercent = numberAt(group, `${MIXED}.InstancesDistribution.OnDemandPercentageAboveBaseCapacity`, 100);
    if (onDemandPercent < 100)
      throw new Unpriceable(`${100 - onDemandPercent} % of the group is spot, whose price the market sets; 0 % can be priced`);
    const path = property(group, MIXED) ? `${MIXED}.LaunchTemplate.LaunchTemplateSpecification` : 'LaunchTemplate';
    const launched = launchTemplateOf(group, path, around) ?? around.follow(property(group, 'LaunchConfigurationName'));
    if (!launched) throw new Unpriceable('the group launches from a template that is not among those read; one that is can be priced');
    const type = textAt(
      group,
      `${MIXED}.LaunchTemplate.Overrides.0.InstanceType`,
      property(launched, 'InstanceType') as string | undefined,
    );
    const subnet = listAt(group, 'VPCZoneIdentifier')[0];
    const size = fleetSize(group, 'MinSize', 'DesiredCapacity', 'MaxSize');
    const used = { ...size, expected: averageInstances ?? size.expected };
    return instanceCharges(type, used, volumesOf(launched, IMAGE_VOLUME), getsPublicAddress(launched, subnet, around));
  },
};

export const autoScalingMeters: Meter[] = [group];
