import { freeReason } from '../../cost/free-types';
import { metersByType } from '../../cost/meters';

describe('free types', () => {
  test.each([
    'AWS::IAM::Role',
    'AWS::EC2::SecurityGroupIngress',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::EKS::Addon',
    'AWS::CDK::Metadata',
    'Custom::S3AutoDeleteObjects',
    'Kubernetes::Deployment',
  ])('%s has a reason', (type) => expect(freeReason(type)).toMatch(/\w+ \w+/));

  test.each([
    'AWS::Kendra::Index',
    'AWS::EC2::TransitGateway',
    'AWS::RDS::DBShardGroup',
    'AWS::IAMish::Role',
    'Kubernetes::VirtualMachine',
  ])('%s is not known to be free', (type) => expect(freeReason(type)).toBeUndefined());

  test('no type is both free and metered', () => {
    expect(metersByType.size).toBeGreaterThan(40);
    expect([...metersByType.keys()].filter((type) => freeReason(type) !== undefined)).toEqual([]);
  });
});
