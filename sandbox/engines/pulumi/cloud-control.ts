import * as pulumi from '@pulumi/pulumi';

/** Release of Pulumi's provider "AWS Cloud Control" (npm's @pulumi/aws-native, 2026-11-22); the command line fetches it by itself. */
const PROVIDER_VERSION = '1.79.0';

/** Any type of AWS by its raw properties: https://www.pulumi.com/registry/packages/aws-native/api-docs/extensionresource/ (2026-11-22). */
export class ExtensionResource extends pulumi.CustomResource {
  /** What Cloud Control reads of it. */
  declare readonly outputs: pulumi.Output<Record<string, unknown>>;

  constructor(name: string, args: pulumi.Inputs, options: pulumi.CustomResourceOptions) {
    super('aws-native:index:ExtensionResource', name, { outputs: undefined, ...args }, { ...options, version: PROVIDER_VERSION });
  }
}

/** Cloud Control of a region. */
export class Provider extends pulumi.ProviderResource {
  constructor(region: string) {
    super('aws-native', region, { region }, { version: PROVIDER_VERSION });
  }
}
