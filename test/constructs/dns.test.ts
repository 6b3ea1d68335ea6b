import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CLOUDFRONT_ZONE, DnsRecord, type DnsRecordProps } from '../../constructs/dns';

function recordOf(props: Omit<DnsRecordProps, 'hostedZoneId' | 'name'>): Record<string, unknown> {
  const stack = new Stack(new App(), 'Test');
  new DnsRecord(stack, 'Name', { hostedZoneId: 'Z1', name: 'shop.example.com', ...props });
  return Object.values(Template.fromStack(stack).findResources('AWS::Route53::RecordSet'))[0]!.Properties as Record<string, unknown>;
}

test('an alias follows the health of its target, except of a distribution', () => {
  expect(recordOf({ target: { alias: 'web.elb', zoneId: 'Z2' } }).AliasTarget).toEqual({
    DNSName: 'web.elb',
    HostedZoneId: 'Z2',
    EvaluateTargetHealth: true,
  });
  expect(recordOf({ target: { alias: 'd1.cloudfront.net', zoneId: CLOUDFRONT_ZONE } }).AliasTarget).toMatchObject({
    EvaluateTargetHealth: false,
  });
});

test('an address may be kept for a minute', () => {
  expect(recordOf({ target: { address: '203.0.113.1' } })).toMatchObject({ ResourceRecords: ['203.0.113.1'], TTL: '60' });
});

test.each([
  [{ latencyRegion: 'eu-west-1' }, { Region: 'eu-west-1' }],
  [{ weight: 1 }, { Weight: 1 }],
  [{ failover: 'SECONDARY' as const }, { Failover: 'SECONDARY' }],
])('chooses by %j', (routing, expected) => {
  expect(recordOf({ target: { address: '203.0.113.1' }, routing, setIdentifier: 'one' })).toMatchObject({
    ...expected,
    SetIdentifier: 'one',
  });
});

test('refuses a choice without an identifier', () => {
  expect(() => recordOf({ target: { address: '203.0.113.1' }, routing: { weight: 1 } })).toThrow(
    'setIdentifier is missing; records with routing take one',
  );
});
