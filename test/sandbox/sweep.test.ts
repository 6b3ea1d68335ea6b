import { deleteSandbox } from '../../sandbox/delete';
import type { Keeper } from '../../sandbox/engine';
import { findSandboxes } from '../../sandbox/find';
import { deleteSandboxes, expired } from '../../sandbox/sweep';
import { TAGS } from '../../stacks/sandbox';
import { account, FakeCloudFormation, given } from './fake-cloudformation';

/** Stacks of the fake are made at 10:00 and end at 14:00. */
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const keeperOf = ({ in: cloudFormation }: FakeCloudFormation): Keeper => ({
  find: () => findSandboxes(account, { cloudFormation }),
  end: (sandbox, watch) => deleteSandbox(sandbox, account, watch, { cloudFormation, pollMs: 1, pauseMs: 1 }),
});
const namesAt = async (cloud: FakeCloudFormation, time: string): Promise<string[]> =>
  expired(await findSandboxes(account, { cloudFormation: cloud.in }), at(time)).map(({ name }) => name);

test('what is past its expiry is swept, and not before', async () => {
  const cloud = new FakeCloudFormation([given('network'), given('expiry')]);
  expect(await namesAt(cloud, '13:59')).toEqual([]);
  expect(await namesAt(cloud, '14:00')).toEqual(['shop-launch-alice']);
});

test.each([
  ['no expiry stack', []],
  ['one that never came about', [given('expiry', { status: 'ROLLBACK_COMPLETE' })]],
  ['one that was never deployed', [given('expiry', { review: true })]],
  ['one in another region only', [given('expiry', { region: 'eu-west-1' })]],
])('with %s nothing would end it, so it is swept once it had time to be made', async (_, more) => {
  const cloud = new FakeCloudFormation([given('network'), ...more]);
  expect(await namesAt(cloud, '10:30')).toEqual([]);
  expect(await namesAt(cloud, '11:30')).toEqual(['shop-launch-alice']);
});

test('one whose end nobody knows is swept as if it had none', async () => {
  const endless = (room: string) => given(room, { tags: { ...given(room).tags, [TAGS.expires]: 'soon' } });
  const cloud = new FakeCloudFormation([endless('network'), endless('expiry')]);
  expect(await namesAt(cloud, '10:30')).toEqual([]);
  expect(await namesAt(cloud, '11:30')).toEqual(['shop-launch-alice']);
});

test('a stranger with its tags is not swept with it', async () => {
  const cloud = new FakeCloudFormation([given('network'), { ...given('data'), name: 'production-db' }]);
  await deleteSandboxes(await keeperOf(cloud).find(), keeperOf(cloud));
  expect(cloud.names).toEqual(['production-db']);
});

test('a change of its expiry that failed does not end a sandbox early', async () => {
  const cloud = new FakeCloudFormation([given('network'), given('expiry', { status: 'UPDATE_ROLLBACK_COMPLETE' })]);
  expect(await namesAt(cloud, '11:30')).toEqual([]);
});

test('nothing but its owner ends what Pulumi brought up, so it is swept when its time is over, and not before', async () => {
  const network = given('network');
  const cloud = new FakeCloudFormation([{ ...network, tags: { ...network.tags, [TAGS.engine]: 'pulumi' } }]);
  expect(await namesAt(cloud, '13:59')).toEqual([]);
  expect(await namesAt(cloud, '14:00')).toEqual(['shop-launch-alice']);
});

test('nobody else than those it was given goes, however late they are', async () => {
  const cloud = new FakeCloudFormation([given('network', { sandbox: 'chat-mvp-bob' }), given('network')]);
  const found = await keeperOf(cloud).find();
  const [alice] = found.filter(({ name }) => name === 'shop-launch-alice');
  expect((await deleteSandboxes([alice!], keeperOf(cloud))).map(({ name }) => name)).toEqual(['shop-launch-alice']);
  expect(cloud.names).toEqual(['chat-mvp-bob-us-east-1-network']);
});

test('one that got more time since it was found stays', async () => {
  const cloud = new FakeCloudFormation([given('network'), given('expiry')]);
  const [found] = await keeperOf(cloud).find();
  const find = () => Promise.resolve([{ ...found!, expires: new Date(Date.now() + 3600_000) }]);
  expect(await deleteSandboxes([found!], { ...keeperOf(cloud), find })).toEqual([]);
  expect(cloud.journal).toEqual([]);
});

test('a sandbox that cannot be deleted keeps nobody from the next one', async () => {
  const fails = Array.from({ length: 9 }, () => 'busy');
  const cloud = new FakeCloudFormation([
    given('network', { sandbox: 'chat-mvp-bob', fails }),
    given('network', { sandbox: 'shop-launch-alice' }),
  ]);
  const keeper = keeperOf(cloud);
  const sweeping = deleteSandboxes(await keeper.find(), keeper);
  await expect(sweeping).rejects.toThrow(/chat-mvp-bob-us-east-1-network.*busy/);
  expect(cloud.names).toEqual(['chat-mvp-bob-us-east-1-network']);
});
