import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plan } from '../../plan/plan';
import type { Account } from '../../sandbox/account';
import { prepare, type Wish } from '../../sandbox/up';
import { ENDING_MINUTES, OUTPUTS, TAGS } from '../../stacks/sandbox';
import { loadSystem } from '../../systems';
import { account } from './fake-cloudformation';

jest.setTimeout(60_000);

const HOUR = 3600_000;
const NOW = new Date('2026-11-22T12:00:00Z');
const NAME = 'marketplace-launch-alice';
/** Its deletion is paid too. */
const ENDING = ENDING_MINUTES / 60;
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

/** The account's only stack: the expiry of a sandbox, if there is one. */
let expiry: { name?: string; owner: string; regions: string; created: Date; expires: Date } | undefined;

function describedStacks(): string {
  if (!expiry) return '';
  const tags = {
    [TAGS.sandbox]: NAME,
    [TAGS.owner]: expiry.owner,
    [TAGS.system]: 'marketplace',
    [TAGS.stage]: 'launch',
    [TAGS.room]: 'expiry',
  };
  const outputs = { [OUTPUTS.expires]: expiry.expires.toISOString(), [OUTPUTS.regions]: expiry.regions };
  const members = (of: object, key: string, value: string) =>
    Object.entries(of)
      .map(([k, v]) => `<member><${key}>${k}</${key}><${value}>${v as string}</${value}></member>`)
      .join('');
  return `<member><StackName>${expiry.name ?? `${NAME}-${expiry.regions}-expiry`}</StackName><StackId>arn:1</StackId><StackStatus>CREATE_COMPLETE</StackStatus>
    <CreationTime>${expiry.created.toISOString()}</CreationTime><Tags>${members(tags, 'Key', 'Value')}</Tags>
    <Outputs>${members(outputs, 'OutputKey', 'OutputValue')}</Outputs></member>`;
}

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const here = request.headers.authorization?.includes(`/${expiry?.regions}/`) ? describedStacks() : '';
    response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(`<DescribeStacksResponse><DescribeStacksResult><Stacks>${here}</Stacks></DescribeStacksResult></DescribeStacksResponse>`);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
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
  rmSync(folder, { recursive: true });
});
beforeEach(() => (expiry = undefined));

const WISH: Wish = {
  plan: plan(loadSystem('marketplace'), 'launch'),
  owner: 'alice',
  budgetUsd: 20,
  parameters: { DomainName: 'shop.example.com', AlarmEmail: 'a@example.com', HostedZoneId: 'Z1' },
};
const offered = (wish: Partial<Wish> = {}, who: Account = account) => prepare({ ...WISH, ...wish }, who, join(folder, 'stage'), NOW);

test('a new sandbox lies written under its name, at its smallest, for four hours', async () => {
  const offer = await offered();
  expect(offer).toMatchObject({ name: NAME, expires: inHours(4), existing: undefined, plan: { environment: 'launch-alice' } });
  expect(offer.usdUntilExpiry).toBeCloseTo((4 + ENDING) * offer.price.usdPerHour);
  const templates = readdirSync(join(folder, 'stage/cdk.out')).filter((file) => file.endsWith('.template.json'));
  expect(templates.length).toBeGreaterThan(4);
  expect(templates.every((file) => file.startsWith(`${NAME}-us-east-1-`))).toBe(true);
  const { Outputs } = JSON.parse(readFileSync(join(folder, 'stage/cdk.out', `${NAME}-us-east-1-expiry.template.json`), 'utf8')) as {
    Outputs: Record<string, { Value: string }>;
  };
  expect(Number(Outputs[OUTPUTS.usdPerHour]!.Value)).toBeCloseTo(offer.price.usdPerHour, 3);
  expect(Outputs[OUTPUTS.expires]!.Value).toBe('2026-11-22T16:00:00Z');
});

test('one that is there keeps its expiry, and what it has cost counts towards its budget', async () => {
  expiry = { owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  const { expires, usdUntilExpiry, price } = await offered();
  expect(expires).toEqual(inHours(1));
  expect(usdUntilExpiry).toBeCloseTo((3 + ENDING) * price.usdPerHour);
  await expect(offered({ budgetUsd: (2.9 + ENDING) * price.usdPerHour })).rejects.toThrow(/above the budget/);
});

test('stacks that other figures would leave without an end are named', async () => {
  expiry = { name: `${NAME}-eu-west-1-expiry`, owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  await expect(offered()).rejects.toThrow(`${NAME}-eu-west-1-expiry would be left without an end`);
});

test('a sandbox of somebody else, or with another home, is left alone', async () => {
  expiry = { owner: 'bob', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  await expect(offered()).rejects.toThrow(`the name ${NAME} is taken by a sandbox of marketplace launch that belongs to bob`);
  expiry = { owner: 'alice', regions: 'eu-west-1', created: inHours(-2), expires: inHours(1) };
  await expect(offered()).rejects.toThrow(`${NAME} is already up with its home in eu-west-1; take --region eu-west-1 to change it`);
});
