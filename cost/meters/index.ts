import type { Meter } from '../meter';
import { acmMeters } from './acm';
import { amazonMqMeters } from './amazon-mq';
import { athenaMeters } from './athena';
import { autoScalingMeters } from './auto-scaling';
import { cloudfrontMeters } from './cloudfront';
import { cloudwatchMeters } from './cloudwatch';
import { dynamodbMeters } from './dynamodb';
import { ebsMeters } from './ebs';
import { ec2Meters } from './ec2';
import { ecrMeters } from './ecr';
import { eksMeters } from './eks';
import { elasticacheMeters } from './elasticache';
import { elbMeters } from './elb';
import { emrServerlessMeters } from './emr-serverless';
import { eventbridgeMeters } from './eventbridge';
import { firehoseMeters } from './firehose';
import { globalAcceleratorMeters } from './global-accelerator';
import { glueMeters } from './glue';
import { keyspacesMeters } from './keyspaces';
import { kmsMeters } from './kms';
import { kubernetesMeters } from './kubernetes';
import { lambdaMeters } from './lambda';
import { managedFlinkMeters } from './managed-flink';
import { mskMeters } from './msk';
import { opensearchMeters } from './opensearch';
import { paymentCryptographyMeters } from './payment-cryptography';
import { rdsMeters } from './rds';
import { route53Meters } from './route53';
import { s3Meters } from './s3';
import { secretsManagerMeters } from './secrets-manager';
import { sesMeters } from './ses';
import { smsMeters } from './sms';
import { snsMeters } from './sns';
import { sqsMeters } from './sqs';
import { ssmMeters } from './ssm';
import { vpcMeters } from './vpc';
import { wafMeters } from './waf';

const METERS: readonly Meter[] = [
  ...acmMeters,
  ...amazonMqMeters,
  ...athenaMeters,
  ...autoScalingMeters,
  ...cloudfrontMeters,
  ...cloudwatchMeters,
  ...dynamodbMeters,
  ...ebsMeters,
  ...ec2Meters,
  ...ecrMeters,
  ...eksMeters,
  ...elasticacheMeters,
  ...elbMeters,
  ...emrServerlessMeters,
  ...eventbridgeMeters,
  ...firehoseMeters,
  ...globalAcceleratorMeters,
  ...glueMeters,
  ...keyspacesMeters,
  ...kmsMeters,
  ...kubernetesMeters,
  ...lambdaMeters,
  ...managedFlinkMeters,
  ...mskMeters,
  ...opensearchMeters,
  ...paymentCryptographyMeters,
  ...rdsMeters,
  ...route53Meters,
  ...s3Meters,
  ...secretsManagerMeters,
  ...sesMeters,
  ...smsMeters,
  ...snsMeters,
  ...sqsMeters,
  ...ssmMeters,
  ...vpcMeters,
  ...wafMeters,
];

/** The meter of each resource type that can be priced. */
export const metersByType: ReadonlyMap<string, Meter> = new Map(METERS.map((meter) => [meter.type, meter]));
