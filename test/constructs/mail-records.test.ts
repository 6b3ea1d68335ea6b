import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MailRecords, type MailRecordsProps } from '../../constructs/mail-records';

const given: MailRecordsProps = {
  hostedZoneId: 'Z1',
  domainName: 'example.com',
  server: 'mx.example.com',
  dmarc: 'reject',
  reportsTo: 'postmaster',
  dkimPublicKey: ['MIIB', 'IjAN'],
};

/** Values by type and name. */
function records(props: Partial<MailRecordsProps> = {}): Record<string, string[]> {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  new MailRecords(stack, 'Mail', { ...given, ...props });
  const found = Object.values(Template.fromStack(stack).findResources('AWS::Route53::RecordSet'));
  return Object.fromEntries(found.map(({ Properties: p }) => [`${p.Type} ${p.Name}`, p.ResourceRecords]));
}
/** What a resolver makes of a text's pieces. */
const text = ([value]: string[] = []) => [...value!.matchAll(/"([^"]*)"/g)].map(([, piece]) => piece).join('');

test('others deliver to the servers', () => {
  expect(records()['MX example.com']).toEqual(['10 mx.example.com.']);
});

test('the servers may send, and whoever is named; nobody else', () => {
  expect(text(records()['TXT example.com'])).toBe('v=spf1 mx -all');
  const senders = { senderAddresses: ['192.0.2.1', '192.0.2.2'], senderDomains: ['amazonses.com'] };
  expect(text(records(senders)['TXT example.com'])).toBe('v=spf1 mx ip4:192.0.2.1 ip4:192.0.2.2 include:amazonses.com -all');
});

test('a hundred addresses fit, in pieces of up to 255 letters', () => {
  const [value] = records({ senderAddresses: Array(100).fill('192.0.2.100') })['TXT example.com']!;
  for (const [, piece] of value!.matchAll(/"([^"]*)"/g)) expect(piece!.length).toBeLessThanOrEqual(255);
});

test('signatures are checked with a key of any length, and with none while there is none', () => {
  expect(text(records()['TXT mail._domainkey.example.com'])).toBe('v=DKIM1; k=rsa; p=MIIBIjAN');
  expect(text(records({ dkimPublicKey: [''] })['TXT mail._domainkey.example.com'])).toBe('v=DKIM1; k=rsa; p=');
  expect(records({ dkimSelector: 's2' })).toHaveProperty(['TXT s2._domainkey.example.com']);
});

test('what nobody vouches for is dealt with as asked, and reported', () => {
  expect(text(records()['TXT _dmarc.example.com'])).toBe('v=DMARC1; p=reject; rua=mailto:postmaster@example.com');
  expect(text(records()['TXT _smtp._tls.example.com'])).toBe('v=TLSRPTv1; rua=mailto:postmaster@example.com');
});

test('a policy for delivery over TLS is announced where there is one', () => {
  expect(records()).not.toHaveProperty(['TXT _mta-sts.example.com']);
  expect(text(records({ mtaStsId: 'abc1' })['TXT _mta-sts.example.com'])).toBe('v=STSv1; id=abc1;');
});
