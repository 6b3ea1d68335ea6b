import { findSandboxes } from '../../sandbox/find';
import { TAGS } from '../../stacks/sandbox';
import { account, FakeCloudFormation, given, named } from './fake-cloudformation';

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

test('a stack with tags that were copied is none of its stacks, nor tells whose it is', async () => {
  const copied = { ...given('data'), name: 'production-db' };
  const retagged = { ...given('network'), tags: { ...given('network').tags, [TAGS.owner]: 'mallory' } };
  const cloud = new FakeCloudFormation([copied, retagged, given('expiry', { outputs: told }), given('data')]);
  const [found, ...others] = await findSandboxes(account, { cloudFormation: cloud.in });
  expect(others).toEqual([]);
  expect(found!.stacks.map(({ name }) => name)).not.toContain('production-db');
  expect([found!.stacks.length, found!.owner]).toEqual([3, 'alice']);
});

test('one that nobody told its end has had it from the start', async () => {
  const tags = { ...given('network').tags };
  delete tags[TAGS.expires];
  const cloud = new FakeCloudFormation([{ ...given('network'), tags }]);
  const [found] = await findSandboxes(account, { cloudFormation: cloud.in });
  expect(found!.expires).toEqual(found!.created);
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
