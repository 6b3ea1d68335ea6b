/** Types of our templates that hold data, or what data cannot be read without. */
export const STATEFUL: ReadonlySet<string> = new Set([
  'AWS::AmazonMQ::Broker',
  'AWS::Cassandra::Keyspace',
  'AWS::Cassandra::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::KMS::Key',
  'AWS::MSK::Cluster',
  'AWS::MSK::Topic',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::GlobalCluster',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::SQS::Queue',
]);
