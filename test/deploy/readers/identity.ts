import {
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { policyOf, type Readers } from './reader';

/** Roles, keys and secrets: who may do what, and what protects the data. */
export const identityReaders: Readers = {
  'AWS::IAM::Role': async ({ clients: { iam }, id: RoleName, properties }) => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    // The policies that are resources of their own are read as such.
    const own = ((properties.Policies ?? []) as { PolicyName: string }[]).filter(({ PolicyName }) => PolicyNames.includes(PolicyName));
    const read = own.map(async ({ PolicyName }) => {
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
      return { PolicyName, PolicyDocument: policyOf(PolicyDocument) };
    });
    return {
      ...Role,
      AssumeRolePolicyDocument: policyOf(Role?.AssumeRolePolicyDocument),
      ManagedPolicyArns: AttachedPolicies?.map(({ PolicyArn }) => PolicyArn),
      Policies: await Promise.all(read),
    };
  },
  'AWS::IAM::Policy': async ({ clients: { iam }, properties: { PolicyName, Roles } }) => {
    const roles = Roles as string[];
    const read = roles.map((RoleName) => iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: String(PolicyName) })));
    const found = await Promise.all(read);
    return {
      PolicyName: found[0]?.PolicyName,
      Roles: found.map(({ RoleName }) => RoleName),
      PolicyDocument: policyOf(found[0]?.PolicyDocument),
    };
  },
  'AWS::IAM::InstanceProfile': async ({ clients: { iam }, id }) => {
    // A reference to a profile is its name; the emulator gives an ARN.
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: id.split('/').at(-1) }));
    return InstanceProfile && { ...InstanceProfile, Roles: InstanceProfile.Roles?.map(({ RoleName }) => RoleName) };
  },
  'AWS::KMS::Key': async ({ clients: { kms }, id: KeyId }) => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
    if (KeyMetadata?.KeyState === 'PendingDeletion') return undefined;
    const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    const { Tags } = await kms.send(new ListResourceTagsCommand({ KeyId }));
    return {
      ...KeyMetadata,
      EnableKeyRotation: KeyRotationEnabled,
      KeyPolicy: policyOf(Policy),
      Tags: Tags?.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })),
    };
  },
  'AWS::SecretsManager::Secret': async ({ clients: { secrets }, id }) => {
    const secret = await secrets.send(new DescribeSecretCommand({ SecretId: id }));
    if (secret.DeletedDate) return undefined;
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: id }));
    return { ...secret, ReplicaRegions: secret.ReplicationStatus, GenerateSecretString: generated(SecretString) };
  },
};

/** What asked for such a secret, as far as the secret tells. */
function generated(text: string | undefined): unknown {
  const { password, ...rest } = JSON.parse(text ?? '{}') as Record<string, string>;
  return {
    GenerateStringKey: password === undefined ? undefined : 'password',
    PasswordLength: password?.length,
    ExcludePunctuation: /^[A-Za-z0-9]+$/.test(password ?? ''),
    SecretStringTemplate: JSON.stringify(rest),
  };
}
