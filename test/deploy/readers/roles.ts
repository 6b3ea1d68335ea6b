import {
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import type { Properties, Readers } from './reader';

/** Roles, what they may and who may take them. */
export const roleReaders: Readers = {
  'AWS::IAM::Role': async ({ clients: { iam }, id, properties, others }) => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: id }));
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: id }));
    const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName: id }));
    const standalone = others('AWS::IAM::Policy').filter(({ Roles }) => (Roles as unknown[]).includes(id));
    const inline = [...((properties.Policies ?? []) as Properties[]), ...standalone].map(({ PolicyName }) => PolicyName).sort();
    return (
      Role && {
        AssumeRolePolicyDocument: [properties.AssumeRolePolicyDocument, parsed(Role.AssumeRolePolicyDocument)],
        ManagedPolicyArns: [properties.ManagedPolicyArns ?? [], AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)],
        policies: [inline, PolicyNames?.sort()],
      }
    );
  },
  'AWS::IAM::Policy': async ({ clients: { iam }, properties }) => {
    const { PolicyName } = properties as { PolicyName: string };
    const [RoleName] = properties.Roles as string[];
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return { statements: [statements(properties.PolicyDocument), statements(parsed(PolicyDocument))] };
  },
  'AWS::IAM::InstanceProfile': async ({ clients: { iam }, id, properties }) => {
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: id }));
    return InstanceProfile && { Roles: [properties.Roles, InstanceProfile.Roles?.map(({ RoleName }) => RoleName)] };
  },
};

const parsed = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? 'null'));

/** Of each statement what is known before the deployment: resources are mostly attributes that the emulator makes up. */
function statements(document: unknown): unknown {
  const { Statement } = document as { Statement: { Effect: string; Action: unknown; Resource: unknown }[] };
  return Statement.map(({ Effect, Action, Resource }) => ({ Effect, Action, resources: [Resource].flat().length }));
}
