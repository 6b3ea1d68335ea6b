import { ACCOUNT } from './emulator';
import type { Template } from './template';

/** Stands for a value that only the emulator knows: whatever it is, it has to be there. */
export const UNKNOWN = Symbol('unknown');

/** What the references of a deployed template come to. */
export interface Known {
  region: string;
  parameters: Readonly<Record<string, string>>;
  /** Physical ids by logical id. */
  ids: ReadonlyMap<string, string>;
  /** As deployed. */
  template: Template;
  /** Outputs by stack and output. */
  outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Attributes that follow from a resource's physical id, as AWS documents them. */
const ATTRIBUTES: Readonly<Record<string, (id: string, region: string) => string>> = {
  'AWS::EC2::SecurityGroup.GroupId': (id) => id,
  'AWS::EC2::EIP.PublicIp': (id) => id,
  'AWS::IAM::Role.Arn': (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  'AWS::KMS::Key.Arn': (id, region) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`,
  'AWS::Lambda::Function.Arn': (id, region) => `arn:aws:lambda:${region}:${ACCOUNT}:function:${id}`,
  'AWS::Logs::LogGroup.Arn': (id, region) => `arn:aws:logs:${region}:${ACCOUNT}:log-group:${id}:*`,
  'AWS::OpenSearchService::Domain.Arn': (id, region) => `arn:aws:es:${region}:${ACCOUNT}:domain/${id}`,
  'AWS::S3::Bucket.Arn': (id) => `arn:aws:s3:::${id}`,
  'AWS::Scheduler::ScheduleGroup.Arn': (id, region) => `arn:aws:scheduler:${region}:${ACCOUNT}:schedule-group/${id}`,
  'AWS::S3::Bucket.RegionalDomainName': (id, region) => `${id}.s3.${region}.amazonaws.com`,
};

/** Properties of a deployed resource with their references resolved, as far as that goes without asking the emulator. */
export function expected(node: unknown, known: Known): unknown {
  if (Array.isArray(node)) return node.map((child) => expected(child, known)).filter((child) => child !== undefined);
  if (typeof node === 'string') return node.includes('{{resolve:') ? UNKNOWN : node;
  if (typeof node !== 'object' || node === null) return node;
  const [[name, argument] = [], ...more] = Object.entries(node);
  if (more.length === 0 && name === 'Ref') return reference(String(argument), known);
  if (more.length === 0 && name?.startsWith('Fn::')) return call(name, argument, known);
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, expected(child, known)]));
}

function reference(name: string, { region, parameters, ids, template }: Known): unknown {
  const pseudo: Record<string, unknown> = {
    'AWS::Region': region,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::NoValue': undefined,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  if (name in pseudo) return pseudo[name];
  const parameter = template.Parameters?.[name];
  const value = parameters[name] ?? parameter?.Default;
  // The value is the name of a parameter of Systems Manager.
  if (parameter?.Type.startsWith('AWS::SSM::')) return UNKNOWN;
  if (parameter && value !== undefined) return parameter.Type === 'CommaDelimitedList' ? value.split(',') : value;
  return ids.get(name) || UNKNOWN;
}

function call(name: string, argument: unknown, known: Known): unknown {
  if (name === 'Fn::GetAtt') return attribute(argument as [string, string], known);
  if (name === 'Fn::GetAZs') return ['a', 'b', 'c'].map((zone) => `${expected(argument, known) || known.region}${zone}`);
  if (name === 'Fn::GetStackOutput') {
    const { StackName, OutputName } = argument as { StackName: string; OutputName: string };
    return known.outputs[StackName]?.[OutputName] ?? UNKNOWN;
  }
  const value = expected(argument, known);
  if (isUnknown(value)) return UNKNOWN;
  if (name === 'Fn::Join') return (value as [string, string[]])[1].join((value as [string, string[]])[0]);
  if (name === 'Fn::Select') return (value as [string, unknown[]])[1][Number((value as [string])[0])];
  if (name === 'Fn::Split') return (value as [string, string])[1].split((value as [string, string])[0]);
  if (name === 'Fn::Base64') return Buffer.from(String(value)).toString('base64');
  return UNKNOWN;
}

function attribute([id, name]: [string, string], { ids, region, template }: Known): unknown {
  const follows = ATTRIBUTES[`${template.Resources[id]?.Type}.${name}`];
  const physical = ids.get(id);
  return follows && physical ? follows(physical, region) : UNKNOWN;
}

/** Whether a value, or anything in it, is for the emulator to say. */
function isUnknown(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isUnknown);
  if (typeof value === 'object' && value !== null) return Object.values(value).some(isUnknown);
  return value === UNKNOWN;
}
