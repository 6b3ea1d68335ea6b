import { aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, type aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { metric } from './metric-math';

/** Lets EC2 bring a machine back on other hardware when its own has failed for two minutes. @param name of the machine, for people */
export function recoveryAlarm(scope: Construct, id: string, { ref }: ec2.CfnInstance, name: string): void {
  new cloudwatch.Alarm(scope, id, {
    metric: metric('AWS/EC2', 'StatusCheckFailed_System', 'Minimum', { InstanceId: ref }),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 2,
    alarmDescription: `${name}: the hardware under it fails; EC2 recovers it`,
  }).addAlarmAction(new actions.Ec2Action(actions.Ec2InstanceAction.RECOVER));
}
