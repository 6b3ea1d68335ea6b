/**
 * What a template does not say but its bill depends on, per resource type. Every figure is a monthly total of the expected
 * load in the resource's own region unless its name says otherwise. Constructs write it into the resource's
 * `Metadata` under {@link USAGE_KEY}; meters read it from there, so an estimate needs nothing but the template.
 * GB are GiB, as AWS bills them.
 */
export interface UsageByType {
  'AWS::EC2::VPC': {
    /** GB that cross a zone border, counted once (both directions are billed). */
    crossZoneGbPerMonth: number;
    /** GB sent to the internet without passing CloudFront. */
    internetOutGbPerMonth: number;
    /** GB sent to other regions. */
    interRegionOutGbPerMonth: number;
  };
  'AWS::EC2::NatGateway': { processedGbPerMonth: number };
  'AWS::EC2::FlowLog': { deliveredGbPerMonth: number };
  'AWS::EC2::VPCEndpoint': { processedGbPerMonth: number };
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    newConnectionsPerSecond: number;
    /** Connections open at the same time, as AWS counts them: active per minute. */
    activeConnections: number;
    processedGbPerMonth: number;
    /** Rule evaluations beyond the ten free ones. NLBs have none. @default 0 */
    ruleEvaluationsPerSecond?: number;
    /** Share of connections and traffic of a protocol where an NLB listens by several: `shareOf:TCP`, 0 to 1. @default all by the dearest: TLS, then UDP */
    [protocol: `shareOf:${string}`]: number;
  };
  'AWS::GlobalAccelerator::EndpointGroup': {
    /** GB that pass it in the direction that has more of them. */
    dominantGbPerMonth: number;
  };
  'AWS::CloudFront::Distribution': {
    httpsRequestsPerMonth: number;
    outGbPerMonth: number;
    /** GB from the edge back to the origin (uploads). @default 0 */
    originUploadGbPerMonth?: number;
    /** Share of the viewers in a geography of the price book, 0 to 1. @default all in `US, Mexico, Canada` */
    [geography: `shareOf:${string}`]: number;
  };
  'AWS::CloudFront::Function': { invocationsPerMonth: number };
  'AWS::WAFv2::WebACL': { requestsPerMonth: number };
  'AWS::Route53::HostedZone': { standardQueriesPerMonth: number; latencyQueriesPerMonth: number };
  'AWS::KMS::Key': { requestsPerMonth: number };
  'AWS::PaymentCryptography::Key': { requestsPerMonth: number };
  'AWS::SecretsManager::Secret': { apiCallsPerMonth: number };
  'AWS::Logs::LogGroup': {
    ingestedGbPerMonth: number;
    storedGb: number;
    /** Metrics that CloudWatch makes of its events (embedded metric format). @default 0 */
    embeddedMetrics?: number;
  };
  'AWS::S3::Bucket': {
    /** GB held in the Standard class. */
    standardGb: number;
    /** GB held in Standard-IA. @default 0 */
    standardIaGb?: number;
    /** GB held in Glacier Instant Retrieval. @default 0 */
    glacierInstantGb?: number;
    /** GB held in Glacier Deep Archive. @default 0 */
    deepArchiveGb?: number;
    /** GB held in Intelligent-Tiering, by access tier: read lately, not for a month, not for three. @default 0 */
    tieredFrequentGb?: number;
    tieredInfrequentGb?: number;
    tieredArchiveGb?: number;
    /** Objects that Intelligent-Tiering watches: those of 128 KB and more. @default 0 */
    tieredObjects?: number;
    putRequestsPerMonth: number;
    getRequestsPerMonth: number;
    /** Objects moved between classes by lifecycle rules. @default 0 */
    lifecycleTransitionsPerMonth?: number;
    /** GB replicated to buckets in other regions. @default 0 */
    replicatedGbPerMonth?: number;
    /** GB through Transfer Acceleration, by edges in the United States, Europe and Japan. @default 0 */
    acceleratedGbPerMonth?: number;
    /** The same by edges elsewhere. @default 0 */
    acceleratedElsewhereGbPerMonth?: number;
  };
  'AWS::DynamoDB::GlobalTable': {
    /** Write request units of 1 KB, in this region. */
    writeUnitsPerMonth: number;
    /** Read request units of 4 KB, strongly consistent count 1, eventually consistent 0.5. */
    readUnitsPerMonth: number;
    storedGb: number;
    /** Writes arriving from replicas of other regions (global tables). @default 0 */
    replicatedWriteUnitsPerMonth?: number;
  };
  'AWS::Cassandra::Table': {
    writeUnitsPerMonth: number;
    readUnitsPerMonth: number;
    storedGb: number;
    ttlDeletesPerMonth: number;
    /** Writes arriving from other regions of a multi-Region keyspace. @default 0 */
    replicatedWriteUnitsPerMonth?: number;
  };
  'AWS::RDS::DBInstance': { backupGbBeyondFree: number };
  'AWS::RDS::DBCluster': { storedGb: number; ioRequestsPerMonth: number; backupGbBeyondFree: number };
  'AWS::RDS::GlobalCluster': { replicatedWriteIosPerMonth: number };
  'AWS::ElastiCache::ReplicationGroup': { backupGbBeyondFree: number };
  'AWS::OpenSearchService::Domain': { snapshotGb: number };
  'AWS::MSK::Cluster': {
    tieredGb: number;
    /** GB through private connectivity, which is then turned on. @default it is not */
    privateConnectivityGbPerMonth?: number;
  };
  'AWS::MSK::Replicator': { processedGbPerMonth: number };
  /** GB of images, layers that several share counted once. */
  'AWS::ECR::Repository': { storedGb: number };
  'AWS::AmazonMQ::Broker': { storedGb: number };
  'AWS::SQS::Queue': { requestsPerMonth: number };
  'AWS::SNS::Topic': {
    publishesPerMonth: number;
    /** Deliveries to phones through APNs, FCM and their like. @default 0 */
    mobilePushesPerMonth?: number;
    httpDeliveriesPerMonth?: number;
  };
  'AWS::SES::ConfigurationSet': { emailsPerMonth: number; attachmentGbPerMonth: number };
  /** Text messages; AWS bills per message and passes the carrier's fee on. */
  'AWS::SMSVOICE::ConfigurationSet': { smsPerMonth: number };
  'AWS::Scheduler::Schedule': { invocationsPerMonth: number };
  'AWS::Lambda::Function': { invocationsPerMonth: number; averageMilliseconds: number };
  'AWS::KinesisAnalyticsV2::Application': {
    /** Hours that it runs. */
    runningHoursPerMonth: number;
    /** GB of all snapshots that are kept. */
    snapshotGb: number;
  };
  'AWS::KinesisFirehose::DeliveryStream': {
    /** GB taken in, of which each record put by an API call counts in steps of 5 KB. */
    ingestedGbPerMonth: number;
  };
  'AWS::Athena::WorkGroup': {
    /** TB that queries look through, each at least 10 MB. */
    scannedTbPerMonth: number;
  };
  /** Look-ups of its tables. */
  'AWS::Glue::Database': { requestsPerMonth: number };
  'AWS::EMRServerless::Application': { vcpuHoursPerMonth: number; gbHoursPerMonth: number };
  'AWS::AutoScaling::AutoScalingGroup': {
    /** Instances of an average hour, where something other than the group says how many. @default the desired capacity */
    averageInstances?: number;
  };
  'AWS::EC2::Instance': {
    /** vCPU-hours above the burstable baseline. @default 0 */
    burstVcpuHoursPerMonth?: number;
  };
}

export type MeteredType = keyof UsageByType;

/** Key of a resource's `Metadata` that holds its usage. */
export const USAGE_KEY = 'scaleprint:usage';

/**
 * Key of a template's own `Metadata` that lists charges of companies other than AWS which the topology causes
 * (card processing, text messages through a provider ...).
 */
export const THIRD_PARTY_KEY = 'scaleprint:third-party';

export interface ThirdPartyUsage {
  /** `price_dimension` of the price book's `ThirdParty` service, such as `card payment`. */
  charge: string;
  /** How many a month, in the unit of the price. */
  quantity: number;
  /** What causes it, for the bill: `95 % of payments through Stripe`. */
  description: string;
}
