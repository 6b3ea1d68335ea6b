import { hourly } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter } from '../meter';
import { flagAt, listAt, numberAt, property, textAt } from '../property';
import type { Resource } from '../template';
import { fleetSize, getsPublicAddress, instanceCharges, launchTemplateOf, spotShare, volumesOf } from './fleet';

/** Size of a managed node's root volume when neither `DiskSize` nor a launch template states one. */
const DEFAULT_DISK_GB = 20;

/** The Kubernetes control plane, at the rate of versions in standard support. https://aws.amazon.com/eks/pricing/ */
const cluster: Meter = {
  type: 'AWS::EKS::Cluster',
  needs: [],
  charges(cluster) {
    if (flagAt(cluster, 'ComputeConfig.Enabled'))
      throw new Unpriceable('Auto Mode launches instances that no template names; managed node groups can be priced');
    return [hourly('control plane, standard support', 1, '1 cluster', { service: 'EKS', dimension: 'cluster, standard support' })];
  },
};

/** Managed node groups: instances from the minimum over the desired to the maximum size; Spot at an estimate. */
const nodegroup: Meter = {
  type: 'AWS::EKS::Nodegroup',
  needs: [],
  charges(group, _, around) {
    const capacity = textAt(group, 'CapacityType', 'ON_DEMAND');
    if (!['ON_DEMAND', 'SPOT'].includes(capacity)) throw new Unpriceable(`CapacityType is ${capacity}; ON_DEMAND and SPOT can be priced`);
    const spot = capacity === 'SPOT' ? spotShare(around) : undefined;
    const launched = launchTemplateOf(group, 'LaunchTemplate', around);
    const size = fleetSize(group, 'ScalingConfig.MinSize', 'ScalingConfig.DesiredSize', 'ScalingConfig.MaxSize');
    const disk = { type: 'gp3', gb: numberAt(group, 'DiskSize', DEFAULT_DISK_GB) };
    const subnet = listAt(group, 'Subnets')[0];
    const node = launched ?? group;
    return instanceCharges(instanceType(group, launched), size, volumesOf(node, disk), getsPublicAddress(node, subnet, around), spot);
  },
};

export const eksMeters: Meter[] = [cluster, nodegroup];

/** On-demand groups launch the first type of the list that has capacity, Spot groups whichever has most to spare: of equal sizes, it stands for all. */
function instanceType(group: Resource, launched: Resource | undefined): string {
  const first = listAt(group, 'InstanceTypes')[0] ?? (launched && property(launched, 'InstanceType')) ?? 't3.medium';
  if (typeof first === 'string') return first;
  throw new Unpriceable(`the instance type is ${JSON.stringify(first)}; a literal can be priced`);
}
