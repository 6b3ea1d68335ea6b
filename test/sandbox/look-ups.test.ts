import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answersTo } from '../../sandbox/parameters';
import { account } from './fake-cloudformation';

/** AWS as it answers three questions; what it was asked stays. */
const asked: string[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    asked.push(body || request.url!);
    response.writeHead(200, { 'content-type': 'text/xml' }).end(answerTo(new URLSearchParams(body), new URL(request.url!, 'http://aws')));
  });
});

const zone = (id: string, name: string, isPrivate: boolean) =>
  `<HostedZone><Id>/hostedzone/${id}</Id><Name>${name}</Name><CallerReference>x</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone>`;
// Both of a name, as a network has its own; and one that comes next in the alphabet.
const ZONES = [zone('PRIVATE', 'shop.example.com.', true), zone('Z1', 'example.com.', false), zone('Z2', 'zoo.com.', false)];

function answerTo(form: URLSearchParams, url: URL): string {
  if (form.get('Action') === 'GetRole')
    return `<GetRoleResponse><GetRoleResult><Role><Arn>arn:aws:iam::123456789012:role/aws-reserved/sso/${form.get('RoleName')}</Arn></Role></GetRoleResult></GetRoleResponse>`;
  if (form.get('Action') === 'DescribeManagedPrefixLists') {
    const name = form.get('Filter.1.Value.1');
    return `<R><prefixListSet><item><prefixListId>pl-${name?.includes('cloudfront') ? 'c' : 'a'}1</prefixListId><prefixListName>${name}</prefixListName></item></prefixListSet></R>`;
  }
  const from = ZONES.findIndex((text) => text.includes(`<Name>${url.searchParams.get('dnsname')}<`));
  return `<ListHostedZonesByNameResponse><HostedZones>${ZONES.slice(from < 0 ? 2 : from).join('')}</HostedZones><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>`;
}

const before = process.env.AWS_ENDPOINT_URL;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  server.closeAllConnections();
  server.close();
});
beforeEach(() => asked.splice(0));

const question = (name: string, stack = 'edge', region = 'us-east-1') => ({ name, stack, region, description: name });
const domain = question('DomainName');

test('the public zone closest to the domain answers for it', async () => {
  const answers = await answersTo([domain, question('HostedZoneId')], { DomainName: 'eu.shop.example.com' }, account);
  expect(answers).toEqual({ DomainName: 'eu.shop.example.com', 'edge:HostedZoneId': 'Z1' });
});

test('without one it says how to make one', async () => {
  await expect(answersTo([domain, question('HostedZoneId')], { DomainName: 'shop.example.org' }, account)).rejects.toThrow(
    'no public Route 53 zone of account 123456789012 answers for shop.example.org; make one with',
  );
});

test('a role is told with its path, which the identity of a session leaves out', async () => {
  const session = { ...account, principalArn: 'arn:aws:iam::123456789012:role/Admin' };
  expect(await answersTo([question('AdministratorArn')], {}, session)).toEqual({
    'edge:AdministratorArn': 'arn:aws:iam::123456789012:role/aws-reserved/sso/Admin',
  });
});

test('prefix lists are those of each region, each asked for once', async () => {
  const questions = ['one', 'two'].flatMap((stack) => [
    question('CloudFrontPrefixList', stack, 'us-east-1'),
    question('S3PrefixList', `${stack}-eu`, 'eu-west-1'),
  ]);
  expect(await answersTo(questions, {}, account)).toEqual({
    ...{ 'one:CloudFrontPrefixList': 'pl-c1', 'two:CloudFrontPrefixList': 'pl-c1' },
    ...{ 'one-eu:S3PrefixList': 'pl-a1', 'two-eu:S3PrefixList': 'pl-a1' },
  });
  expect(asked).toHaveLength(2);
  expect(asked.some((body) => body.includes('com.amazonaws.eu-west-1.s3'))).toBe(true);
});
