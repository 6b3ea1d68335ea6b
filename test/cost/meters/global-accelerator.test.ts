import { globalAcceleratorMeters as meters } from '../../../cost/meters/global-accelerator';
import { bill, charges } from './bill';

const group = (EndpointGroupRegion: string) => ({
  It: { Type: 'AWS::GlobalAccelerator::EndpointGroup', Properties: { EndpointGroupRegion } },
});

test('an accelerator is billed by the hour', () => {
  expect(bill(meters, 'It', { It: { Type: 'AWS::GlobalAccelerator::Accelerator' } })).toEqual([
    'accelerator: 1 accelerator x 730 h = 730 hour at 0.025 = 18.25',
  ]);
});

// 1000 GB x 0.015, and x 0.010; whatever region the accelerator is declared in.
test.each([
  ['us-west-2', 'North America', '0.015 = 15'],
  ['eu-west-1', 'Europe', '0.015 = 15'],
  ['ap-southeast-1', 'Asia Pacific', '0.01 = 10'],
])('a premium is paid on what passes, by where the region %s lies', (region, geography, amount) => {
  expect(bill(meters, 'It', group(region), { dominantGbPerMonth: 1000 })).toEqual([
    `premium, endpoint in ${geography}, clients in ${geography}: GB of the dominant direction = 1000 GB at ${amount}`,
  ]);
});

test('where no premium is known, none is made up', () => {
  expect(() => charges(meters, 'It', group('sa-east-1'), { dominantGbPerMonth: 1 })).toThrow('EndpointGroupRegion is sa-east-1');
});
