import { aws_eks as eks, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface PodIdentityProps {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Managed policies besides what is granted later. @default none */
  readonly managedPolicies?: readonly iam.IManagedPolicy[];
}

/** The role that pods of one service account take on through EKS Pod Identity. */
export class PodIdentity extends Construct implements iam.IGrantable {
  readonly role: iam.Role;
  readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: PodIdentityProps) {
    super(scope, id);
    this.role = podRole(this, 'Role', props.managedPolicies);
    this.grantPrincipal = this.role.grantPrincipal;
    new eks.CfnPodIdentityAssociation(this, 'Association', {
      clusterName: props.clusterName,
      namespace: props.namespace,
      serviceAccount: props.serviceAccount,
      roleArn: this.role.roleArn,
    });
  }
}

/** A role that the Pod Identity agent hands to pods; add-ons name it themselves instead of an association. */
export function podRole(scope: Construct, id: string, managedPolicies: readonly iam.IManagedPolicy[] = []): iam.Role {
  const agent = new iam.SessionTagsPrincipal(new iam.ServicePrincipal('pods.eks.amazonaws.com'));
  return new iam.Role(scope, id, { assumedBy: agent, managedPolicies: [...managedPolicies] });
}
