import recommended from 'aws-cdk-lib/recommended-feature-flags.json';

/**
 * Context of every app of this project, whether `cdk.json` or another process runs it: the library's recommended behaviour.
 * References between stacks are weak (`Fn::GetStackOutput`), so no stack holds on to another's export.
 */
export const CONTEXT: Readonly<Record<string, unknown>> = {
  ...recommended,
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',
  // Needs a Lambda function in every network; ours attach no group by default.
  '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': false,
};
