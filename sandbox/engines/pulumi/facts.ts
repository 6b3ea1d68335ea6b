import { DescribeAvailabilityZonesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Account } from '../../account';
import { explained } from '../../failure';
import { SandboxError } from '../../sandbox-error';
import type { BridgedStack } from './assembly';

/** What CloudFormation would know by itself. */
export interface Facts {
  /** `AWS::AccountId` and the like, of all stacks. */
  pseudo: Readonly<Record<string, string>>;
  /** Availability zones by region. */
  zones: Readonly<Record<string, readonly string[]>>;
  /** A parameter's value, a list where it is declared as one; undefined where it has none. */
  parameter(stack: BridgedStack, name: string): string | string[] | undefined;
}

const PUBLIC_PARAMETER = 'AWS::SSM::Parameter::Value';

/**
 * Asks AWS for what the templates take for granted.
 * @param parameters by name, or for one stack by `stack:name`
 * @throws {SandboxError} when parameters are missing, or AWS does not answer
 */
export async function lookUp(
  stacks: readonly BridgedStack[],
  parameters: Readonly<Record<string, string>>,
  account: Account,
): Promise<Facts> {
  requireAll(stacks, parameters);
  const zones: Record<string, string[]> = {};
  const published: Record<string, string> = {};
  for (const region of new Set(stacks.map((stack) => stack.region))) {
    const options = { region, credentials: account.credentials };
    const here = stacks.filter((stack) => stack.region === region);
    const names = here.flatMap((stack) =>
      Object.entries(stack.template.Parameters ?? {}).flatMap(([name, { Type }]) =>
        Type.startsWith(PUBLIC_PARAMETER) ? [given(stack, name, parameters) ?? ''] : [],
      ),
    );
    await explained(
      async () => {
        zones[region] = await zonesOf(new EC2Client(options));
        const ssm = new SSMClient(options);
        for (const name of new Set(names))
          published[`${region} ${name}`] = (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value ?? '';
      },
      { region, profile: account.profile },
    );
  }
  const [, partition = 'aws'] = account.principalArn.split(':');
  return {
    pseudo: {
      'AWS::AccountId': account.id,
      'AWS::Partition': partition,
      'AWS::URLSuffix': `amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`,
    },
    zones,
    parameter: (stack, name) => {
      const value = given(stack, name, parameters);
      const type = stack.template.Parameters?.[name]?.Type ?? '';
      if (value === undefined) return undefined;
      if (type.startsWith(PUBLIC_PARAMETER)) return published[`${stack.region} ${value}`];
      return /^(CommaDelimitedList|List<)/.test(type) ? value.split(',') : value;
    },
  };
}

const given = ({ name: stack, template }: BridgedStack, name: string, parameters: Readonly<Record<string, string>>): string | undefined =>
  parameters[`${stack}:${name}`] ?? parameters[name] ?? template.Parameters?.[name]?.Default;

function requireAll(stacks: readonly BridgedStack[], parameters: Readonly<Record<string, string>>): void {
  const missing = stacks.flatMap((stack) =>
    Object.keys(stack.template.Parameters ?? {}).filter((name) => given(stack, name, parameters) === undefined),
  );
  if (missing.length > 0)
    throw new SandboxError(`the templates ask for ${[...new Set(missing)].join(', ')}; give each as --parameter NAME=VALUE`);
}

/** Of the region itself, without local and wavelength zones, as `Fn::GetAZs` has them where every zone has its default subnet. */
async function zonesOf(ec2: EC2Client): Promise<string[]> {
  const { AvailabilityZones = [] } = await ec2.send(
    new DescribeAvailabilityZonesCommand({
      Filters: [
        { Name: 'zone-type', Values: ['availability-zone'] },
        { Name: 'state', Values: ['available'] },
      ],
    }),
  );
  return AvailabilityZones.flatMap(({ ZoneName }) => (ZoneName ? [ZoneName] : [])).sort();
}
