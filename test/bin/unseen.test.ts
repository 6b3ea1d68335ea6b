import type { Verb } from '../../bin/run-verb';
import { down } from '../../bin/verbs/sandbox/down';
import { list } from '../../bin/verbs/sandbox/list';
import { sweep } from '../../bin/verbs/sandbox/sweep';
import { serve } from '../sandbox/serve';
import { IDENTITY, runHere } from './run-here';

const DENIED = 'eu-west-1';
const WHY = 'alice is not authorized to perform: cloudformation:DescribeStacks';

/** An account without a sandbox, of which one region is closed to who asks. */
let aws: Awaited<ReturnType<typeof serve>>;
const before = { ...process.env };
beforeAll(async () => {
  aws = await serve(({ body, headers }) => {
    const type = 'text/xml';
    if (body.includes('GetCallerIdentity')) return { type, body: IDENTITY };
    if (headers.authorization?.includes(`/${DENIED}/`))
      return {
        type,
        status: 403,
        body: `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${WHY}</Message></Error></ErrorResponse>`,
      };
    return { type, body: '<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>' };
  });
  Object.assign(process.env, { AWS_ENDPOINT_URL: aws.endpoint, AWS_ACCESS_KEY_ID: 'alice', AWS_SECRET_ACCESS_KEY: 'hidden' });
});
afterAll(() => {
  process.env = before;
  aws.stop();
});

test.each<[string, Verb, string[], unknown]>([
  ['list', list, [], []],
  ['down', down, ['marketplace-launch-alice'], { name: 'marketplace-launch-alice', stacks: 0, unseen: [DENIED] }],
  ['sweep', sweep, [], { deleted: [], left: [], unseen: [DENIED] }],
])('%s says where it could not look, and ends with 1', async (_, verb, args, document) => {
  const { code, stdout, stderr } = await runHere(verb, args, {});
  expect(stderr).toBe(`could not look into ${DENIED}: ${WHY}\n`);
  expect(JSON.parse(stdout)).toEqual(document);
  expect(code).toBe(1);
});

test('whoever asks about one region only gets an answer about that', async () => {
  const { code, stderr } = await runHere(list, [], { region: 'us-west-2' });
  expect([code, stderr]).toEqual([0, '']);
});
