import { aws_route53 as route53, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface MailRecordsProps {
  readonly hostedZoneId: string;
  readonly domainName: string;
  /** Name of the servers that take its mail. */
  readonly server: string;
  /** Addresses that send mail in its name, besides those of `server`. @default none */
  readonly senderAddresses?: readonly string[];
  /** Domains whose own SPF says who else may: `amazonses.com`. @default none */
  readonly senderDomains?: readonly string[];
  /** What others do with mail in its name that neither SPF nor DKIM vouches for. */
  readonly dmarc: 'none' | 'quarantine' | 'reject';
  /** Mailbox that gets what others report. */
  readonly reportsTo: string;
  /** Public key, in base64, in one or more pieces of up to 230 letters; a single empty one says that the key is revoked. */
  readonly dkimPublicKey: readonly string[];
  /** Name below `_domainkey` that signatures state. @default 'mail' */
  readonly dkimSelector?: string;
  /** Changes whenever the policy for delivery over TLS does: up to 32 letters and digits. @default there is no policy */
  readonly mtaStsId?: string;
}

/** Seconds a resolver may keep the name of the servers: as long as a server may be out of use when it moves. */
const MX_TTL = '300';
const TTL = '3600';

/**
 * What makes a domain one of mail: who takes it (MX), who may send it (SPF, RFC 7208; DKIM, RFC 6376; DMARC, RFC 7489), and how others
 * deliver over TLS and report where they cannot (MTA-STS, RFC 8461; TLSRPT, RFC 8460).
 */
export class MailRecords extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: MailRecordsProps,
  ) {
    super(scope, id);
    const { server, senderAddresses = [], senderDomains = [], dmarc, reportsTo, dkimPublicKey, dkimSelector = 'mail', mtaStsId } = props;
    const reports = `rua=mailto:${reportsTo}@${props.domainName}`;
    this.record('Servers', 'MX', '', [`10 ${server}.`], MX_TTL);
    this.text('Senders', '', [
      'v=spf1 mx',
      ...senderAddresses.map((a) => ` ip4:${a}`),
      ...senderDomains.map((d) => ` include:${d}`),
      ' -all',
    ]);
    this.record('Signatures', 'TXT', `${dkimSelector}._domainkey`, [`"v=DKIM1; k=rsa; p=${Fn.join('" "', [...dkimPublicKey])}"`]);
    this.text('Policy', '_dmarc', [`v=DMARC1; p=${dmarc}; ${reports}`]);
    this.text('TlsReports', '_smtp._tls', [`v=TLSRPTv1; ${reports}`]);
    if (mtaStsId) this.text('TlsPolicy', '_mta-sts', [`v=STSv1; id=${mtaStsId};`]);
  }

  /** A text of pieces of up to 255 letters, which resolvers put together. */
  private text(id: string, label: string, pieces: readonly string[]): void {
    this.record(id, 'TXT', label, [pieces.map((piece) => `"${piece}"`).join(' ')]);
  }

  private record(id: string, type: 'MX' | 'TXT', label: string, resourceRecords: string[], ttl = TTL): void {
    const { hostedZoneId, domainName } = this.props;
    new route53.CfnRecordSet(this, id, { hostedZoneId, name: label ? `${label}.${domainName}` : domainName, type, ttl, resourceRecords });
  }
}
