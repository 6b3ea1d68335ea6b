import { inEnvironment } from '../../plan/environment';
import { plan } from '../../plan/plan';
import { whoIs } from '../../sandbox/account';
import { findSandboxes } from '../../sandbox/find';
import { isOwnerOf, ownerOf, ownerTag, requireOneOwner, sandboxName } from '../../sandbox/owner';
import { TAGS } from '../../stacks/sandbox';
import { allSystems } from '../../systems';
import { account, FakeCloudFormation, given } from './fake-cloudformation';

const ownerFor = (arn: string, given?: string): string => ownerOf({ ...account, ...whoIs(arn) }, given);

test.each([
  ['arn:aws:iam::123456789012:user/teams/Alice', 'alice'],
  ['arn:aws:sts::123456789012:assumed-role/Developer/alice.smith@example.com', 'alice-smith'],
  ['arn:aws-cn:sts::123456789012:assumed-role/Developer/Bob_2', 'bob-2'],
])('%s is %s', (arn, owner) => expect(ownerFor(arn)).toBe(owner));

test.each(['===', 'GitHubActions', 'GitHub_Actions', 'i-0123456789abcdef0', 'botocore-session-1763811111', 'alexandra.hamilton@a.com'])(
  'a caller by the name of %s, which makes no word of one person, has to give one',
  (name) => {
    expect(() => ownerFor(`arn:aws:sts::123456789012:assumed-role/Ci/${name}`)).toThrow(
      `no owner can be made of the caller's name "${name}"; give one with --owner`,
    );
  },
);

test('nor does the root user', () => expect(() => ownerFor('arn:aws:iam::123456789012:root')).toThrow(/--owner/));

test.each(['Alice', 'alice_smith', '-a', 'a--b', 'a'.repeat(17), ''])('--owner "%s" is refused', (owner) => {
  expect(() => ownerFor('arn:aws:iam::123456789012:root', owner)).toThrow(`--owner is "${owner}"; it takes`);
});

describe('of one name', () => {
  const accountOf = (arn: string) => ({ ...account, ...whoIs(arn) });
  const ALICES = [
    'iam::123456789012:user/alice',
    'iam::123456789012:user/teams/alice',
    'sts::123456789012:assumed-role/Developer/alice@a.com',
    'sts::123456789012:assumed-role/Developer/alice@b.com',
    'sts::123456789012:assumed-role/Administrator/alice@a.com',
    'sts::210987654321:assumed-role/Developer/alice@a.com',
  ].map((name) => accountOf(`arn:aws:${name}`));

  test('each is an owner of their own, by a tag that still reads as the name', () => {
    const tags = ALICES.map((alice) => ownerTag(alice, 'alice'));
    expect(new Set(tags).size).toBe(ALICES.length);
    for (const tag of tags) expect(tag).toMatch(/^alice-[0-9a-f]{8}$/);
  });

  test('nobody has what is another’s, and everybody what is theirs', () => {
    for (const one of ALICES) for (const other of ALICES) expect(isOwnerOf(one, ownerTag(other, 'alice'))).toBe(one === other);
  });
});

test('a name that is nobody’s own is shared by the sessions of a role, and its tag says it', () => {
  const [monday, tuesday, other] = ['Ci/run-1', 'Ci/run-2', 'Cd/run-1'].map((name) => ({
    ...account,
    ...whoIs(`arn:aws:sts::123456789012:assumed-role/${name}`),
  }));
  const tag = ownerTag(monday!, 'pr-7');
  expect(isOwnerOf(monday!, tag)).toBe(true);
  expect(isOwnerOf(tuesday!, tag)).toBe(true);
  expect(isOwnerOf(other!, tag)).toBe(false);
});

test.each(['pr-7', 'pr-7-00000000', '', '00000000'])('a tag "%s", which has no mark of anybody, is nobody’s', (tag) => {
  expect(isOwnerOf(account, tag)).toBe(false);
});

test('a sandbox whose stacks are of several owners is refused, and they are named', async () => {
  const bobs = given('data', { tags: { ...given('data').tags, [TAGS.owner]: 'bob-00000000' } });
  const cloudFormation = new FakeCloudFormation([given('expiry'), bobs]).in;
  const [mixed] = await findSandboxes(account, { cloudFormation });
  expect(() => requireOneOwner(mixed!)).toThrow(
    /^shop-launch-alice belongs to alice, but shop-launch-alice-us-east-1-data in us-east-1 to bob-00000000/,
  );
  const [whole] = await findSandboxes(account, { cloudFormation: new FakeCloudFormation([given('expiry'), given('data')]).in });
  expect(() => requireOneOwner(whole!)).not.toThrow();
});

test('with the longest owner every stage has a name', () => {
  const owner = 'a'.repeat(16);
  const stages = allSystems().flatMap((system) => Object.keys(system.stages).map((stage) => plan(system, stage)));
  expect(stages.length).toBeGreaterThan(30);
  for (const stage of stages) {
    const { system, environment } = inEnvironment(stage, `${stage.stage}-${owner}`);
    expect(sandboxName(stage.system, stage.stage, owner)).toBe(`${system}-${environment}`);
  }
});
