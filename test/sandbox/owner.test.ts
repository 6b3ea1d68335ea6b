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
  ['arn:aws-cn:sts::123456789012:assumed-role/Ci/GitHub_Actions', 'github-actions'],
  ['arn:aws:iam::123456789012:root', 'root'],
  ['arn:aws:sts::123456789012:assumed-role/Ci/i-0123456789abcdef0', 'i-0123456789abcd'],
])('%s is %s', (arn, owner) => expect(ownerFor(arn)).toBe(owner));

test('a caller without a usable name has to give one', () => {
  expect(() => ownerFor('arn:aws:sts::123456789012:assumed-role/Ci/===')).toThrow(
    /no owner can be made of the caller's name "==="; give one with --owner/,
  );
});

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
