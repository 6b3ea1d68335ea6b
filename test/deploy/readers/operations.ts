import { DescribeAlarmsCommand, GetDashboardCommand, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import {
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
  ListTagsForResourceCommand as ListLogTagsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  GetScheduleCommand,
  GetScheduleGroupCommand,
  ListTagsForResourceCommand as ListScheduleTagsCommand,
} from '@aws-sdk/client-scheduler';
import { GetConfigurationSetCommand } from '@aws-sdk/client-sesv2';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand as ListTopicTagsCommand,
} from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ListQueueTagsCommand } from '@aws-sdk/client-sqs';
import { orNothing, policyOf, type Readers, tagList } from './reader';

/** Alarms, logs and messages. */
export const operationsReaders: Readers = {
  'AWS::CloudWatch::Alarm': async ({ clients: { cloudwatch }, id }) => {
    const { MetricAlarms: [alarm] = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [id] }));
    if (!alarm) return undefined;
    const { Tags } = await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN: alarm.AlarmArn }));
    return { ...alarm, Tags };
  },
  'AWS::CloudWatch::Dashboard': async ({ clients: { cloudwatch }, id }) => {
    const { DashboardName, DashboardBody, DashboardArn } = await cloudwatch.send(new GetDashboardCommand({ DashboardName: id }));
    const { Tags } = await orNothing(cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN: DashboardArn })));
    return { DashboardName, DashboardBody, Tags };
  },
  'AWS::Logs::LogGroup': async ({ clients: { logs }, id }) => {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: id }));
    const group = logGroups.find(({ logGroupName }) => logGroupName === id);
    if (!group) return undefined;
    const { tags } = await logs.send(new ListLogTagsCommand({ resourceArn: group.arn?.replace(/:\*$/, '') }));
    return { LogGroupName: group.logGroupName, RetentionInDays: group.retentionInDays, KmsKeyId: group.kmsKeyId, Tags: tagList(tags) };
  },
  'AWS::Logs::ResourcePolicy': async ({ clients: { logs }, properties: { PolicyName } }) => {
    const { resourcePolicies = [] } = await logs.send(new DescribeResourcePoliciesCommand({}));
    const policy = resourcePolicies.find(({ policyName }) => policyName === PolicyName);
    return policy && { PolicyName: policy.policyName, PolicyDocument: policy.policyDocument };
  },
  'AWS::SNS::Topic': async ({ clients: { sns }, id }) => {
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: id }));
    const { Tags } = await sns.send(new ListTopicTagsCommand({ ResourceArn: id }));
    return Attributes && { ...Attributes, Tags };
  },
  'AWS::SNS::TopicPolicy': async ({ clients: { sns }, properties: { Topics } }) => {
    const [TopicArn] = Topics as string[];
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    return Attributes && { Topics: [Attributes.TopicArn], PolicyDocument: policyOf(Attributes.Policy) };
  },
  'AWS::SNS::Subscription': async ({ clients: { sns }, properties: { TopicArn, Endpoint } }) => {
    // One that waits for its confirmation has no ARN to ask by.
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: String(TopicArn) }));
    const subscription = Subscriptions?.find((found) => found.Endpoint === Endpoint);
    return subscription && { ...subscription };
  },
  'AWS::SQS::Queue': async ({ clients: { sqs }, id: QueueUrl }) => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    const { Tags } = await sqs.send(new ListQueueTagsCommand({ QueueUrl }));
    return Attributes && { ...Attributes, RedrivePolicy: policyOf(Attributes.RedrivePolicy), Tags: tagList(Tags) };
  },
  'AWS::SQS::QueuePolicy': async ({ clients: { sqs }, properties: { Queues } }) => {
    const [QueueUrl] = Queues as string[];
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] }));
    return Attributes && { Queues, PolicyDocument: policyOf(Attributes.Policy) };
  },
  'AWS::SES::ConfigurationSet': async ({ clients: { ses }, id }) => {
    const { ConfigurationSetName, ...set } = await ses.send(new GetConfigurationSetCommand({ ConfigurationSetName: id }));
    return { ...set, Name: ConfigurationSetName };
  },
  'AWS::Scheduler::ScheduleGroup': async ({ clients: { scheduler }, id }) => {
    const group = await scheduler.send(new GetScheduleGroupCommand({ Name: id }));
    const { Tags } = await scheduler.send(new ListScheduleTagsCommand({ ResourceArn: group.Arn }));
    return { ...group, Tags };
  },
  'AWS::Scheduler::Schedule': async ({ clients: { scheduler }, id, properties: { GroupName } }) => ({
    ...(await scheduler.send(new GetScheduleCommand({ Name: id.split(/[/|]/).at(-1), GroupName: GroupName as string | undefined }))),
  }),
};
