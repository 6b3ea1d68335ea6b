import { findSandboxes } from '../../sandbox/find';
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
    const found = await findSandboxes(account, undefined, cloud.in);
    expect(found.map(({ name, regions, stacks }) => [name, regions, stacks.length])).toEqual([
      ['chat-mvp-bob', ['ap-south-1'], 1],
      ['shop-launch-alice', ['us-east-1', 'eu-west-1'], 4],
    ]);
    const [, shop] = found;
    expect(shop).toMatchObject({ system: 'shop', stage: 'launch', owner: 'alice', usdPerHour: 0.25, budgetUsd: 20 });
    expect(shop!.stacks.find(({ room, region }) => room === 'network' && region === 'eu-west-1')!.status).toBe('DELETE_FAILED');
  });

  test('its expiry stack knows when it ends, tags of another stack may be older', async () => {
    const [chat, shop] = await findSandboxes(account, undefined, cloud.in);
    expect(shop!.expires).toEqual(new Date(told.Expires));
    expect(chat!.expires).toEqual(new Date('2026-11-22T14:00:00Z'));
    expect(chat!.usdPerHour).toBeUndefined();
  });

  test('one region asked for is enough to see the whole sandbox, and only what lies there', async () => {
    const found = await findSandboxes(account, 'eu-west-1', cloud.in);
    expect(found.map(({ name, stacks }) => [name, stacks.length])).toEqual([['shop-launch-alice', 4]]);
  });
});

test('a stack that has never been deployed is known by its change set', async () => {
  const cloud = new FakeCloudFormation([given('network', { review: true })]);
  const [found] = await findSandboxes(account, undefined, cloud.in);
  expect(found!.stacks).toEqual([expect.objectContaining({ room: 'network', status: 'REVIEW_IN_PROGRESS' })]);
});

test('a region that is switched off holds nothing; bad credentials are told', async () => {
  const cloud = new FakeCloudFormation([given('network')]);
  cloud.off.set('me-south-1', named('InvalidClientTokenId', 'The security token included in the request is invalid.'));
  expect(await findSandboxes(account, undefined, cloud.in)).toHaveLength(1);
  cloud.off.set('us-east-1', named('InvalidClientTokenId', 'The security token included in the request is invalid.'));
  await expect(findSandboxes(account, undefined, cloud.in)).rejects.toThrow('AWS does not take these credentials');
  cloud.off.delete('us-east-1');
  cloud.off.set('eu-west-1', named('ExpiredToken', 'The security token included in the request is expired'));
  await expect(findSandboxes(account, undefined, cloud.in)).rejects.toThrow('the AWS credentials have expired');
});
