import { aws_cloudfront as cloudfront, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireInRange } from './in-range';

/** A bucket whose objects are served. Its policy has to let `cloudfront.amazonaws.com` read. */
export interface BucketOrigin {
  /** `<bucket>.s3.<region>.amazonaws.com` */
  readonly domainName: string;
  /** Paths it answers, such as `/images/*`. @default everything */
  readonly pathPattern?: string;
}

export interface EdgeCdnProps {
  /** Names it answers to. */
  readonly domainNames: readonly string[];
  /** Certificate of these names, in ACM in us-east-1. */
  readonly certificateArn: string;
  /** Seconds objects are kept; what a server answers is kept no longer than its own `Cache-Control` says. */
  readonly ttlSeconds: number;
  /** Name of the servers, reached over HTTPS, that answer what no bucket does. @default none: buckets only */
  readonly server?: string;
  /** @default none: the server only */
  readonly buckets?: readonly BucketOrigin[];
  /** Web ACL in front of it. @default none */
  readonly webAclArn?: string;
}

const SERVER = 'server';

/** A CloudFront distribution before servers, buckets, or both. */
export class EdgeCdn extends Construct {
  readonly resource: cloudfront.CfnDistribution;
  private readonly props: EdgeCdnProps;

  constructor(scope: Construct, id: string, props: EdgeCdnProps) {
    super(scope, id);
    requireInRange(this, 'ttlSeconds', props.ttlSeconds, 0, 31_536_000);
    const buckets = props.buckets ?? [];
    const [first] = buckets;
    if (!props.server && !first) throw new Error(`${this.node.path} has neither a server nor buckets; it takes at least one origin`);
    const unreachable = buckets.findIndex((bucket, i) => !bucket.pathPattern && (props.server || i > 0));
    if (unreachable >= 0)
      throw new Error(`${this.node.path}: bucket ${unreachable + 1} has no pathPattern; only one origin can answer everything`);
    this.props = props;
    const forServer = this.serverBehaviour();
    const forBuckets = this.bucketBehaviours(buckets);
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
        origins: [...this.serverOrigin(), ...this.bucketOrigins(buckets)],
        defaultCacheBehavior: forServer ?? forBuckets[0]!,
        cacheBehaviors: forBuckets.flatMap((behaviour, i) =>
          buckets[i]!.pathPattern ? [{ ...behaviour, pathPattern: buckets[i]!.pathPattern! }] : [],
        ),
      },
    });
  }

  private serverOrigin(): cloudfront.CfnDistribution.OriginProperty[] {
    if (!this.props.server) return [];
    const customOriginConfig = { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'], originKeepaliveTimeout: 60 };
    return [{ id: SERVER, domainName: this.props.server, customOriginConfig }];
  }

  private bucketOrigins(buckets: readonly BucketOrigin[]): cloudfront.CfnDistribution.OriginProperty[] {
    if (buckets.length === 0) return [];
    const control = new cloudfront.CfnOriginAccessControl(this, 'BucketAccess', {
      originAccessControlConfig: {
        name: this.uniqueName('buckets'),
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    return buckets.map(({ domainName }, i) => ({ id: `bucket-${i}`, domainName, s3OriginConfig: {}, originAccessControlId: control.ref }));
  }

  private serverBehaviour(): cloudfront.CfnDistribution.DefaultCacheBehaviorProperty | undefined {
    if (!this.props.server) return undefined;
    return {
      ...behaviour(SERVER, this.cachePolicy('ServerCache', 0, 'all')),
      allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'],
      originRequestPolicyId: cloudfront.OriginRequestPolicy.ALL_VIEWER.originRequestPolicyId,
    };
  }

  private bucketBehaviours(buckets: readonly BucketOrigin[]): cloudfront.CfnDistribution.DefaultCacheBehaviorProperty[] {
    if (buckets.length === 0) return [];
    const cache = this.cachePolicy('ObjectCache', this.props.ttlSeconds, 'none');
    return buckets.map((_, i) => behaviour(`bucket-${i}`, cache));
  }

  private cachePolicy(id: string, defaultTtl: number, queryStringBehavior: 'all' | 'none'): string {
    if (this.props.ttlSeconds === 0) return cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyId;
    const policy = new cloudfront.CfnCachePolicy(this, id, {
      cachePolicyConfig: {
        name: this.uniqueName(id),
        minTtl: 0,
        defaultTtl,
        maxTtl: this.props.ttlSeconds,
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

const behaviour = (targetOriginId: string, cachePolicyId: string): cloudfront.CfnDistribution.DefaultCacheBehaviorProperty => ({
  targetOriginId,
  cachePolicyId,
  viewerProtocolPolicy: 'redirect-to-https',
  compress: true,
  responseHeadersPolicyId: cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS.responseHeadersPolicyId,
});
