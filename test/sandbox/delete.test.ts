import { deleteSandbox } from '../../sandbox/delete';
import type { Step } from '../../sandbox/engine';
import { findSandboxes } from '../../sandbox/find';
import { SandboxError } from '../../sandbox/sandbox-error';
import { TAGS } from '../../stacks/sandbox';
import { account, FakeCloudFormation, given, type Given, named } from './fake-cloudformation';

const NAME = 'shop-launch-alice';
const ROOMS = ['network', 'data', 'expiry', 'compute', 'cdn-access', 'copies', 'operations', 'edge'];
const inTwoRegions = (): Given[] => ['us-east-1', 'eu-west-1'].flatMap((region) => ROOMS.map((room) => given(room, { region })));

async function deleteAll(cloud: FakeCloudFormation, watch?: (step: Step) => void): Promise<void> {
  const sandbox = (await findSandboxes(account, { cloudFormation: cloud.in })).find(({ name }) => name === NAME)!;
  await deleteSandbox(sandbox, account, watch, { cloudFormation: cloud.in, pollMs: 1, pauseMs: 1 });
}

/** Where a line of the journal is, such as `delete data`; of several regions the first or last. */
const at = (cloud: FakeCloudFormation, what: string, room: string, last = false): number => {
  const match = (line: string) => line.startsWith(what) && line.endsWith(`-${room}`);
  return last ? cloud.journal.findLastIndex(match) : cloud.journal.findIndex(match);
};

test('nothing is left, and nothing goes before what stands on it, in any region', async () => {
  const cloud = new FakeCloudFormation([...inTwoRegions(), { name: 'their-app' }]);
  await deleteAll(cloud);
  expect(cloud.names).toEqual(['their-app']);
  const order = ['edge', 'compute', 'data', 'network', 'expiry'];
  order.slice(1).forEach((room, i) => expect(at(cloud, 'delete', room)).toBeGreaterThan(at(cloud, 'gone', order[i]!, true)));
  // Those of a level go together.
  expect(at(cloud, 'delete', 'copies', true)).toBeLessThan(at(cloud, 'gone', 'compute'));
  expect(at(cloud, 'delete', 'cdn-access', true)).toBeLessThan(at(cloud, 'gone', 'edge'));
});

test('nothing is deleted where one of its regions cannot be looked into', async () => {
  const cloud = new FakeCloudFormation(inTwoRegions());
  const [sandbox] = await findSandboxes(account, { cloudFormation: cloud.in });
  cloud.off.set('eu-west-1', named('AccessDenied'));
  const deletion = deleteSandbox(sandbox!, account, undefined, { cloudFormation: cloud.in, pollMs: 1, pauseMs: 1 });
  await expect(deletion).rejects.toThrow('these credentials may not do that');
  expect(cloud.journal).toEqual([]);
});

test('what Pulumi brought up is left to Pulumi', async () => {
  const network = given('network');
  const cloud = new FakeCloudFormation([{ ...network, tags: { ...network.tags, [TAGS.engine]: 'pulumi' } }]);
  await expect(deleteAll(cloud)).rejects.toThrow('`scaleprint sandbox down shop-launch-alice --engine pulumi`');
  expect(cloud.journal).toEqual([]);
});

test('a stack that is not the sandbox’s is never touched, whatever it is called', async () => {
  const cloud = new FakeCloudFormation([
    given('network'),
    given('data', { sandbox: 'shop-launch-alice-2' }),
    { name: `${NAME}-us-east-1-compute` },
  ]);
  await deleteAll(cloud);
  expect(cloud.journal).toEqual([`delete ${NAME}-us-east-1-network`, `gone ${NAME}-us-east-1-network`]);
});

test('nor is one whose name another took since it was listed', async () => {
  const cloud = new FakeCloudFormation([given('network')]);
  const [sandbox] = await findSandboxes(account, { cloudFormation: cloud.in });
  const others = new FakeCloudFormation([given('network', { tags: {} })]);
  const deletion = deleteSandbox(sandbox!, account, undefined, { cloudFormation: others.in, pollMs: 1, pauseMs: 1 });
  await expect(deletion).rejects.toThrow(/not tagged scaleprint:sandbox=shop-launch-alice/);
  expect(others.journal).toEqual([]);
});

test('nor is one that has its tags and no name of its own, even if it was taken for one of them', async () => {
  const cloud = new FakeCloudFormation([given('network'), { ...given('data'), name: 'production-db' }]);
  await deleteAll(cloud);
  expect(cloud.names).toEqual(['production-db']);

  const others = new FakeCloudFormation([{ ...given('data'), name: 'production-db' }]);
  const stack = {
    name: 'production-db',
    id: 'production-db',
    region: 'us-east-1',
    room: 'data',
    owner: 'alice',
    status: 'CREATE_COMPLETE',
  };
  const [sandbox] = await findSandboxes(account, { cloudFormation: new FakeCloudFormation([given('network')]).in });
  const mistaken = { ...sandbox!, stacks: [stack] };
  const deletion = deleteSandbox(mistaken, account, undefined, { cloudFormation: others.in, pollMs: 1, pauseMs: 1 });
  await expect(deletion).rejects.toThrow(/production-db in us-east-1 is not .* named so; it was left alone/);
  expect(others.journal).toEqual([]);
});

test('nothing is deleted where its stacks are of several owners', async () => {
  const bobs = given('data', { tags: { ...given('data').tags, [TAGS.owner]: 'bob' } });
  const cloud = new FakeCloudFormation([given('network'), given('expiry'), bobs]);
  await expect(deleteAll(cloud)).rejects.toThrow(/belongs to alice, but .*-data in us-east-1 to bob/);
  expect(cloud.journal).toEqual([]);
});

test('what is gone already is fine', async () => {
  const cloud = new FakeCloudFormation([given('network'), given('expiry')]);
  const [sandbox] = await findSandboxes(account, { cloudFormation: cloud.in });
  const again = () => deleteSandbox(sandbox!, account, undefined, { cloudFormation: cloud.in, pollMs: 1, pauseMs: 1 });
  await again();
  await again();
  expect(cloud.journal.filter((line) => line.startsWith('delete'))).toHaveLength(2);
});

test('a deletion that failed is tried again', async () => {
  const cloud = new FakeCloudFormation([given('network', { fails: ['the subnet has dependencies', 'still'] }), given('expiry')]);
  await deleteAll(cloud);
  expect(cloud.names).toEqual([]);
});

test('between two tries it waits, as what holds a stack takes its time to go', async () => {
  const cloud = new FakeCloudFormation([given('network', { fails: ['busy'] })]);
  const [sandbox] = await findSandboxes(account, { cloudFormation: cloud.in });
  const since = Date.now();
  await deleteSandbox(sandbox!, account, undefined, { cloudFormation: cloud.in, pollMs: 1, pauseMs: 200 });
  expect(Date.now() - since).toBeGreaterThanOrEqual(199);
});

test('where somebody brings it up meanwhile it does not say that it is gone', async () => {
  const cloud = new FakeCloudFormation([given('network'), given('data')]);
  const deletion = deleteAll(cloud, ({ stack, resource, status }) => {
    if (stack.endsWith('-network') && resource === undefined && status === 'done')
      cloud.become(`${NAME}-us-east-1-data`, 'CREATE_COMPLETE');
  });
  await expect(deletion).rejects.toThrow(/has stacks again: shop-launch-alice-us-east-1-data \(CREATE_COMPLETE\)/);
});

test('of one that fails for good it names the first cause, and leaves the expiry and what comes before', async () => {
  const fails = Array.from({ length: 9 }, () => 'the bucket is not empty');
  const cloud = new FakeCloudFormation([
    given('network'),
    given('data', { resources: ['Bucket', 'Key'], fails }),
    given('expiry'),
    given('edge'),
  ]);
  const failure = deleteAll(cloud);
  await expect(failure).rejects.toThrow(SandboxError);
  await expect(failure).rejects.toThrow(
    /AWS::Some::Thing Bucket of the stack .*-data in us-east-1 could not be deleted: the bucket is not empty; .* down/,
  );
  expect(cloud.names.map((name) => name.split('-').at(-1))).toEqual(['network', 'data', 'expiry']);
});

test.each(['ROLLBACK_FAILED', 'ROLLBACK_COMPLETE', 'CREATE_FAILED', 'CREATE_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED', 'DELETE_FAILED'])(
  'a stack in %s goes like any other',
  async (status) => {
    const cloud = new FakeCloudFormation([given('network', { status })]);
    await deleteAll(cloud);
    expect(cloud.names).toEqual([]);
  },
);

test('a stack of a change set that was never executed goes too', async () => {
  const cloud = new FakeCloudFormation([given('network', { review: true })]);
  await deleteAll(cloud);
  expect(cloud.names).toEqual([]);
});

test('an update that is under way is waited for', async () => {
  const cloud = new FakeCloudFormation([given('network', { status: 'UPDATE_ROLLBACK_IN_PROGRESS' })]);
  const deletion = deleteAll(cloud);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(cloud.journal).toEqual([]);
  cloud.become(`${NAME}-us-east-1-network`, 'UPDATE_ROLLBACK_COMPLETE');
  await deletion;
  expect(cloud.names).toEqual([]);
});

test('a deletion that the expiry began is watched to its end', async () => {
  const cloud = new FakeCloudFormation([given('network', { status: 'DELETE_IN_PROGRESS', resources: ['Vpc', 'Subnet'] })]);
  const steps: Step[] = [];
  await deleteAll(cloud, (step) => steps.push(step));
  expect(cloud.journal).toEqual([`gone ${NAME}-us-east-1-network`]);
  expect(steps.at(-1)).toMatchObject({ status: 'done', done: 2, total: 2 });
});

test('an expiry stack that a stranger imports from says so', async () => {
  const cloud = new FakeCloudFormation([given('expiry'), { name: 'their-app', imports: `${NAME}-expiry` }]);
  await expect(deleteAll(cloud)).rejects.toThrow(
    /could not be deleted: Export shop-launch-alice-expiry cannot be deleted as it is in use by their-app/,
  );
});

test('what a deletion policy keeps is not passed over', async () => {
  const cloud = new FakeCloudFormation([given('data', { resources: ['Bucket'], keeps: ['Bucket'] })]);
  await expect(deleteAll(cloud)).rejects.toThrow(/left AWS::Some::Thing physical-Bucket in us-east-1/);
});

test('progress counts each resource once and ends where it said it would', async () => {
  const cloud = new FakeCloudFormation([
    given('network', { resources: ['Vpc', 'Subnet'], fails: ['busy'] }),
    given('data', { resources: ['Bucket'] }),
  ]);
  const steps: Step[] = [];
  await deleteAll(cloud, (step) => steps.push(step));
  expect(steps.map(({ total }) => total)).toEqual(steps.map(() => 3));
  const counts = steps.map(({ done }) => done);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts.at(-1)).toBe(3);
  expect(steps.some(({ resource, status, reason }) => resource === 'Vpc' && status === 'failed' && reason === 'busy')).toBe(true);
});
