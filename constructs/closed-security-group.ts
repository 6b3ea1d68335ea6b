import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

export interface ClosedSecurityGroupProps {
  readonly vpc: ec2.IVpc;
  readonly description: string;
}

/** A security group through which nothing passes, in or out, that was not allowed. */
export class ClosedSecurityGroup extends ec2.SecurityGroup {
  constructor(scope: Construct, id: string, props: ClosedSecurityGroupProps) {
    super(scope, id, { ...props, allowAllOutbound: false });
    // EC2 lets everything out of a group whose template states no rule itself: rules between groups are resources of their own.
    this.addEgressRule(ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.allTraffic(), 'nothing by default');
  }

  /** Opens a port of another group to members of this one, at both ends; again is no change. */
  allowTo(target: ClosedSecurityGroup, port: ec2.Port, why: string): void {
    const id = `to-${target.node.id}-${port}`.replaceAll(' ', '-').toLowerCase();
    if (this.node.tryFindChild(`${id}-out`)) return;
    const rule = { ...port.toRuleJson(), description: why } as Omit<ec2.CfnSecurityGroupIngressProps, 'groupId'>;
    new ec2.CfnSecurityGroupEgress(this, `${id}-out`, {
      ...rule,
      groupId: this.securityGroupId,
      destinationSecurityGroupId: target.securityGroupId,
    });
    new ec2.CfnSecurityGroupIngress(this, `${id}-in`, {
      ...rule,
      groupId: target.securityGroupId,
      sourceSecurityGroupId: this.securityGroupId,
    });
  }
}
