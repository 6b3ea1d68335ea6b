import { DISABLE_CREATION_STACK_TRACES, ENABLE_ADDITIONAL_METADATA_COLLECTION, PATH_METADATA_ENABLE_CONTEXT } from 'aws-cdk-lib/cx-api';
import recommended from 'aws-cdk-lib/recommended-feature-flags.json';

/**
 * Context of every app of this project, whether `cdk.json` or another process runs it: the library's recommended behaviour.
 * References between stacks are weak (`Fn::GetStackOutput`), so no stack holds on to another's export.
 */
export const CONTEXT: Readonly<Record<string, unknown>> = {
  ...recommended,
  // Bills name resources by their paths. The `cdk` command asks for them by itself.
  [PATH_METADATA_ENABLE_CONTEXT]: true,
  // Statistics that nobody is sent.
  [ENABLE_ADDITIONAL_METADATA_COLLECTION]: false,
  // A tenth of the time went into them, and they tell where on a machine the code lies. `cdk --debug` brings them back.
  [DISABLE_CREATION_STACK_TRACES]: true,
  '@aws-cdk/core:defaultCrossStackReferences': 'weak',
  // Needs a Lambda function in every network; ours attach no group by default.
  '@aws-cdk/aws-ec2:restrictDefaultSecurityGroup': false,
};
