import type { Account } from './account';
import { explained } from './failure';
import { SandboxError } from './sandbox-error';

interface Place {
  account: Account;
  region: string;
  /** Parameters that the user gave. */
  given: Readonly<Record<string, string>>;
}

/** Parameters of stacks that the account knows the answer to. `undefined`: it does not after all. */
export const LOOK_UPS: Readonly<Record<string, (place: Place) => Promise<string | undefined>>> = {
  AdministratorArn: administrator,
  HostedZoneId: hostedZone,
  CloudFrontPrefixList: (place) => prefixList(place, 'com.amazonaws.global.cloudfront.origin-facing'),
  S3PrefixList: (place) => prefixList(place, `com.amazonaws.${place.region}.s3`),
};

/** Who asks. The identity of a session leaves the path of its role out, which access entries of a cluster need. */
async function administrator({ account }: Place): Promise<string | undefined> {
  const [, role] = /:role\/(.+)$/.exec(account.principalArn) ?? [];
  if (!role) return account.principalArn;
  const { GetRoleCommand, IAMClient } = await import('@aws-sdk/client-iam');
  const iam = new IAMClient({ region: account.region, credentials: account.credentials });
  const { Role } = await explained(() => iam.send(new GetRoleCommand({ RoleName: role })), account);
  return Role?.Arn;
}

/** The public zone that answers for the domain: of several, the one closest to it. */
async function hostedZone({ account, given: { DomainName: domain } }: Place): Promise<string | undefined> {
  if (!domain) return undefined;
  const { ListHostedZonesByNameCommand, Route53Client } = await import('@aws-sdk/client-route-53');
  const route53 = new Route53Client({ region: account.region, credentials: account.credentials });
  const labels = domain.split('.');
  for (const name of labels.slice(0, -1).map((_, i) => `${labels.slice(i).join('.')}.`)) {
    const { HostedZones = [] } = await explained(() => route53.send(new ListHostedZonesByNameCommand({ DNSName: name })), account);
    const zone = HostedZones.find(({ Name, Config }) => Name === name && !Config?.PrivateZone);
    if (zone) return zone.Id?.replace('/hostedzone/', '');
  }
  throw new SandboxError(
    `no public Route 53 zone of account ${account.id} answers for ${domain}; make one with \`aws route53 create-hosted-zone\`, or give a DomainName below one it has`,
  );
}

async function prefixList({ account, region }: Place, name: string): Promise<string | undefined> {
  const { DescribeManagedPrefixListsCommand, EC2Client } = await import('@aws-sdk/client-ec2');
  const ec2 = new EC2Client({ region, credentials: account.credentials });
  const named = new DescribeManagedPrefixListsCommand({ Filters: [{ Name: 'prefix-list-name', Values: [name] }] });
  const { PrefixLists = [] } = await explained(() => ec2.send(named), { ...account, region });
  return PrefixLists.find(({ PrefixListName }) => PrefixListName === name)?.PrefixListId;
}
