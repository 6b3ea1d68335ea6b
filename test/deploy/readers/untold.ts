/** What a template means that does not say so. */
export const IMPLIED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'AWS::EC2::SecurityGroup': { SecurityGroupIngress: [], SecurityGroupEgress: [] },
};

/** Properties that no API of AWS gives back: written once, or a wish about how to make or delete the resource. */
export const UNTOLD: Readonly<Record<string, readonly string[]>> = {
  'AWS::Athena::WorkGroup': ['RecursiveDeleteOption'],
  'AWS::CertificateManager::Certificate': ['DomainValidationOptions'],
  'AWS::CloudFront::Function': ['AutoPublish'],
  'AWS::EC2::FlowLog': ['ResourceType'],
  'AWS::EC2::Instance': ['LaunchTemplate', 'PropagateTagsToVolumeOnCreation'],
  'AWS::ECR::Repository': ['EmptyOnDelete'],
  'AWS::EKS::Addon': ['ResolveConflicts'],
  'AWS::EKS::Cluster': ['BootstrapSelfManagedAddons'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::KMS::Key': ['PendingWindowInDays'],
  'AWS::RDS::DBCluster': ['DeleteAutomatedBackups', 'MasterUserPassword', 'SourceRegion'],
  'AWS::RDS::DBInstance': ['DeleteAutomatedBackups', 'MasterUserPassword', 'SourceRegion'],
  'Custom::BucketEmptier': ['ServiceTimeout'],
};
