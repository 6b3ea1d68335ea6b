import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ClosedSecurityGroup } from '../../constructs/closed-security-group';

test('lets nothing out that was not allowed, and opens a port at both ends once', () => {
  const stack = new Stack(new App(), 'Test');
  const vpc = new ec2.Vpc(stack, 'Vpc', { restrictDefaultSecurityGroup: false });
  const [caller, callee] = ['caller', 'callee'].map((id) => new ClosedSecurityGroup(stack, id, { vpc, description: id })) as [
    ClosedSecurityGroup,
    ClosedSecurityGroup,
  ];
  caller.allowTo(callee, ec2.Port.tcp(6379), 'reads');
  caller.allowTo(callee, ec2.Port.tcp(6379), 'writes');
  const template = Template.fromStack(stack);
  for (const { Properties } of Object.values(template.findResources('AWS::EC2::SecurityGroup'))) {
    expect(Properties.SecurityGroupEgress).toEqual([{ CidrIp: '127.0.0.1/32', IpProtocol: '-1', Description: 'nothing by default' }]);
  }
  const rule = { IpProtocol: 'tcp', FromPort: 6379, ToPort: 6379, Description: 'reads' };
  template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
  template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
    ...rule,
    GroupId: stack.resolve(caller.securityGroupId),
    DestinationSecurityGroupId: stack.resolve(callee.securityGroupId),
  });
  template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    ...rule,
    GroupId: stack.resolve(callee.securityGroupId),
    SourceSecurityGroupId: stack.resolve(caller.securityGroupId),
  });
});
