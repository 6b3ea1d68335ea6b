import { assumed, type Capacity, capacity, derived, docs } from '../source';

const READ = '2026-11-22';
const sla = (service: string, of: string, page: string) =>
  docs(`${service} Service Level Agreement of ${of}`, READ, `https://aws.amazon.com/${page}/sla/`);
/** Agreements we could not read ourselves, in a public table of them. */
const tabulated = (service: string) =>
  docs(
    `cloud-sla, table of AWS agreements: ${service}`,
    READ,
    'https://github.com/mikaelvesavuori/cloud-sla/blob/7358b4e1ccc3864494ae4f791b398b282422bd21/README.md',
  );

const rds = sla('Amazon RDS', '2024-01-22', 'rds');
const aurora = sla('Amazon Aurora', '2022-05-19', 'rds/aurora');
const keyspaces = sla('Amazon Keyspaces', '2023-05-24', 'keyspaces');
const waf = sla('AWS WAF', '2022-05-05', 'waf');
const messaging = tabulated('Amazon Messaging (SQS, SNS)');
const userEngagement = tabulated('Amazon User Engagement (Pinpoint, SES)');
const elastiCache = docs(
  'AWS Database Blog, Introducing 99.99% Availability with Amazon ElastiCache for Redis',
  READ,
  'https://aws.amazon.com/blogs/database/introducing-99-99-availability-with-amazon-elasticache-for-redis-and-amazon-memorydb-for-redis/',
);
const dynamoDb = docs('Dynobase, DynamoDB SLA', READ, 'https://dynobase.dev/dynamodb-sla/');

const EC2_INSTANCE = capacity(0.995, tabulated('Amazon Compute, instance level'));
const LOAD_BALANCER = capacity(0.9999, sla('Elastic Load Balancing', '2022-07-25', 'elasticloadbalancing'));
const CLOUDFRONT = capacity(0.999, sla('Amazon CloudFront', '2022-05-05', 'cloudfront'));

/**
 * Share of a month that AWS promises a service to be up. What was measured is often better; a promise is what one can build
 * on. Route 53 promises 100 % and is no term; nor is the EKS endpoint, which running pods do not ask.
 */
export const AGREEMENTS = {
  ec2Instance: EC2_INSTANCE,
  /** Brokers and search domains of one node are outside of their services' agreements. */
  singleNode: capacity(EC2_INSTANCE.value, assumed('a single node without an agreement of its own is as available as an EC2 instance')),
  loadBalancer: LOAD_BALANCER,
  globalAccelerator: capacity(0.9999, sla('AWS Global Accelerator, multi-AZ', '2022-05-19', 'global-accelerator')),
  cloudFront: CLOUDFRONT,
  loadBalancerWithWaf: capacity(LOAD_BALANCER.value * 0.9995, derived(waf, '99.95 %, times 99.99 % of the balancer')),
  cloudFrontWithWaf: capacity(CLOUDFRONT.value * 0.9995, derived(waf, '99.95 %, times 99.9 % of CloudFront')),
  rdsSingle: capacity(0.995, rds),
  rdsMultiAz: capacity(0.9995, rds),
  auroraOneZone: capacity(0.999, aurora),
  auroraMultiAz: capacity(0.9999, aurora),
  elastiCacheOneZone: capacity(0.995, elastiCache),
  elastiCacheMultiAz: capacity(0.9999, elastiCache),
  /** Nodes of several zones, none of which stands in for another; what is lost is misses. */
  memcachedCrossAz: capacity(0.999, assumed('the agreement on ElastiCache across zones as it was before failover raised it to 99.99 %')),
  dynamoDb: capacity(0.9999, dynamoDb),
  dynamoDbGlobal: capacity(0.99999, dynamoDb),
  keyspaces: capacity(0.9999, keyspaces),
  keyspacesMultiRegion: capacity(0.99999, keyspaces),
  msk: capacity(0.999, tabulated('Amazon MSK')),
  amazonMq: capacity(0.999, tabulated('Amazon MQ')),
  openSearch: capacity(
    0.999,
    docs(
      'AWS Big Data Blog, Amazon OpenSearch Service now supports 99.99% availability using Multi-AZ with Standby: 99.9 % without it',
      READ,
      'https://aws.amazon.com/blogs/big-data/amazon-opensearch-service-now-supports-99-99-availability-using-multi-az-with-standby/',
    ),
  ),
  paymentCryptography: capacity(0.999, assumed('what AWS promises of most services of a region; its own agreement was not read')),
  /** Data Firehose, and Flink as Kinesis Data Analytics. */
  kinesis: capacity(0.999, tabulated('Amazon Kinesis, including Data Analytics and Data Firehose')),
  athena: capacity(0.999, tabulated('Amazon Athena')),
  lambda: capacity(0.9995, tabulated('AWS Lambda')),
  s3: capacity(0.999, sla('Amazon S3', '2023-11-28', 's3')),
  sqs: capacity(0.999, messaging),
  sns: capacity(0.999, messaging),
  ses: capacity(0.999, userEngagement),
  sms: capacity(0.999, derived(userEngagement, 'text messages were part of Pinpoint then')),
} satisfies Record<string, Capacity>;
