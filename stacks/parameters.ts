import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';
import { ADDRESS_RANGE, ADDRESS_RANGES } from '../constructs/address-range';

/** What only whoever deploys knows. Each is asked once a stack that needs it; `cdk deploy --parameters` answers. */
const PARAMETERS = {
  DomainName: { type: 'String', description: 'Domain of the stage, such as shop.example.com', allowedPattern: '([a-z0-9-]+\\.)+[a-z]{2,}' },
  HostedZoneId: { type: 'AWS::Route53::HostedZone::Id', description: 'Public Route 53 zone that answers for DomainName' },
  AdministratorArn: {
    type: 'String',
    description: 'IAM role or user that administers the Kubernetes cluster',
    allowedPattern: 'arn:aws[a-z-]*:iam::\\d{12}:(role|user)/.+',
  },
  ApiCidrs: {
    type: 'CommaDelimitedList',
    description: `Addresses that reach the Kubernetes API from outside, separated by commas: ${ADDRESS_RANGES}`,
    // Of a list, each value has to match (CloudFormation docs, Parameters: AllowedPattern, 2026-11-22).
    allowedPattern: ADDRESS_RANGE,
    constraintDescription: `takes ${ADDRESS_RANGES}`,
  },
  AlarmEmail: { type: 'String', description: 'Mail address that hears of alarms', allowedPattern: '[^@\\s]+@[^@\\s]+' },
  DkimPublicKey: {
    type: 'CommaDelimitedList',
    description: 'Public key that signatures of mail are checked with, in base64, cut by commas into pieces of up to 230 letters',
  },
  CloudFrontPrefixList: {
    type: 'String',
    description: "The region's prefix list com.amazonaws.global.cloudfront.origin-facing (aws ec2 describe-managed-prefix-lists)",
    allowedPattern: 'pl-[0-9a-f]+',
  },
  S3PrefixList: {
    type: 'String',
    description: "The region's prefix list com.amazonaws.<region>.s3 (aws ec2 describe-managed-prefix-lists)",
    allowedPattern: 'pl-[0-9a-f]+',
  },
  KafkaPrivateConnectivity: {
    type: 'String',
    description:
      'Whether Firehose reaches the brokers: no while the stack is made, yes in the next deployment, as MSK lets nobody in before',
    allowedPattern: 'yes|no',
  },
  StreamPrograms: {
    type: 'String',
    description:
      'Whether the programs of stream jobs, jobs/<id>.jar, are in their buckets: no until they are, as AWS looks for them, then yes',
    allowedPattern: 'yes|no',
  },
} as const;

export type ParameterName = keyof typeof PARAMETERS;

/** A parameter of the stack, made when it is first asked for. */
export function parameter(stack: Stack, name: ParameterName, defaultValue?: string): CfnParameter {
  const existing = stack.node.tryFindChild(name);
  return existing instanceof CfnParameter ? existing : new CfnParameter(stack, name, { ...PARAMETERS[name], default: defaultValue });
}

/** Holds once a parameter is answered with yes: for what AWS does not make before something else is there. */
export function onceAnswered(stack: Stack, name: 'KafkaPrivateConnectivity' | 'StreamPrograms'): CfnCondition {
  const existing = stack.node.tryFindChild(`${name}IsThere`);
  if (existing instanceof CfnCondition) return existing;
  return new CfnCondition(stack, `${name}IsThere`, { expression: Fn.conditionEquals(parameter(stack, name).valueAsString, 'yes') });
}
