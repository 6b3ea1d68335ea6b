import { findSandboxes } from '../../sandbox/find';
import { TAGS } from '../../stacks/sandbox';
import { account, FakeCloudFormation, given, type Given, named } from './fake-cloudformation';

const told = { Expires: '2026-11-22T18:00:00Z', UsdPerHour: '0.25', BudgetUsd: '20', Regions: 'us-east-1,eu-west-1' };
const stranger = { name: 'their-app' };

describe('sandboxes are found by what their stacks tell', () => {
  const cloud = new FakeCloudFormation([
    stranger,
    given('network'),
    given('expiry', { outputs: told }),
    given('network', { region: 'eu-west-1', status: 'DELETE_FAILED' }),
    given('expiry', { region: 'eu-west-1', outputs: told }),
    given('data', { sandbox: 'chat-mvp-bob', region: 'ap-south-1' }),
  ]);

  test('in all regions, each with its stacks and nobody else’s', async () => {
    const found = await findSandboxes(account, { cloudFormation: cloud.in });
    expect(found.map(({ name, regions, stacks }) => [name, regions, stacks.length])).toEqual([
      ['chat-mvp-bob', ['ap-south-1'], 1],
      ['shop-launch-alice', ['us-east-1', 'eu-west-1'], 4],
    ]);
    const [, shop] = found;
    expect(shop).toMatchObject({ system: 'shop', stage: 'launch', owner: 'alice', usdPerHour: 0.25, budgetUsd: 20 });
    expect(shop!.stacks.find(({ room, region }) => room === 'network' && region === 'eu-west-1')!.status).toBe('DELETE_FAILED');
  });

  test('its expiry stack knows when it ends, tags of another stack may be older', async () => {
    const [chat, shop] = await findSandboxes(account, { cloudFormation: cloud.in });
    expect(shop!.expires).toEqual(new Date(told.Expires));
    expect(chat!.expires).toEqual(new Date('2026-11-22T14:00:00Z'));
    expect(chat!.usdPerHour).toBeUndefined();
  });

  test('one region asked for is enough to see the whole sandbox, and only what lies there', async () => {
    const found = await findSandboxes(account, { regions: ['eu-west-1'], cloudFormation: cloud.in });
    expect(found.map(({ name, stacks }) => [name, stacks.length])).toEqual([['shop-launch-alice', 4]]);
  });
});

describe('a stack that only has the tags of a sandbox', () => {
  const { tags } = given('data');
  const cellular = { ...tags, [TAGS.cell]: '2' };
  const NAME = 'shop-launch-alice';

  test.each([
    ['another name', 'production-db', tags],
    ['the name of another room', `${NAME}-us-east-1-network`, tags],
    ['the name of another region', `${NAME}-eu-west-1-data`, tags],
    ['the name of another cell', `${NAME}-us-east-1-data`, cellular],
    ['a number where none is', `${NAME}-us-east-1-data-2`, tags],
    ['no room', `${NAME}-us-east-1-`, { ...tags, [TAGS.room]: '' }],
    ['an expiry of a cell', `${NAME}-us-east-1-cell2-expiry`, { ...cellular, [TAGS.room]: 'expiry' }],
  ])('and %s is no part of it, and is told', async (_, name, those) => {
    const cloud = new FakeCloudFormation([given('compute'), { name, tags: those }]);
    const stranger = jest.fn();
    const found = await findSandboxes(account, { cloudFormation: cloud.in, stranger });
    expect(found.map(({ stacks }) => stacks.map((stack) => stack.name))).toEqual([[`${NAME}-us-east-1-compute`]]);
    expect(stranger.mock.calls).toEqual([[{ name, region: 'us-east-1', sandbox: NAME }]]);
  });

  test('makes no sandbox by itself', async () => {
    const cloud = new FakeCloudFormation([{ name: 'production-db', tags }]);
    expect(await findSandboxes(account, { cloudFormation: cloud.in })).toEqual([]);
  });

  test('is told apart from second cells and second stacks of a room', async () => {
    const second = given('operations', { name: `${NAME}-us-east-1-operations-2` });
    const cloud = new FakeCloudFormation([given('expiry'), { name: `${NAME}-us-east-1-cell2-data`, tags: cellular }, second]);
    const stranger = jest.fn();
    const [found] = await findSandboxes(account, { cloudFormation: cloud.in, stranger });
    expect(found!.stacks).toHaveLength(3);
    expect(stranger).not.toHaveBeenCalled();
  });
});

describe('what it is as a whole', () => {
  const old = { [TAGS.owner]: 'bob', [TAGS.system]: 'chat', [TAGS.stage]: 'mvp', [TAGS.expires]: '2026-11-22T09:00:00Z' };
  const older = (room: string, more: Partial<Given> = {}) => given(room, { ...more, tags: { ...given(room).tags, ...old } });
  const AS_TOLD = { system: 'shop', stage: 'launch', owner: 'alice', expires: new Date(told.Expires), usdPerHour: 0.25, budgetUsd: 20 };

  test('its expiry stack tells, whichever is listed first', async () => {
    const cloud = new FakeCloudFormation([older('network'), given('expiry', { outputs: told })]);
    expect(await findSandboxes(account, { cloudFormation: cloud.in })).toMatchObject([AS_TOLD]);
  });

  test('that of its home does, also where another region is listed first', async () => {
    const abroad = { ...told, Expires: '2026-11-22T09:00:00Z', UsdPerHour: '9', BudgetUsd: '9' };
    const cloud = new FakeCloudFormation([older('expiry', { region: 'eu-west-1', outputs: abroad }), given('expiry', { outputs: told })]);
    const found = await findSandboxes({ ...account, region: 'eu-west-1' }, { cloudFormation: cloud.in });
    expect(found).toMatchObject([{ ...AS_TOLD, regions: ['us-east-1', 'eu-west-1'] }]);
  });

  test('no stranger tells, tagged as an expiry or not', async () => {
    const stranger = older('expiry', { name: 'their-app', outputs: { ...told, Expires: '2026-11-22T09:00:00Z', Regions: 'ap-south-1' } });
    const cloud = new FakeCloudFormation([stranger, given('expiry', { outputs: told }), given('network')]);
    expect(await findSandboxes(account, { cloudFormation: cloud.in })).toMatchObject([{ ...AS_TOLD, regions: ['us-east-1', 'eu-west-1'] }]);
  });
});

test.each([
  ['no end', {}],
  ['an end that is no date', { [TAGS.expires]: 'soon' }],
])('of one with %s none is known', async (_, end) => {
  const { [TAGS.expires]: dated, ...others } = given('network').tags!;
  expect(dated).toBeDefined();
  const cloud = new FakeCloudFormation([given('network', { tags: { ...others, ...end } })]);
  const [found] = await findSandboxes(account, { cloudFormation: cloud.in });
  expect(found).toMatchObject({ name: 'shop-launch-alice', expires: undefined });
});

test('a stack that has never been deployed is known by its change set', async () => {
  const cloud = new FakeCloudFormation([given('network', { review: true })]);
  const [found] = await findSandboxes(account, { cloudFormation: cloud.in });
  expect(found!.stacks).toEqual([expect.objectContaining({ room: 'network', status: 'REVIEW_IN_PROGRESS' })]);
});

test('what Pulumi brought up is told apart, also where it has the name of another', async () => {
  const own = (room: string, region?: string) => {
    const stack = given(room, { region });
    return { ...stack, name: `${stack.name}-Role`, tags: { ...stack.tags, [TAGS.engine]: 'pulumi' }, imports: undefined };
  };
  const cloud = new FakeCloudFormation([given('network'), own('edge', 'ap-south-1'), own('expiry', 'eu-west-1')]);
  const found = await findSandboxes(account, { cloudFormation: cloud.in });
  expect(found.map(({ name, engine, stacks }) => [name, engine, stacks.length])).toEqual([
    ['shop-launch-alice', 'cloudformation', 1],
    ['shop-launch-alice', 'pulumi', 2],
  ]);
  // Its budget lies at home.
  expect(found[1]!.regions).toEqual(['eu-west-1', 'ap-south-1']);
});

describe('a region that these credentials may not look into', () => {
  const cloud = new FakeCloudFormation([given('network')]);
  cloud.off.set('eu-west-1', named('AccessDenied', 'not authorized to perform: cloudformation:DescribeStacks'));

  test('is told, and the others are looked into', async () => {
    const unseen = jest.fn();
    expect(await findSandboxes(account, { cloudFormation: cloud.in, unseen })).toHaveLength(1);
    expect(unseen.mock.calls).toEqual([['eu-west-1', 'not authorized to perform: cloudformation:DescribeStacks']]);
  });

  test('is an error for whoever has to know, and so is home for everybody', async () => {
    await expect(findSandboxes(account, { cloudFormation: cloud.in })).rejects.toThrow('these credentials may not do that');
    const abroad = { ...account, region: 'eu-west-1' };
    const search = { cloudFormation: cloud.in, unseen: () => {} };
    await expect(findSandboxes(abroad, search)).rejects.toThrow('these credentials may not do that');
  });
});

test('a region that is switched off holds nothing; bad credentials are told', async () => {
  const cloud = new FakeCloudFormation([given('network')]);
  cloud.off.set('me-south-1', named('InvalidClientTokenId', 'The security token included in the request is invalid.'));
  expect(await findSandboxes(account, { cloudFormation: cloud.in })).toHaveLength(1);
  cloud.off.set('us-east-1', named('InvalidClientTokenId', 'The security token included in the request is invalid.'));
  await expect(findSandboxes(account, { cloudFormation: cloud.in })).rejects.toThrow('AWS does not take these credentials');
  cloud.off.delete('us-east-1');
  cloud.off.set('eu-west-1', named('ExpiredToken', 'The security token included in the request is expired'));
  await expect(findSandboxes(account, { cloudFormation: cloud.in })).rejects.toThrow('the AWS credentials have expired');
});
