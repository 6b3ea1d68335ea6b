import { TAGS } from '../../../../stacks/sandbox';
import { type Intended, settle } from '../../../../sandbox/engines/cloudformation/settle';
import { FakeCloudFormation, type Given, given } from '../../fake-cloudformation';

const NETWORK = given('network');
const intended: Intended = { stackName: NETWORK.name, region: 'us-east-1', tags: NETWORK.tags! };

/** What is said of the wait, once it is over. */
async function settled(stack: Given, after?: (fake: FakeCloudFormation) => void): Promise<string[]> {
  const fake = new FakeCloudFormation([stack]);
  const said: string[] = [];
  setTimeout(() => after?.(fake), 20);
  await settle(fake.in('us-east-1'), intended, ({ reason }) => said.push(reason ?? ''), 5);
  expect(fake.journal).toEqual([]);
  return said;
}

test.each(['CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_COMPLETE', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'])(
  'over a stack in %s it goes on at once',
  async (status) => expect(await settled({ ...NETWORK, status })).toEqual([]),
);

test('of a stack that is a change set only, the change set tells whose it is', async () => {
  expect(await settled({ ...NETWORK, review: true })).toEqual([]);
  await expect(settled({ ...NETWORK, review: true, tags: {} })).rejects.toThrow('is taken by a stack that is no sandbox');
});

test('it waits for what an earlier run has begun, and says so once', async () => {
  const waited = await settled({ ...NETWORK, status: 'UPDATE_IN_PROGRESS' }, (fake) => fake.become(NETWORK.name, 'UPDATE_COMPLETE'));
  expect(waited).toEqual(['waiting: an earlier run is still at work on it (UPDATE_IN_PROGRESS)']);
});

test.each(['DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED'])('a stack in %s has to go first', async (status) => {
  await expect(settled({ ...NETWORK, status })).rejects.toThrow(
    `${NETWORK.name} is in state ${status} (no reason given), which it leaves by deletion only; run \`scaleprint sandbox down shop-launch-alice\``,
  );
});

test.each<[string, Record<string, string>, string]>([
  ['no sandbox', {}, 'a stack that is no sandbox'],
  ['another sandbox', { ...NETWORK.tags, [TAGS.sandbox]: 'shop-launch-1-alice' }, 'the sandbox shop-launch-1-alice of alice'],
  ['another owner', { ...NETWORK.tags, [TAGS.owner]: 'bob' }, 'the sandbox shop-launch-alice of bob'],
])('a stack of %s is left alone, whatever its state', async (_, tags, whose) => {
  for (const status of ['CREATE_COMPLETE', 'DELETE_FAILED', 'CREATE_IN_PROGRESS'])
    await expect(settled({ ...NETWORK, tags, status })).rejects.toThrow(
      `the name ${NETWORK.name} is taken by ${whose}; give this sandbox another name`,
    );
});
