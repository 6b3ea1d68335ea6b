import { CloudAssembly, CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import { TAGS } from '../../sandbox';
import { SandboxError } from '../../sandbox-error';
import { isLeftOut, LIMITS } from './bridge';
import { functionsOf, KNOWN_FUNCTIONS } from './resolve';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  DeletionPolicy?: string;
}

/** A template, as far as the bridge reads it. */
export interface Template {
  Parameters?: Record<string, { Type: string; Default?: string }>;
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

/** A stack of the assembly without what is left out. */
export interface BridgedStack {
  name: string;
  region: string;
  tags: Readonly<Record<string, string>>;
  template: Template;
  /** Names of the stacks that come before it. */
  after: readonly string[];
}

/** Sections of a template that deploying needs, or may pass over. */
const SECTIONS = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Resources', 'Outputs'];

/**
 * Reads an assembly, each stack after those it needs.
 * @param folder `cdk.out`
 * @throws {SandboxError} naming everything the bridge cannot do
 */
export function readAssembly(folder: string): BridgedStack[] {
  const stacks = new CloudAssembly(folder).stacks.map(bridged);
  const refused = [...new Set(stacks.flatMap(refusals))];
  if (refused.length > 0)
    throw new SandboxError(`Pulumi cannot bring this sandbox about: ${refused.join('; ')}; use --engine cloudformation`);
  return stacks;
}

function bridged({ stackName, environment, tags, template, dependencies }: CloudFormationStackArtifact): BridgedStack {
  const original = template as Template;
  const kept = Object.entries(original.Resources).filter(([, resource]) => !isLeftOut(tags[TAGS.room], resource));
  return {
    name: stackName,
    region: environment.region,
    tags,
    template: { ...original, Resources: Object.fromEntries(kept) },
    after: dependencies.filter(CloudFormationStackArtifact.isCloudFormationStackArtifact).map((stack) => stack.stackName),
  };
}

function refusals({ name, template }: BridgedStack): string[] {
  const { Resources, Outputs } = template;
  const sections = Object.keys(template).filter((section) => !SECTIONS.includes(section));
  const functions = functionsOf([Object.values(Resources).map(({ Properties }) => Properties), Outputs]).filter(
    (f) => !KNOWN_FUNCTIONS.includes(f),
  );
  const kept = Object.entries(Resources).filter(([, { DeletionPolicy = 'Delete' }]) => DeletionPolicy !== 'Delete');
  return [
    ...[...sections, ...functions].map((what) => `${name} uses ${what} (${LIMITS.functions.why})`),
    ...kept.map(
      ([id, { Type, DeletionPolicy }]) => `${id} (${Type}) of ${name} has the deletion policy ${DeletionPolicy} (${LIMITS.keeping.why})`,
    ),
  ];
}
