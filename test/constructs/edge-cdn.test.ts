import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EdgeCdn, type EdgeCdnProps } from '../../constructs/edge-cdn';

function templateOf(props: Partial<EdgeCdnProps>): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  new EdgeCdn(stack, 'cdn', { domainNames: ['shop.example.com'], certificateArn: 'arn:certificate', ttlSeconds: 3600, ...props });
  return Template.fromStack(stack);
}

const bucket = { domainName: 'images.s3.us-east-1.amazonaws.com' };

test('speaks HTTP/2 and 3 over modern TLS for its names', () => {
  templateOf({ server: 'origin.example.com', webAclArn: 'arn:acl' }).hasResourceProperties('AWS::CloudFront::Distribution', {
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
  const template = templateOf({ server: 'origin.example.com' });
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
  const template = templateOf({ buckets: [bucket] });
  template.hasResourceProperties('AWS::CloudFront::CachePolicy', { CachePolicyConfig: Match.objectLike({ DefaultTTL: 3600 }) });
  template.hasResourceProperties('AWS::CloudFront::OriginAccessControl', {
    OriginAccessControlConfig: Match.objectLike({ SigningBehavior: 'always', OriginAccessControlOriginType: 's3' }),
  });
  template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: { Origins: [Match.objectLike({ DomainName: bucket.domainName, OriginAccessControlId: Match.anyValue() })] },
  });
});

test('keeps nothing when the time is zero', () => {
  const template = templateOf({ server: 'origin.example.com', ttlSeconds: 0 });
  template.resourceCountIs('AWS::CloudFront::CachePolicy', 0);
});

test.each([
  [{}, 'has neither a server nor buckets; it takes at least one origin'],
  [{ buckets: [bucket, bucket] }, 'bucket 2 has no pathPattern'],
  [{ server: 'origin.example.com', buckets: [bucket] }, 'bucket 1 has no pathPattern'],
  [{ server: 'origin.example.com', ttlSeconds: -1 }, 'ttlSeconds is -1'],
])('refuses %j', (props, message) => {
  expect(() => templateOf(props)).toThrow(message);
});
