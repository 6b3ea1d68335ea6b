import { ArnFormat, aws_iam as iam, type Stack } from 'aws-cdk-lib';

/** Lets the cluster autoscaler see all groups and resize those of its own cluster. https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md */
export function allowScaling({ grantPrincipal }: iam.IGrantable, stack: Stack, clusterName: string): void {
  grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
      ],
      resources: ['*'],
    }),
  );
  // Groups get their names from EKS; the tag says whose they are.
  const groups = stack.formatArn({
    service: 'autoscaling',
    resource: 'autoScalingGroup',
    resourceName: '*:autoScalingGroupName/eks-*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
      resources: [groups],
      conditions: { StringEquals: { 'aws:ResourceTag/eks:cluster-name': clusterName } },
    }),
  );
  const nodeGroups = stack.formatArn({ service: 'eks', resource: 'nodegroup', resourceName: `${clusterName}/*` });
  grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['eks:DescribeNodegroup'], resources: [nodeGroups] }));
}

/**
 * Lets the AWS Load Balancer Controller register pods with target groups that exist, and nothing else: balancers, listeners
 * and security groups belong to the stacks.
 */
export function allowTargetRegistration({ grantPrincipal }: iam.IGrantable, targetGroupArns: string[]): void {
  grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'],
      resources: targetGroupArns,
    }),
  );
  grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: [
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTags',
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
      ],
      resources: ['*'],
    }),
  );
}

/** Lets KEDA read metrics, which nobody can narrow to some of them: backlogs of queues, topics and brokers. */
export function allowMetrics({ grantPrincipal }: iam.IGrantable): void {
  grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
}
