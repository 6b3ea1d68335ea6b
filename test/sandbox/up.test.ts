import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plan } from '../../plan/plan';
import type { Account } from '../../sandbox/account';
import { ownerTag } from '../../sandbox/owner';
import { prepare, type Wish } from '../../sandbox/up';
import { ENDING_MINUTES, OUTPUTS, TAGS } from '../../stacks/sandbox';
import { loadSystem } from '../../systems';
import { account } from './fake-cloudformation';
import { serve } from './serve';

jest.setTimeout(60_000);

const HOUR = 3600_000;
const NOW = new Date('2026-11-22T12:00:00Z');
const NAME = 'marketplace-launch-alice';
/** Its deletion is paid too. */
/** Its deletion is paid too, and an hour that has begun. */
const paid = (hours: number) => Math.ceil(hours + ENDING_MINUTES / 60);
const inHours = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);

/** The account's only stack: the expiry of a sandbox, if there is one. */
let expiry:
  | { name?: string; room?: string; engine?: string; owner: string; regions: string; created: Date; expires: Date; usdPerHour?: number }
  | undefined;

function describedStacks(): string {
  if (!expiry) return '';
  const tags = {
    [TAGS.sandbox]: NAME,
    [TAGS.owner]: ownerTag(account, expiry.owner),
    ...(expiry.engine && { [TAGS.engine]: expiry.engine }),
    [TAGS.system]: 'marketplace',
    [TAGS.stage]: 'launch',
    [TAGS.room]: expiry.room ?? 'expiry',
  };
  const outputs = {
    [OUTPUTS.expires]: expiry.expires.toISOString(),
    [OUTPUTS.regions]: expiry.regions,
    ...(expiry.usdPerHour && { [OUTPUTS.usdPerHour]: String(expiry.usdPerHour) }),
  };
  const members = (of: object, key: string, value: string) =>
    Object.entries(of)
      .map(([k, v]) => `<member><${key}>${k}</${key}><${value}>${v as string}</${value}></member>`)
      .join('');
  return `<member><StackName>${expiry.name ?? `${NAME}-${expiry.regions}-expiry`}</StackName><StackId>arn:1</StackId><StackStatus>CREATE_COMPLETE</StackStatus>
    <CreationTime>${expiry.created.toISOString()}</CreationTime><Tags>${members(tags, 'Key', 'Value')}</Tags>
    <Outputs>${members(outputs, 'OutputKey', 'OutputValue')}</Outputs></member>`;
}

let aws: Awaited<ReturnType<typeof serve>>;
const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
const before = process.env.AWS_ENDPOINT_URL;
beforeAll(async () => {
  aws = await serve(({ headers }) => {
    const here = headers.authorization?.includes(`/${expiry?.regions}/`) ? describedStacks() : '';
    const body = `<DescribeStacksResponse><DescribeStacksResult><Stacks>${here}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;
    return { type: 'text/xml', body };
  });
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
});
afterAll(() => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
  else process.env.AWS_ENDPOINT_URL = before;
  aws.stop();
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
  expect(offer.usdUntilExpiry).toBeCloseTo(paid(4) * offer.price.usdPerHour);
  const templates = readdirSync(join(folder, 'stage/cdk.out')).filter((file) => file.endsWith('.template.json'));
  expect(templates.length).toBeGreaterThan(4);
  expect(templates.every((file) => file.startsWith(`${NAME}-us-east-1-`))).toBe(true);
  const { Outputs } = JSON.parse(readFileSync(join(folder, 'stage/cdk.out', `${NAME}-us-east-1-expiry.template.json`), 'utf8')) as {
    Outputs: Record<string, { Value: string }>;
  };
  expect(Number(Outputs[OUTPUTS.usdPerHour]!.Value)).toBeCloseTo(offer.price.usdPerHour, 3);
  expect(Outputs[OUTPUTS.expires]!.Value).toBe('2026-11-22T16:00:00Z');
});

test('metrics of its pods come on the bill where they are asked for', async () => {
  const parameters = { ...WISH.parameters, ApiCidrs: '203.0.113.0/24', AdministratorArn: 'arn:aws:iam::123456789012:role/administrator' };
  const wish = { plan: plan(loadSystem('rate-limiter'), 'start'), parameters };
  const isMetrics = ({ dimension }: { dimension: string }) => dimension === 'metrics of log events';
  const [without, asked] = [await offered(wish), await offered({ ...wish, podMetrics: true })];
  expect(without.price.lines.filter(isMetrics)).toEqual([]);
  const [line] = asked.price.lines.filter(isMetrics);
  expect(asked.price.usdPerHour - without.price.usdPerHour).toBeCloseTo(line!.usdPerHour);
});

test('one that is there keeps its expiry, and what it has cost counts towards its budget', async () => {
  expiry = { owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  const { expires, usdUntilExpiry, price } = await offered();
  expect(expires).toEqual(inHours(1));
  expect(usdUntilExpiry).toBeCloseTo(paid(3) * price.usdPerHour);
  await expect(offered({ budgetUsd: (paid(3) - 0.01) * price.usdPerHour })).rejects.toThrow(/above the budget/);
});

test('hours that were dearer are not forgotten', async () => {
  expiry = { owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1), usdPerHour: 1 };
  const { usdUntilExpiry, price, folder: written } = await offered();
  expect(price.usdPerHour).toBeLessThan(1);
  expect(usdUntilExpiry).toBeCloseTo(paid(3));
  expect(readFileSync(join(written, 'cdk.out', `${NAME}-us-east-1-expiry.template.json`), 'utf8')).toMatch(/"Value": ?"1"/);
});

test('stacks that other figures would leave without an end are named', async () => {
  const name = `${NAME}-us-east-1-copies`;
  expiry = { name, room: 'copies', owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  await expect(offered()).rejects.toThrow(`${name} would be left without an end`);
});

test('a stack of another name is no reason to delete anything, whatever its tags say', async () => {
  expiry = { name: 'production-db', room: 'data', owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  expect((await offered()).existing).toBeUndefined();
});

test('a sandbox of somebody else, or with another home, is left alone', async () => {
  expiry = { owner: 'bob', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  await expect(offered()).rejects.toThrow(`the name ${NAME} is taken by a sandbox of marketplace launch that belongs to bob-`);
  expiry = { owner: 'alice', regions: 'eu-west-1', created: inHours(-2), expires: inHours(1) };
  await expect(offered()).rejects.toThrow(`${NAME} is already up with its home in eu-west-1; take --region eu-west-1 to change it`);
});

test('somebody else of the same name is somebody else', async () => {
  expiry = { owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  const other = { ...account, principalArn: 'arn:aws:iam::123456789012:role/Developer', caller: 'alice@b.com' };
  await expect(offered({}, other)).rejects.toThrow(
    `belongs to ${ownerTag(account, 'alice')}, and you are ${ownerTag(other, 'alice')}; give this one another with --owner`,
  );
});

test('what one engine brought up the other leaves alone, and says so', async () => {
  expiry = { owner: 'alice', regions: 'us-east-1', created: inHours(-2), expires: inHours(1) };
  await expect(offered({ engine: 'pulumi' })).rejects.toThrow(`${NAME} has been brought up with --engine cloudformation; go on with that`);
  expiry = { ...expiry, name: `${NAME}-us-east-1-expiry-Budget`, engine: 'pulumi' };
  await expect(offered()).rejects.toThrow(`\`scaleprint sandbox down ${NAME} --engine pulumi\` to bring it up with cloudformation`);
  expect((await offered({ engine: 'pulumi' })).expires).toEqual(inHours(1));
});
