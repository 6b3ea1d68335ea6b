import { runInNewContext } from 'node:vm';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { MtaStsPolicy, type MtaStsPolicyProps } from '../../constructs/mta-sts-policy';

function make(props: Partial<MtaStsPolicyProps> = {}) {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  const given = { domainName: 'example.com', server: 'mx.example.com', mode: 'enforce', certificateArn: 'arn:certificate' } as const;
  const policy = new MtaStsPolicy(stack, 'Policy', { ...given, ...props });
  return { policy, template: Template.fromStack(stack) };
}

interface Answer {
  statusCode: number;
  headers?: Record<string, { value: string }>;
  body?: string;
}

/** What the function answers, run as CloudFront runs it. */
function ask(uri: string, props?: Partial<MtaStsPolicyProps>): Answer {
  const [{ Properties }] = Object.values(make(props).template.findResources('AWS::CloudFront::Function')) as [
    { Properties: { FunctionCode: string } },
  ];
  return runInNewContext(`${Properties.FunctionCode}; handler({ request: { uri: ${JSON.stringify(uri)} } })`) as Answer;
}

test('answers with a policy as RFC 8461 writes it, where it says', () => {
  const { statusCode, headers, body } = ask('/.well-known/mta-sts.txt');
  expect([statusCode, headers!['content-type']!.value]).toEqual([200, 'text/plain']);
  expect(body!.split('\r\n')).toEqual(['version: STSv1', 'mode: enforce', 'mx: mx.example.com', 'max_age: 604800', '']);
  expect(ask('/.well-known/mta-sts.txt', { mode: 'testing' }).body).toContain('mode: testing');
});

test('answers nothing else', () => {
  expect(ask('/').statusCode).toBe(404);
});

test('is at its name, over TLS alone, before any origin', () => {
  make().template.hasResourceProperties('AWS::CloudFront::Distribution', {
    DistributionConfig: Match.objectLike({
      Aliases: ['mta-sts.example.com'],
      DefaultCacheBehavior: Match.objectLike({
        ViewerProtocolPolicy: 'https-only',
        FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: Match.anyValue() }],
      }),
    }),
  });
});

test('its id is one of 32 letters and digits at most, and another one for another policy', () => {
  const ids = [{}, { mode: 'testing' as const }, { server: 'mx2.example.com' }].map((props) => make(props).policy.id);
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]{1,32}$/);
  expect(new Set(ids).size).toBe(3);
  expect(make().policy.id).toBe(ids[0]);
});
