import { autoScalingMeters } from '../../../cost/meters/auto-scaling';
import { bill } from './bill';

const template = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { InstanceType: 'c7g.large' } } };
const group = (properties: object, Lt: { Type: string; Properties: object } = template) => ({
  It: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '4', ...properties } },
  Lt: { ...Lt, Properties: { ...Lt.Properties } },
});
// c7g.large 0.0725: 1 | 2 | 4 x 730 h
const hours = 'instance c7g.large: 2 (1 to 4) instances x 730 h = 730 | 1460 | 2920 hour at 0.0725 = 52.92 | 105.85 | 211.7';
const root = 'root volume gp3: 2 (1 to 4) x 8 GB = 8 | 16 | 32 GB-month at 0.08 = 0.64 | 1.28 | 2.56';

describe('Auto Scaling groups', () => {
  test('pay between their least and most instances', () => {
    expect(bill(autoScalingMeters, 'It', group({ DesiredCapacity: '2', LaunchTemplate: { LaunchTemplateId: { Ref: 'Lt' } } }))).toEqual([
      hours,
      root,
    ]);
  });

  test('average as many as who scales them says', () => {
    const scaled = group({ LaunchTemplate: { LaunchTemplateId: { Ref: 'Lt' } } });
    expect(bill(autoScalingMeters, 'It', scaled, { averageInstances: 2 })).toEqual([hours, root]);
  });

  test('may launch from a launch configuration, which gives addresses too', () => {
    const configuration = {
      Type: 'AWS::AutoScaling::LaunchConfiguration',
      Properties: { InstanceType: 'c7g.large', AssociatePublicIpAddress: true },
    };
    expect(bill(autoScalingMeters, 'It', group({ DesiredCapacity: '2', LaunchConfigurationName: { Ref: 'Lt' } }, configuration))).toEqual([
      ...[hours, root],
      'public IPv4 address: 2 (1 to 4) instances x 730 h = 730 | 1460 | 2920 address-hour at 0.005 = 3.65 | 7.3 | 14.6',
    ]);
  });

  const mixed = (InstancesDistribution: object) => ({
    DesiredCapacity: '2',
    MixedInstancesPolicy: {
      InstancesDistribution,
      LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'Lt' } }, Overrides: [{ InstanceType: 'c7g.large' }] },
    },
  });

  test('take the first override of a mixed policy', () => {
    expect(bill(autoScalingMeters, 'It', group(mixed({})))).toEqual([hours, root]);
  });

  test('cannot be priced as spot, or from an unknown template', () => {
    expect(() => bill(autoScalingMeters, 'It', group(mixed({ OnDemandPercentageAboveBaseCapacity: 20 })))).toThrow(
      /80 % of the group is spot/,
    );
    expect(() => bill(autoScalingMeters, 'It', group({ LaunchTemplate: { LaunchTemplateId: 'lt-1' } }))).toThrow(/not among those read/);
  });
});
