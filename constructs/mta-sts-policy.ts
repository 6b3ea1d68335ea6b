import { createHash } from 'node:crypto';
import { aws_cloudfront as cloudfront, Names, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface MtaStsPolicyProps {
  /** Domain of mail; the policy is at `mta-sts.` below it. */
  readonly domainName: string;
  /** Name of the servers that take its mail. */
  readonly server: string;
  /** Whether others must deliver over TLS or not at all, or only report where they could not. */
  readonly mode: 'testing' | 'enforce';
  /** Certificate of the policy's name, in ACM in us-east-1. */
  readonly certificateArn: string;
}

/** Seconds others remember the policy: a week, as RFC 8461, section 3.2, asks for at least weeks once it has proved itself. */
const MAX_AGE = 604_800;
const PATH = '/.well-known/mta-sts.txt';

/**
 * Tells mail servers of others, at https://mta-sts.<domain>/.well-known/mta-sts.txt, to deliver over TLS (RFC 8461). A function of
 * CloudFront answers, so there is nothing behind it to run; its origin is never asked.
 */
export class MtaStsPolicy extends Construct {
  readonly distribution: cloudfront.CfnDistribution;
  readonly function: cloudfront.CfnFunction;
  readonly name: string;
  /** Another one for another policy. */
  readonly id: string;

  constructor(scope: Construct, id: string, { domainName, server, mode, certificateArn }: MtaStsPolicyProps) {
    super(scope, id);
    this.name = `mta-sts.${domainName}`;
    this.id = createHash('sha256')
      .update(JSON.stringify(Stack.of(this).resolve([mode, MAX_AGE, server])))
      .digest('hex')
      .slice(0, 16);
    const body = ['version: STSv1', `mode: ${mode}`, `mx: ${server}`, `max_age: ${MAX_AGE}`, ''].join('\\r\\n');
    this.function = new cloudfront.CfnFunction(this, 'Function', {
      name: Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }),
      autoPublish: true,
      functionConfig: { comment: `policy of ${PATH}`, runtime: 'cloudfront-js-2.0' },
      functionCode: [
        'function handler(event) {',
        `  if (event.request.uri !== '${PATH}') return { statusCode: 404, statusDescription: 'Not Found' };`,
        "  const headers = { 'content-type': { value: 'text/plain' } };",
        `  return { statusCode: 200, statusDescription: 'OK', headers, body: '${body}' };`,
        '}',
      ].join('\n'),
    });
    this.distribution = new cloudfront.CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        httpVersion: 'http2',
        ipv6Enabled: true,
        aliases: [this.name],
        viewerCertificate: {
          acmCertificateArn: certificateArn,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2025,
        },
        origins: [
          { id: 'none', domainName: server, customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'] } },
        ],
        defaultCacheBehavior: {
          targetOriginId: 'none',
          viewerProtocolPolicy: 'https-only',
          cachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyId,
          functionAssociations: [{ eventType: 'viewer-request', functionArn: this.function.attrFunctionArn }],
        },
      },
    });
  }
}
