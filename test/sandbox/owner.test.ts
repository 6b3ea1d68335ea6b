import { inEnvironment } from '../../plan/environment';
import { plan } from '../../plan/plan';
import { whoIs } from '../../sandbox/account';
import { ownerOf, sandboxName } from '../../sandbox/owner';
import { allSystems } from '../../systems';
import { account } from './fake-cloudformation';

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

test('with the longest owner every stage has a name', () => {
  const owner = 'a'.repeat(16);
  const stages = allSystems().flatMap((system) => Object.keys(system.stages).map((stage) => plan(system, stage)));
  expect(stages.length).toBeGreaterThan(30);
  for (const stage of stages) {
    const { system, environment } = inEnvironment(stage, `${stage.stage}-${owner}`);
    expect(sandboxName(stage.system, stage.stage, owner)).toBe(`${system}-${environment}`);
  }
});
