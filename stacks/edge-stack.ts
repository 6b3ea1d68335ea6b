import { type aws_s3 as s3, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { recordUsage } from '../constructs/access';
import { Certificate } from '../constructs/certificate';
import { ACCELERATOR_ZONE, CLOUDFRONT_ZONE, DnsRecord } from '../constructs/dns';
import { type CdnOrigin, EdgeCdn, type EdgeCdnProps } from '../constructs/edge-cdn';
import { MailRecords } from '../constructs/mail-records';
import { MtaStsPolicy } from '../constructs/mta-sts-policy';
import { ObjectStore } from '../constructs/object-store';
import { WebFirewall } from '../constructs/web-firewall';
import { acceleratedFronts } from '../plan/accelerators';
import { type MailDomain, sendsByChannel, sendsItself } from '../plan/mail-domain';
import type { Deployment } from '../plan/plan';
import type { AcceleratorPart } from '../plan/sizing/accelerator';
import type { EdgePart } from '../plan/sizing/edge';
import { layAccelerator } from './accelerator';
import { type Answer, nameAnswers, nameCellsAlone, recordId } from './answers';
import type { ComputeStack } from './compute-stack';
import { entriesOf, entryOfMail, nameBelow } from './entries';
import { parameter } from './parameters';
import { edgeUsage, policyUsage } from './usage/edge';
import { StageStack } from './stage-stack';

/** A cell as the edge sees it. */
export interface EdgeCell {
  readonly deployment: Deployment;
  readonly cell: number;
  readonly compute: ComputeStack;
  readonly reachable: ReadonlyMap<string, unknown>;
  /** From which its pods reach the internet. */
  readonly addresses: readonly string[];
}

export interface EdgeStackProps extends StackProps {
  readonly cells: readonly EdgeCell[];
  /** Whether the stack may leave nothing when it is deleted. @default false */
  readonly disposable?: boolean;
}

/** What the world sees of a stage: its names, its distributions with their firewall, its accelerators. One a stage, for all regions and cells. */
export class EdgeStack extends StageStack {
  /** Ids by the part id of the edge. */
  readonly distributions = new Map<string, string>();
  private readonly cells: readonly EdgeCell[];
  private readonly disposable: boolean;
  private readonly domain: string;
  private readonly hostedZoneId: string;

  constructor(scope: Construct, id: string, { cells, disposable = false, ...props }: EdgeStackProps) {
    super(scope, id, props);
    this.cells = cells;
    this.disposable = disposable;
    this.domain = parameter(this, 'DomainName').valueAsString;
    this.hostedZoneId = parameter(this, 'HostedZoneId').valueAsString;
    const [{ deployment }] = cells as [EdgeCell];
    for (const entry of entriesOf(deployment)) {
      const part = deployment.parts.find(({ id }) => id === entry.id);
      for (const label of entry.labels) {
        if (part?.kind === 'edge') this.edge(part, label);
        else if (part?.kind === 'accelerator') this.accelerator(part, label);
        else this.names(label, entry.id);
      }
    }
    if (deployment.mail) this.mail(deployment.mail, deployment);
  }

  /** What is published of the domain as one of mail; in us-east-1, for the certificate of its policy. */
  private mail(mail: MailDomain, deployment: Deployment): void {
    const entry = entryOfMail(deployment)!;
    const server = nameBelow(this.domain, entry.labels[0]!);
    const mode = mail.mtaSts ?? 'enforce';
    const policy = new MtaStsPolicy(this, 'MailPolicy', { domainName: this.domain, server, mode, certificateArn: this.certificate().ref });
    recordUsage(policy.distribution, 'AWS::CloudFront::Distribution', policyUsage);
    recordUsage(policy.function, 'AWS::CloudFront::Function', { invocationsPerMonth: policyUsage.httpsRequestsPerMonth });
    const target = { alias: policy.distribution.attrDomainName, zoneId: CLOUDFRONT_ZONE };
    new DnsRecord(this, 'name-mail-policy', { hostedZoneId: this.hostedZoneId, name: policy.name, target });
    new MailRecords(this, 'Mail', {
      hostedZoneId: this.hostedZoneId,
      domainName: this.domain,
      server,
      senderAddresses: sendsItself(deployment) ? this.cells.flatMap(({ addresses }) => addresses) : [],
      senderDomains: sendsByChannel(deployment) ? ['amazonses.com'] : [],
      dmarc: mail.dmarc,
      reportsTo: mail.reportsTo ?? 'postmaster',
      dkimPublicKey: parameter(this, 'DkimPublicKey', '').valueAsList,
      mtaStsId: policy.id,
    });
  }

  /** A name that balancers or machines of every region and cell answer. */
  private names(label: string, entry: string): void {
    nameAnswers(this, { label, domain: this.domain, hostedZoneId: this.hostedZoneId }, this.answersOf(entry));
  }

  private answersOf(entry: string): Answer[] {
    return this.cells.map(({ deployment: { region }, cell, compute }): Answer => ({ region, cell, targets: compute.targets.get(entry)! }));
  }

  /** Its name, and those of the cells, to which clients come back by themselves. */
  private accelerator(part: AcceleratorPart, label: string): void {
    const { resource } = layAccelerator(this, part, this.cells, this.disposable);
    const name = { label, domain: this.domain, hostedZoneId: this.hostedZoneId };
    const target = { alias: resource.attrDnsName, zoneId: ACCELERATOR_ZONE };
    new DnsRecord(this, recordId(label), { hostedZoneId: this.hostedZoneId, name: nameBelow(this.domain, label), target });
    const [{ deployment }] = this.cells as [EdgeCell];
    const [front] = acceleratedFronts(part.id, deployment);
    const several = this.cells.filter(({ deployment: { cells } }) => cells > 1);
    if (several.length > 0) nameCellsAlone(this, name, this.answersOf(front!.front.id));
  }

  private edge(part: EdgePart, label: string): void {
    const { firewall, requestsPerAddress, ttlSeconds } = part.spec;
    const usage = edgeUsage(part.id, [...new Set(this.cells.map(({ deployment }) => deployment))]);
    const acl = firewall ? new WebFirewall(this, `${part.id}-firewall`, { requestsPerAddress }) : undefined;
    if (acl) recordUsage(acl.resource, 'AWS::WAFv2::WebACL', { requestsPerMonth: usage.httpsRequestsPerMonth });
    const name = nameBelow(this.domain, label);
    const cdn = new EdgeCdn(this, part.id, {
      domainNames: [name],
      certificateArn: this.certificate().ref,
      ttlSeconds,
      origins: this.originsOf(part),
      webAclArn: acl?.resource.attrArn,
    });
    recordUsage(cdn.resource, 'AWS::CloudFront::Distribution', usage);
    this.distributions.set(part.id, cdn.resource.ref);
    const target = { alias: cdn.resource.attrDomainName, zoneId: CLOUDFRONT_ZONE };
    new DnsRecord(this, recordId(label), { hostedZoneId: this.hostedZoneId, name, target });
  }

  /** Servers answer what no bucket does; without servers, the first bucket does. */
  private originsOf(edge: EdgePart): EdgeCdnProps['origins'] {
    const server = this.serverOf(edge);
    const buckets = this.bucketsOf(edge);
    if (server) return { default: { server }, paths: Object.fromEntries(buckets) };
    const [first, ...others] = buckets;
    if (!first) throw new Error(`${this.node.path}: edge "${edge.id}" leads neither to servers nor to buckets`);
    return { default: first[1], paths: Object.fromEntries(others) };
  }

  private serverOf(edge: EdgePart): string | undefined {
    const { flows, parts, platform } = this.cells[0]!.deployment;
    const server = flows
      .filter((flow) => flow.from === edge.id)
      .map((flow) => parts.find((part) => part.id === flow.to)!)
      .find(({ kind }) => kind === 'loadBalancer' || kind === 'service');
    return server && nameBelow(this.domain, `${platform === 'k3s' ? 'box' : server.id}-origin`);
  }

  /** Buckets the edge reads. Each answers the paths below its part's id, and below region and cell where several hold objects of their own. */
  private bucketsOf(edge: EdgePart): [path: string, origin: CdnOrigin][] {
    const { flows, parts } = this.cells[0]!.deployment;
    const stores = parts.filter(
      (part) => part.kind === 'objectStore' && flows.some((flow) => flow.from === edge.id && flow.to === part.id),
    );
    return this.cells.flatMap(({ deployment: { region }, cell, reachable }) =>
      stores.flatMap(({ id }): [string, CdnOrigin][] => {
        const store = reachable.get(id);
        if (!(store instanceof ObjectStore)) return [];
        const { attrRegionalDomainName: bucket } = store.bucket.node.defaultChild as s3.CfnBucket;
        return [[this.cells.length > 1 ? `/${id}/${region.name}/${cell}/*` : `/${id}/*`, { bucket }]];
      }),
    );
  }

  private certificate(): Certificate {
    const existing = this.node.tryFindChild('Certificate');
    return existing instanceof Certificate
      ? existing
      : new Certificate(this, 'Certificate', { domainName: this.domain, hostedZoneId: this.hostedZoneId });
  }
}
