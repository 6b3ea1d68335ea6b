import type { Verb } from '../../bin/run-verb';
import { down } from '../../bin/verbs/sandbox/down';
import { list } from '../../bin/verbs/sandbox/list';
import { sweep } from '../../bin/verbs/sandbox/sweep';
import { ownerTag } from '../../sandbox/owner';
import { TAGS } from '../../stacks/sandbox';
import { account, given, type Given } from '../sandbox/fake-cloudformation';
import { type Request, serve } from '../sandbox/serve';
import { IDENTITY, runHere } from './run-here';

const NAME = 'shop-launch-alice';
const SHARED = 'pr-7';

/** Stacks of us-east-1; one that was asked to go is gone. */
let stacks: Given[];
const member = (key: string, value: string) => `<member><Key>${key}</Key><Value>${value}</Value></member>`;
const described = ({ name, tags = {} }: Given): string =>
  `<member><StackName>${name}</StackName><StackId>${name}</StackId><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-11-22T10:00:00Z</CreationTime>
  <Tags>${Object.entries(tags)
    .map(([key, value]) => member(key, value))
    .join('')}</Tags></member>`;

function answer({ body, headers }: Request) {
  const type = 'text/xml';
  const asked = new URLSearchParams(body);
  const [action, one] = [asked.get('Action')!, asked.get('StackName')];
  if (action === 'GetCallerIdentity') return { type, body: IDENTITY };
  if (action === 'DeleteStack') stacks = stacks.filter(({ name }) => name !== one);
  const here = headers.authorization?.includes('/us-east-1/') ? stacks.filter(({ name }) => !one || name === one) : [];
  if (action !== 'DescribeStacks') return { type, body: `<${action}Response><${action}Result/></${action}Response>` };
  const members = here.map(described).join('');
  return { type, body: `<${action}Response><${action}Result><Stacks>${members}</Stacks></${action}Result></${action}Response>` };
}

let aws: Awaited<ReturnType<typeof serve>>;
const before = { ...process.env };
beforeAll(async () => {
  aws = await serve(answer);
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: 'alice', AWS_SECRET_ACCESS_KEY: 'hidden' });
});
afterAll(() => {
  process.env = before;
  aws.stop();
});

const tagged = (more: Record<string, string>, room = 'network'): Given => {
  const stack = given(room);
  return { ...stack, tags: { ...stack.tags, [TAGS.owner]: ownerTag(account, 'alice'), ...more } };
};
const names = () => stacks.map(({ name }) => name);

describe('a stack that only has the tags of a sandbox', () => {
  beforeEach(() => (stacks = [tagged({}), { ...tagged({}, 'data'), name: 'production-db' }]));

  test.each<[string, Verb, string[], string[]]>([
    ['list', list, [], [`${NAME}-us-east-1-network`, 'production-db']],
    ['down', down, [NAME], ['production-db']],
    ['sweep', sweep, [], ['production-db']],
  ])(
    'is told by %s once, and left alone',
    async (_, verb, args, left) => {
      const { code, stderr } = await runHere(verb, args, { yes: true });
      const said = stderr.split('\n').filter((line) => line.includes('production-db'));
      expect(said).toEqual([
        `the stack production-db in us-east-1 is tagged as one of ${NAME}, but not named so; it does not count and is left alone`,
      ]);
      expect([code, names()]).toEqual([0, left]);
    },
    60_000,
  );
});

describe('a sandbox whose end nobody knows', () => {
  beforeEach(() => (stacks = [tagged({ [TAGS.expires]: 'soon' })]));

  test('is listed, in words and for scripts', async () => {
    expect((await runHere(list, [], { json: false })).stdout).toMatch(new RegExp(`${NAME} .* unknown`));
    const { stdout } = await runHere(list, [], {});
    expect(JSON.parse(stdout)).toMatchObject([{ name: NAME, expires: null, secondsLeft: null }]);
  });

  test.each<[string, Verb, string[]]>([
    ['down', down, [NAME]],
    ['sweep', sweep, []],
  ])(
    'goes by %s',
    async (_verb, verb, args) => {
      expect((await runHere(verb, args, { yes: true })).code).toBe(0);
      expect(names()).toEqual([]);
    },
    60_000,
  );
});

describe('down, as `up` says it', () => {
  test('is enough for whoever brought it up under another name', async () => {
    stacks = [tagged({ [TAGS.owner]: ownerTag(account, SHARED) })];
    expect((await runHere(down, [NAME], {})).code).toBe(0);
    expect(names()).toEqual([]);
  }, 60_000);

  test('is refused to anybody else', async () => {
    const bob = { ...account, principalArn: 'arn:aws:iam::123456789012:user/bob', caller: 'bob' };
    stacks = [tagged({ [TAGS.owner]: ownerTag(bob, SHARED) })];
    await expect(runHere(down, [NAME], {})).rejects.toThrow(/belongs to pr-7-[0-9a-f]{8}; give --yes/);
    expect(names()).toHaveLength(1);
  });
});
