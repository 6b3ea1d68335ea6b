import { answersTo } from '../../sandbox/parameters';
import { account } from './fake-cloudformation';
import { serve } from './serve';

/** AWS as it answers three questions. */
let aws: Awaited<ReturnType<typeof serve>>;

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
  aws = await serve(({ body, url }) => ({ type: 'text/xml', body: answerTo(new URLSearchParams(body), url) }));
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
});
afterAll(() => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  aws.stop();
});
beforeEach(() => aws.requests.splice(0));

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
  expect(aws.requests).toHaveLength(2);
  expect(aws.requests.some(({ body }) => body.includes('com.amazonaws.eu-west-1.s3'))).toBe(true);
});
