import { join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import * as pulumi from '@pulumi/pulumi';
import { type BridgedStack, readAssembly } from '../../sandbox/engines/pulumi/assembly';
import { typeFacts, whyWrapped } from '../../sandbox/engines/pulumi/bridge';
import type { Facts } from '../../sandbox/engines/pulumi/facts';
import { nameIn, register } from '../../sandbox/engines/pulumi/program';
import { mentionedIn } from '../../sandbox/engines/pulumi/order';
import { functionsOf } from '../../sandbox/engines/pulumi/resolve';
import { everySandbox, firstAndLargest, type SynthesizedStage } from '../every-stage';
import { CLOUD_CONTROL_TYPES } from './cloud-control-types';

interface Registered {
  type: string;
  properties: Record<string, unknown>;
  createOnly: string[];
}

const STACK = 'AWS::CloudFormation::Stack';
const published = loadAwsServiceSpecSync();

const facts: Facts = {
  pseudo: { 'AWS::AccountId': '123456789012', 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com' },
  zones: new Proxy({}, { get: () => ['a', 'b', 'c'] }),
  parameter: ({ template }, name) => (template.Parameters?.[name]?.Type === 'CommaDelimitedList' ? ['1.2.3.4/32'] : `the ${name}`),
};

const ours = (stacks: readonly BridgedStack[]) =>
  stacks.flatMap(({ name, template }) =>
    Object.entries(template.Resources).map(([id, resource]) => ({ name: nameIn(name, id), resource })),
  );

/** Registers a sandbox with an engine that creates nothing, and answers with what AWS publishes of the types. */
async function registered(stacks: readonly BridgedStack[]) {
  const resources = new Map<string, Registered>();
  const failures: Error[] = [];
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ name, type, inputs }: pulumi.runtime.MockResourceArgs) => {
      if (type !== 'aws-native:index:ExtensionResource') return { id: name, state: inputs as object };
      resources.set(name, inputs as Registered);
      return { id: name, state: { ...(inputs as object), outputs: modelOf(inputs as Registered) } };
    },
  });
  // Pulumi keeps the stack of every promise it makes, which is most of the time.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const outputs = register(stacks, facts, (error) => failures.push(error));
  const values = await new Promise<Record<string, Record<string, string>>>((done) => pulumi.output(outputs).apply(done));
  await pulumi.runtime.disconnect();
  Error.stackTraceLimit = stackTraceLimit;
  return { resources, outputs: values, failures };
}

function modelOf({ type, properties }: Registered): Record<string, unknown> {
  if (type === STACK) {
    const { Outputs } = JSON.parse(String(properties.TemplateBody)) as { Outputs: object };
    return { Outputs: Object.keys(Outputs).map((OutputKey) => ({ OutputKey, OutputValue: `the ${OutputKey}` })) };
  }
  const model = structuredClone(properties);
  const { attributes, primaryIdentifier = [] } = published.lookup('resource', 'cloudFormationType', 'equals', type).only();
  for (const path of [...primaryIdentifier, ...Object.keys(attributes)]) put(model, path.split('.'), `the ${path}`);
  return model;
}

function put(node: Record<string, unknown>, [key, ...rest]: string[], value: string): void {
  if (rest.length === 0) node[key!] ??= value;
  else if (typeof (node[key!] ??= {}) === 'object') put(node[key!] as Record<string, unknown>, rest, value);
}

const assemblyOf = ({ folder }: SynthesizedStage) => join(folder, 'cdk.out');

describe.each(everySandbox)('%s', (_, sandbox) => {
  const stacks = readAssembly(assemblyOf(sandbox));

  test('has nothing that Pulumi would have to refuse, and loses nothing but its expiry', () => {
    const expiry = sandbox.templates.filter(({ name }) => name.endsWith('-expiry.template.json'));
    expect(expiry.length).toBeGreaterThan(0);
    const leftOut = expiry.flatMap(({ resources }) => Object.values(resources).filter(({ Type }) => Type !== 'AWS::Budgets::Budget'));
    const inTemplates = sandbox.templates.reduce((n, { resources }) => n + Object.keys(resources).length, 0);
    expect(ours(stacks)).toHaveLength(inTemplates - leftOut.length);
  });

  test('each type is one that Cloud Control creates, or goes into a stack of its own', () => {
    const unknown = ours(stacks).filter(({ resource }) => !whyWrapped(resource) && !CLOUD_CONTROL_TYPES.has(resource.Type));
    expect(unknown.map(({ name, resource }) => `${name} ${resource.Type}`)).toEqual([]);
  });

  test('whatever is asked of a resource is something that AWS tells', () => {
    const untold = stacks.flatMap(({ name, template: { Resources, Outputs } }) =>
      [...mentionedIn([Object.values(Resources).map(({ Properties }) => Properties), Outputs])].flatMap(([id, asked]) => {
        const resource = Resources[id];
        if (!resource || whyWrapped(resource)) return [];
        return [...asked].filter((what) => !tells(resource.Type, what)).map((what) => `${nameIn(name, id)} (${resource.Type}) ${what}`);
      }),
    );
    expect(untold).toEqual([]);
  });
});

/** By attribute, or where an attribute is a property that was set, by that. */
function tells(type: string, what: string): boolean {
  if (what === 'Ref') return typeFacts(type)!.ref.length === 1;
  const { attributes, properties } = published.lookup('resource', 'cloudFormationType', 'equals', type).only();
  return what in attributes || what in properties;
}

describe.each(firstAndLargest(everySandbox))('%s', (_, sandbox) => {
  test('Pulumi is given every resource, with every function resolved', async () => {
    const stacks = readAssembly(assemblyOf(sandbox));
    const { resources, outputs, failures } = await registered(stacks);
    expect(failures).toEqual([]);
    expect([...resources.keys()].sort()).toEqual(
      ours(stacks)
        .map(({ name }) => name)
        .sort(),
    );
    for (const { name, resource } of ours(stacks)) {
      const { type, properties } = resources.get(name)!;
      const inner = whyWrapped(resource) ? innerOf(properties) : { Type: type, Properties: properties };
      expect([name, inner.Type]).toEqual([name, resource.Type]);
      expect([name, ...functionsOf(inner.Properties)]).toEqual([name]);
      expect(Object.keys(inner.Properties ?? {}).sort()).toEqual(Object.keys(resource.Properties ?? {}).sort());
    }
    for (const { name, template } of stacks) expect(Object.keys(outputs[name]!)).toEqual(Object.keys(template.Outputs ?? {}));
    const values = Object.values(outputs).flatMap((stack) => Object.values(stack));
    expect(values.filter((value) => /undefined|\[object/.test(value))).toEqual([]);

    const own = [...resources.values()].flatMap(({ type, properties }) => (type === STACK ? [String(properties.StackName)] : []));
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own).size).toBe(own.length);
    expect(own.filter((name) => !/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(name))).toEqual([]);
  });
});

/** The one resource of a stack of its own. */
const innerOf = ({ TemplateBody }: Record<string, unknown>) =>
  (JSON.parse(String(TemplateBody)) as { Resources: { Resource: { Type: string; Properties?: object } } }).Resources.Resource;

test('there are sandboxes to look at', () => {
  expect(everySandbox.length).toBeGreaterThan(0);
});
