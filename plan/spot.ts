import { spotTypesOf } from './catalogue/spot';
import type { NodeGroup } from './packing';
import { assumed, docs } from './source';
import { percent } from './units';

/** Of the nodes that an interruptible tier has at most, those that AWS may take back. */
export const SPOT_SHARE = {
  value: 0.9,
  source: assumed('with no Spot machine to be had, a tenth of the most there are works on: what waits gets old, and nothing is lost'),
};

/** Between AWS's word that it takes a machine back and its end. Managed node groups drain the node meanwhile, or earlier as it is recommended. */
export const INTERRUPTION_NOTICE = {
  seconds: 120,
  source: docs(
    'AWS docs, Spot Instance interruption notices',
    '2026-11-22',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html',
  ),
};

/** Keeps so many nodes on demand, at all times, that Spot is never more than its share of them; the others come and go with the load. */
export function withSpot(group: NodeGroup, zones: number): NodeGroup {
  const { min, expected, peak, max } = group.nodes;
  const steady = zones * Math.ceil((max / zones) * (1 - SPOT_SHARE.value) - 1e-9);
  const above = (nodes: number): number => Math.max(nodes - steady, 0);
  const spot = { min: above(min), expected: above(expected), peak: above(peak), max: above(max) };
  const instanceTypes = spotTypesOf(group.instanceType);
  const least = (nodes: number): number => Math.max(nodes, steady);
  return {
    ...group,
    nodes: { min: least(min), expected: least(expected), peak: least(peak), max },
    spot: { instanceTypes, nodes: spot },
    reason: `${group.reason} ${steady} of them on demand; the others, at most ${percent(spot.max / max)}, are Spot machines of ${instanceTypes.join(', ')}.`,
  };
}
