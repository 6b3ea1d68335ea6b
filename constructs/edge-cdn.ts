import { aws_cloudfront as cloudfront, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireInRange } from './in-range';

/** Servers, by the name they are reached under over HTTPS; or a bucket, by `<bucket>.s3.<region>.amazonaws.com`. */
export type CdnOrigin = { readonly server: string } | { readonly bucket: string };

export interface EdgeCdnProps {
  /** Names it answers to. */
  readonly domainNames: readonly string[];
  /** Certificate of these names, in ACM in us-east-1. */
  readonly certificateArn: string;
  /** Seconds objects are kept; what a server answers is kept no longer than its own `Cache-Control` says. */
  readonly ttlSeconds: number;
  /** Who answers. A bucket's policy has to let `cloudfront.amazonaws.com` read. */
  readonly origins: {
    /** Answers what no path is for. */
    readonly default: CdnOrigin;
    /** Others by path, such as `/images/*`; the first that fits answers. @default none */
    readonly paths?: Readonly<Record<string, CdnOrigin>>;
  };
  /** Web ACL in front of it. @default none */
  readonly webAclArn?: string;
}

/**
 * A CloudFront distribution before servers, buckets, or both.
 * @throws {Error} when `ttlSeconds` is more than a year, or a path begins with neither `/` nor `*`
 */
export class EdgeCdn extends Construct {
  readonly resource: cloudfront.CfnDistribution;
  private readonly ttlSeconds: number;
  /** Names of the origins, each once however many paths lead to it. */
  private readonly originNames: readonly string[];

  constructor(scope: Construct, id: string, { origins, ttlSeconds, ...props }: EdgeCdnProps) {
    super(scope, id);
    requireInRange(this, 'ttlSeconds', ttlSeconds, 0, 31_536_000);
    const paths = Object.entries(origins.paths ?? {});
    const odd = paths.find(([path]) => !/^[/*]/.test(path));
    if (odd) throw new Error(`${this.node.path}: path "${odd[0]}" begins with neither / nor *`);
    const distinct = new Map([origins.default, ...paths.map(([, origin]) => origin)].map((origin) => [nameOf(origin), origin]));
    this.ttlSeconds = ttlSeconds;
    this.originNames = [...distinct.keys()];
    this.resource = new cloudfront.CfnDistribution(this, 'Distribution', {
      distributionConfig: {
        enabled: true,
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        aliases: [...props.domainNames],
        viewerCertificate: {
          acmCertificateArn: props.certificateArn,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2025,
        },
        webAclId: props.webAclArn,
        origins: [...distinct.values()].map((origin) => this.origin(origin)),
        defaultCacheBehavior: this.behaviour(origins.default),
        cacheBehaviors: paths.map(([pathPattern, origin]) => ({ ...this.behaviour(origin), pathPattern })),
      },
    });
  }

  private idOf(origin: CdnOrigin): string {
    return `${'server' in origin ? 'server' : 'bucket'}-${this.originNames.indexOf(nameOf(origin))}`;
  }

  private origin(origin: CdnOrigin): cloudfront.CfnDistribution.OriginProperty {
    const named = { id: this.idOf(origin), domainName: nameOf(origin) };
    if ('bucket' in origin) return { ...named, s3OriginConfig: {}, originAccessControlId: this.bucketAccess() };
    return {
      ...named,
      customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'], originKeepaliveTimeout: 60 },
    };
  }

  private behaviour(origin: CdnOrigin): cloudfront.CfnDistribution.DefaultCacheBehaviorProperty {
    const common = {
      targetOriginId: this.idOf(origin),
      viewerProtocolPolicy: 'redirect-to-https',
      compress: true,
      responseHeadersPolicyId: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS.responseHeadersPolicyId,
    };
    if ('bucket' in origin) return { ...common, cachePolicyId: this.cachePolicy('ObjectCache', this.ttlSeconds, 'none') };
    return {
      ...common,
      cachePolicyId: this.cachePolicy('ServerCache', 0, 'all'),
      allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      originRequestPolicyId: cloudfront.OriginRequestPolicy.ALL_VIEWER.originRequestPolicyId,
    };
  }

  /** One for all buckets. */
  private bucketAccess(): string {
    const id = 'BucketAccess';
    const access =
      (this.node.tryFindChild(id) as cloudfront.CfnOriginAccessControl | undefined) ??
      new cloudfront.CfnOriginAccessControl(this, id, {
        originAccessControlConfig: {
          name: this.uniqueName('buckets'),
          originAccessControlOriginType: 's3',
          signingBehavior: 'always',
          signingProtocol: 'sigv4',
        },
      });
    return access.ref;
  }

  /** One for all servers, one for all buckets. */
  private cachePolicy(id: string, defaultTtl: number, queryStringBehavior: 'all' | 'none'): string {
    if (this.ttlSeconds === 0) return cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyId;
    const policy =
      (this.node.tryFindChild(id) as cloudfront.CfnCachePolicy | undefined) ??
      new cloudfront.CfnCachePolicy(this, id, {
        cachePolicyConfig: {
          name: this.uniqueName(id),
          minTtl: 0,
          defaultTtl,
          maxTtl: this.ttlSeconds,
          parametersInCacheKeyAndForwardedToOrigin: {
            enableAcceptEncodingBrotli: true,
            enableAcceptEncodingGzip: true,
            cookiesConfig: { cookieBehavior: 'none' },
            headersConfig: { headerBehavior: 'none' },
            queryStringsConfig: { queryStringBehavior },
          },
        },
      });
    return policy.ref;
  }

  /** An account knows cache policies and access controls by name. */
  private uniqueName(suffix: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: 48, separator: '-' })}-${suffix}`;
  }
}

const nameOf = (origin: CdnOrigin): string => ('server' in origin ? origin.server : origin.bucket);
