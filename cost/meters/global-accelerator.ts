import { hourly, monthly } from '../charges';
import { type Meter, Unpriceable } from '../meter';
import { textAt } from '../property';

/** https://aws.amazon.com/global-accelerator/pricing/ */
const accelerator: Meter<'AWS::GlobalAccelerator::Accelerator'> = {
  type: 'AWS::GlobalAccelerator::Accelerator',
  needs: [],
  charges: () => [hourly('accelerator', 1, '1 accelerator', { service: 'GlobalAccelerator', dimension: 'accelerator fixed fee' }, 'hour')],
};

/** How the price names where a region lies, by the start of its name. */
const GEOGRAPHIES: readonly [prefix: string, geography: string][] = [
  ['us-', 'North America'],
  ['ca-', 'North America'],
  ['mx-', 'North America'],
  ['eu-', 'Europe'],
  ['ap-', 'Asia Pacific'],
];

/** The premium on top of what data sent to the internet costs anyway; clients are taken to be where the region is that serves them. */
const endpointGroup: Meter<'AWS::GlobalAccelerator::EndpointGroup'> = {
  type: 'AWS::GlobalAccelerator::EndpointGroup',
  needs: ['dominantGbPerMonth'],
  charges(group, { dominantGbPerMonth = 0 }) {
    const region = textAt(group, 'EndpointGroupRegion', '');
    const geography = GEOGRAPHIES.find(([prefix]) => region.startsWith(prefix))?.[1];
    if (!geography) throw new Unpriceable(`EndpointGroupRegion is ${region || 'missing'}, of which the price book has no premium`);
    const spec = `endpoint in ${geography}, clients in ${geography}`;
    return [
      monthly(
        `premium, ${spec}`,
        dominantGbPerMonth,
        'GB of the dominant direction',
        { service: 'GlobalAccelerator', dimension: 'DT-premium', spec },
        'GB',
      ),
    ];
  },
};

export const globalAcceleratorMeters: Meter[] = [accelerator, endpointGroup];
