import { type Sized, type Surroundings, unsized } from '../part';
import { docs } from '../source';
import { short } from '../units';

/** Two addresses of AWS's network that the whole world uses, in front of the balancers of every region: the way in of a {@link Blueprint.front}. */
export interface AcceleratorSpec {
  /** Whether a client's connections all go to the same balancer, told by its address, as where its session lies there. @default false */
  sticky?: boolean;
}

export interface AcceleratorPart extends Sized<'accelerator'> {
  sticky: boolean;
}

/** Of an endpoint group: a region's balancers behind one of its listeners, in all cells. */
export const ENDPOINTS = {
  value: 10,
  source: docs(
    'AWS docs, AWS::GlobalAccelerator::EndpointGroup: EndpointConfigurations',
    '2026-11-22',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-globalaccelerator-endpointgroup.html',
  ),
};
const BY_DISTANCE = docs(
  'AWS docs, Endpoint groups for standard accelerators in AWS Global Accelerator',
  '2026-11-22',
  'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups.html',
);

/** It has no size: clients enter at the nearest edge, and go to the nearest region that is well. */
export function sizeAccelerator(id: string, { sticky = false }: AcceleratorSpec, { load }: Surroundings): AcceleratorPart {
  return {
    id,
    kind: 'accelerator',
    technology: 'AWS Global Accelerator',
    size: 'on demand',
    reason: `${short(load.requests.peak)} requests/s of this region's clients, who enter at the nearest edge.`,
    load,
    cellsNeeded: 1,
    sticky,
    ...unsized(BY_DISTANCE),
  };
}
