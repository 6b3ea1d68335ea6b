import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CdnBucketPolicy } from '../../constructs/cdn-bucket-policy';
import { resource } from './stateful';

interface Statement {
  Effect: string;
  Principal: unknown;
  Resource: unknown;
  Condition: unknown;
}

const stack = new Stack(new App(), 'Test', { env: { account: '111111111111', region: 'eu-west-1' } });
new CdnBucketPolicy(stack, 'Photos', { bucketName: 'photos', distributionIds: ['E1', 'E2'] });
const { Properties } = resource(Template.fromStack(stack), 'AWS::S3::BucketPolicy', 'Photos');
const statements = Properties.PolicyDocument.Statement as Statement[];
const text = (value: unknown): string =>
  JSON.stringify(stack.resolve(value)).replaceAll(/\{"Fn::Join":\["",\[|\]\]\}|\{"Ref":"AWS::Partition"\}|[",]/g, '');

test('the distributions may read objects, and nobody else is let in', () => {
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
  expect(allowed).toEqual([
    expect.objectContaining({
      Action: 's3:GetObject',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: expect.anything() },
    }),
  ]);
  expect(text(allowed[0]!.Condition)).toBe(
    '{StringEquals:{aws:SourceArn:[arn::cloudfront::111111111111:distribution/E1arn::cloudfront::111111111111:distribution/E2]}}',
  );
  expect(text(allowed[0]!.Resource)).toBe('arn::s3:::photos/*');
});

test('nothing is read or written but over TLS 1.2 and newer', () => {
  const denied = statements.filter(({ Effect }) => Effect === 'Deny');
  expect(denied.map(({ Principal, Condition }) => [Principal, Condition])).toEqual([
    [{ AWS: '*' }, { Bool: { 'aws:SecureTransport': 'false' } }],
    [{ AWS: '*' }, { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
  ]);
  for (const { Resource } of denied) expect((Resource as unknown[]).map(text)).toEqual(['arn::s3:::photos', 'arn::s3:::photos/*']);
});
