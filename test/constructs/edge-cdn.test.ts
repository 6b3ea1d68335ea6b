import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EdgeCdn, type EdgeCdnProps } from '../../constructs/edge-cdn';

function templateOf(props: Pick<EdgeCdnProps, 'origins'> & Partial<EdgeCdnProps>): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  new EdgeCdn(stack, 'cdn', { domainNames: ['shop.example.com'], certificateArn: 'arn:certificate', ttlSeconds: 3600, ...props });
  return Template.fromStack(stack);
}

const server = { server: 'origin.example.com' };
const images = { bucket: 'images.s3.us-east-1.amazonaws.com' };
const films = { bucket: 'films.s3.us-east-1.amazonaws.com' };

test('speaks HTTP/2 and 3 over modern TLS for its names', () => {
  templateOf({ origins: { default: server }, webAclArn: 'arn:acl' }).hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      Aliases: ['shop.example.com'],
      HttpVersion: 'http2and3',
      ViewerCertificate: { AcmCertificateArn: 'arn:certificate', MinimumProtocolVersion: 'TLSv1.2_2025', SslSupportMethod: 'sni-only' },
      WebACLId: 'arn:acl',
      DefaultCacheBehavior: Match.objectLike({ ViewerProtocolPolicy: 'redirect-to-https' }),
    },
  });
});

test('keeps what a server marks, for no longer than its time, and passes every method', () => {
  const template = templateOf({ origins: { default: server } });
  template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
    CachePolicyConfig: Match.objectLike({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 3600 }),
  });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: {
      DefaultCacheBehavior: Match.objectLike({ AllowedMethods: Match.arrayWith(['POST', 'DELETE']) }),
      Origins: [Match.objectLike({ CustomOriginConfig: Match.objectLike({ OriginProtocolPolicy: 'https-only' }) })],
    },
  });
});

test('keeps objects of a bucket for its time and signs what it asks for', () => {
  const template = templateOf({ origins: { default: images } });
  template.hasResourceProperties('AWS::CloudFront::CachePolicy', { CachePolicyConfig: Match.objectLike({ DefaultTTL: 3600 }) });
  template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
    OriginAccessControlConfig: Match.objectLike({ SigningBehavior: 'always', OriginAccessControlOriginType: 's3' }),
  });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { Origins: [Match.objectLike({ DomainName: images.bucket, OriginAccessControlId: Match.anyValue() })] },
  });
});

test('keeps nothing when the time is zero', () => {
  const template = templateOf({ origins: { default: server }, ttlSeconds: 0 });
  template.resourceCountIs('AWS::CloudFront::CachePolicy', 0);
});

describe('paths', () => {
  const template = templateOf({ origins: { default: server, paths: { '/images/*': images, '/films/*': films, '/thumbnails/*': images } } });
  const [{ Properties }] = Object.values(template.findResources('AWS::CloudFront::Distribution')) as [any];
  const { Origins, DefaultCacheBehavior, CacheBehaviors } = Properties.DistributionConfig;
  const nameOf = (id: string) => Origins.find(({ Id }: any) => Id === id).DomainName;

  test('lead to their origin in the order given, everything else to the default', () => {
    expect(nameOf(DefaultCacheBehavior.TargetOriginId)).toBe(server.server);
    expect(CacheBehaviors.map((b: any) => [b.PathPattern, nameOf(b.TargetOriginId)])).toEqual([
      ['/images/*', images.bucket],
      ['/films/*', films.bucket],
      ['/thumbnails/*', images.bucket],
    ]);
  });

  test('share an origin, its access and the cache policy', () => {
    expect(Origins).toHaveLength(3);
    expect(new Set(Origins.map(({ Id }: any) => Id)).size).toBe(3);
    template.resourceCountIs('AWS::CloudFront::OriginAccessControl', 1);
    template.resourceCountIs('AWS::CloudFront::CachePolicy', 2);
  });
});

test.each([
  [{ origins: { default: server, paths: { 'images/*': images } } }, 'path "images/*" begins with neither / nor *'],
  [{ origins: { default: server }, ttlSeconds: -1 }, 'ttlSeconds is -1'],
])('refuses %j', (props, message) => {
  expect(() => templateOf(props)).toThrow(message);
});
