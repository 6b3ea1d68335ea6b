import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';

const published = loadAwsServiceSpecSync();

/**
 * Name of the property that takes a resource's tags, by what AWS publishes of its types; custom resources take none.
 * @throws {Error} for a type that AWS does not publish
 */
export function tagPropertyOf(type: string): string | undefined {
  if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return undefined;
  const { tagInformation, properties } = published.lookup('resource', 'cloudFormationType', 'equals', type).only();
  // Some schemas have the property and do not say so: Budgets::Budget, EC2::LaunchTemplate.
  return tagInformation?.tagPropertyName ?? Object.keys(properties).find((name) => /^\w*Tag(s|Specifications)$/.test(name));
}
