import { DescribeCertificateCommand, ListTagsForCertificateCommand } from '@aws-sdk/client-acm';
import {
  DescribeFunctionCommand,
  GetCachePolicyCommand,
  GetDistributionCommand,
  GetFunctionCommand,
  GetOriginAccessControlCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront';
import {
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourceCommand as ListZoneTagsCommand,
} from '@aws-sdk/client-route-53';
import { GetWebACLCommand, ListTagsForResourceCommand as ListAclTagsCommand, type Scope } from '@aws-sdk/client-wafv2';
import type { Properties, Readers } from './reader';

/** Names, certificates, content delivery and firewall. */
export const edgeReaders: Readers = {
  'AWS::CertificateManager::Certificate': async ({ clients: { acm }, id: CertificateArn }) => {
    const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn }));
    const { Tags } = await acm.send(new ListTagsForCertificateCommand({ CertificateArn }));
    const { DomainName, SubjectAlternativeNames, DomainValidationOptions } = Certificate ?? {};
    return (
      Certificate && {
        ...Certificate,
        // The service lists the name itself among the alternatives.
        SubjectAlternativeNames: SubjectAlternativeNames?.filter((name) => name !== DomainName),
        ValidationMethod: DomainValidationOptions?.[0]?.ValidationMethod,
        Tags,
      }
    );
  },
  'AWS::CloudFront::CachePolicy': async ({ clients: { cloudfront }, id }) => {
    const { CachePolicy } = await cloudfront.send(new GetCachePolicyCommand({ Id: id }));
    return CachePolicy && { CachePolicyConfig: withoutItems(CachePolicy.CachePolicyConfig) };
  },
  'AWS::CloudFront::Distribution': async ({ clients: { cloudfront }, id }) => {
    const { Distribution } = await cloudfront.send(new GetDistributionCommand({ Id: id }));
    const { Tags } = await cloudfront.send(new ListTagsForResourceCommand({ Resource: Distribution?.ARN }));
    const config = withoutItems(Distribution?.DistributionConfig) as Properties | undefined;
    return config && { DistributionConfig: config, Tags: Tags?.Items };
  },
  'AWS::CloudFront::Function': async ({ clients: { cloudfront }, properties: { Name } }) => {
    const asked = { Name: String(Name), Stage: 'LIVE' } as const;
    const { FunctionSummary } = await cloudfront.send(new DescribeFunctionCommand(asked));
    const { FunctionCode } = await cloudfront.send(new GetFunctionCommand(asked));
    const { Tags } = await cloudfront.send(new ListTagsForResourceCommand({ Resource: FunctionSummary?.FunctionMetadata?.FunctionARN }));
    return (
      FunctionSummary && {
        Name: FunctionSummary.Name,
        FunctionConfig: FunctionSummary.FunctionConfig,
        Tags: Tags?.Items,
        FunctionCode: FunctionCode && Buffer.from(FunctionCode).toString(),
      }
    );
  },
  'AWS::CloudFront::OriginAccessControl': async ({ clients: { cloudfront }, id }) => {
    const { OriginAccessControl } = await cloudfront.send(new GetOriginAccessControlCommand({ Id: id }));
    return OriginAccessControl && { ...OriginAccessControl };
  },
  'AWS::Route53::HostedZone': async ({ clients: { route53 }, id: Id, properties: { Name } }) => {
    const { HostedZone, VPCs } = await route53.send(new GetHostedZoneCommand({ Id }));
    const { ResourceTagSet } = await route53.send(new ListZoneTagsCommand({ ResourceType: 'hostedzone', ResourceId: Id }));
    return (
      HostedZone && {
        Name: dotted(HostedZone.Name) === dotted(String(Name)) ? Name : HostedZone.Name,
        HostedZoneConfig: HostedZone.Config,
        VPCs,
        HostedZoneTags: ResourceTagSet?.Tags,
      }
    );
  },
  'AWS::Route53::RecordSet': async ({ clients: { route53 }, properties: { HostedZoneId, Name, Type, SetIdentifier } }) => {
    const StartRecordName = String(Name);
    const asked = { HostedZoneId: String(HostedZoneId), StartRecordName, StartRecordType: Type as 'A' };
    const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand(asked));
    const record = ResourceRecordSets.find(
      (found) => dotted(found.Name) === dotted(StartRecordName) && found.Type === Type && found.SetIdentifier === SetIdentifier,
    );
    const { AliasTarget, ResourceRecords } = record ?? {};
    return (
      record && {
        ...record,
        HostedZoneId,
        Name,
        AliasTarget: AliasTarget && { ...AliasTarget, DNSName: AliasTarget.DNSName?.replace(/\.$/, '') },
        ResourceRecords: ResourceRecords?.map(({ Value }) => Value),
      }
    );
  },
  'AWS::WAFv2::WebACL': async ({ clients: { waf }, id }) => {
    const [Name, Id, Scope] = id.split('|') as [string, string, Scope];
    const { WebACL } = await waf.send(new GetWebACLCommand({ Name, Id, Scope }));
    const { TagInfoForResource } = await waf.send(new ListAclTagsCommand({ ResourceARN: WebACL?.ARN }));
    return WebACL && { ...WebACL, Scope, Tags: TagInfoForResource?.TagList };
  },
};

const dotted = (name = ''): string => (name.endsWith('.') ? name : `${name}.`);

/** What templates call a field, where CloudFront has another name. */
const NAMES: Readonly<Record<string, string>> = {
  ACMCertificateArn: 'AcmCertificateArn',
  IsIPV6Enabled: 'IPV6Enabled',
  OriginSslProtocols: 'OriginSSLProtocols',
  SSLSupportMethod: 'SslSupportMethod',
};

/** CloudFront wraps lists as `{ Quantity, Items }`; templates do not. */
function withoutItems(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutItems);
  if (typeof node !== 'object' || node === null) return node;
  if ('Quantity' in node) return withoutItems((node as Properties).Items ?? []);
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [NAMES[key] ?? key, withoutItems(child)]));
}
