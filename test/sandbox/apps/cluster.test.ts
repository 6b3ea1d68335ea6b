import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type AppsOptions, bringUpApps } from '../../../sandbox/apps';
import type { Step } from '../../../sandbox/engine';
import { tinyPlan } from '../../k8s/tiny-system';
import { twoRegionsPlan } from '../../stacks/two-regions';
import { account, madeUpOutputs } from './made-up';
import { serve } from '../serve';
import { StandIns } from './stand-ins';

const plan = tinyPlan('zones');
const outputs = madeUpOutputs(plan);
const name = 'tiny-zones-us-east-1';
const authority = Buffer.from('a certificate').toString('base64');
let cluster: object | undefined;
/** Part of the name of a cluster that is not there. */
let missing = 'none';
let eks: Awaited<ReturnType<typeof serve>>;
let programs: StandIns;

beforeAll(async () => {
  eks = await serve(({ url }) =>
    url.pathname.startsWith('/clusters/') && !url.pathname.includes(missing) && cluster
      ? { body: JSON.stringify({ cluster }) }
      : { status: 404, body: JSON.stringify({ message: 'No cluster found', __type: 'ResourceNotFoundException' }) },
  );
  process.env.AWS_ENDPOINT_URL_EKS = eks.endpoint;
});
afterAll(() => {
  delete process.env.AWS_ENDPOINT_URL_EKS;
  eks.stop();
});
beforeEach(() => {
  cluster = { name, status: 'ACTIVE', endpoint: 'https://cluster.example', certificateAuthority: { data: authority } };
  programs = new StandIns();
  programs.add('helmfile', `cp "$KUBECONFIG" '${programs.folder}/kubeconfig'; echo "$KUBECONFIG" > '${programs.folder}/where'`);
});
afterEach(() => programs.remove());

const up = (options: Partial<AppsOptions> = {}) => bringUpApps(plan, outputs, account, { watch: () => undefined, ...options });
const APPLY = `for last; do :; done; ls "$last" >> '%/files'; for i in namespace/tiny configmap/endpoints; do echo "$i serverside-applied"; done; case "$*" in *--prune*) echo 'deployment.apps/old pruned';; esac; echo "$KUBECTL_APPLYSET" >> '%/sets'`;

test('controllers first, then the manifests, then it waits for every Deployment', async () => {
  programs.add('kubectl', `[ "$1" = apply ] && { ${APPLY.replaceAll('%', programs.folder)}; } || true`);
  const steps: Step[] = [];
  const look = await up({ watch: (step) => steps.push(step), rolloutSeconds: 30 });
  const calls = programs.calls();
  expect(calls[0]).toMatch(/^helmfile apply --file \S+\/helmfile.yaml$/);
  expect(calls[1]).toMatch(/^kubectl apply --server-side --force-conflicts --field-manager=scaleprint -f \S+$/);
  expect(calls[2]).toMatch(/^kubectl apply --server-side .* --namespace tiny --prune --applyset=configmaps\/scaleprint -f \S+$/);
  expect(readFileSync(`${programs.folder}/sets`, 'utf8')).toBe('\ntrue\n');
  expect(calls.slice(3).sort()).toEqual(
    ['chat', 'mailer', 'shop', 'stock'].map((service) =>
      expect.stringMatching(new RegExp(`^kubectl --namespace tiny rollout status deployment/${service} --timeout=\\d+s$`)),
    ),
  );
  const files = readFileSync(`${programs.folder}/files`, 'utf8').split('\n');
  expect([files[0], files[1]]).toEqual(['00-namespace.yaml', '01-shared.yaml']);
  expect(files).toContain('shop.yaml');
  expect(steps.map(({ resource, status }) => `${resource} ${status}`)).toEqual(
    expect.arrayContaining(['controllers done', 'namespace/tiny done', 'deployment.apps/shop done']),
  );
  expect(steps).toContainEqual(expect.objectContaining({ resource: 'deployment.apps/old', type: 'object that is gone', status: 'done' }));
  expect(look.join('\n')).toContain(`aws eks update-kubeconfig --region us-east-1 --name ${name}`);
});

test('programs get a kubeconfig of their own, which is gone afterwards', async () => {
  programs.add('kubectl');
  await up();
  const config = parse(readFileSync(`${programs.folder}/kubeconfig`, 'utf8'));
  expect(config['current-context']).toBe(name);
  expect(config.clusters).toEqual([{ name, cluster: { server: 'https://cluster.example', 'certificate-authority-data': authority } }]);
  const where = readFileSync(`${programs.folder}/where`, 'utf8').trim();
  expect(existsSync(where)).toBe(false);
  expect(existsSync(config.users[0].user.tokenFile)).toBe(false);
});

test.each([
  ['dial tcp 10.0.0.1:443: i/o timeout', /kubectl failed at tiny-zones-us-east-1: dial tcp .*ApiCidrs/],
  ['error: You must be logged in to the server (Unauthorized)', /AdministratorArn/],
  ['failed calling webhook "vtargetgroupbinding.elbv2.k8s.aws": connection refused', /run the same command again in a minute/],
  ['error: unknown flag: --applyset', /kubectl 1.27 or newer/],
  ['error: something else', /something else; mend it/],
])('says what to do about "%s"', async (said, advice) => {
  programs.add('kubectl', `echo '${said}' >&2; exit 1`);
  await expect(up()).rejects.toThrow(advice);
  expect(programs.calls().filter((call) => call.startsWith('kubectl'))).toHaveLength(1);
});

test('nothing is applied where the controllers fail', async () => {
  programs.add('helmfile', 'echo no such chart >&2; exit 1');
  programs.add('kubectl');
  await expect(up()).rejects.toThrow('helmfile failed at tiny-zones-us-east-1: no such chart');
  expect(programs.calls().filter((call) => call.startsWith('kubectl'))).toEqual([]);
});

test('a service that does not run is named with the reason of its first pod', async () => {
  const pods = {
    items: [{ metadata: { name: 'stock-1' }, status: { containerStatuses: [{ state: { waiting: { reason: 'ErrImagePull' } } }] } }],
  };
  programs.add(
    'kubectl',
    `case "$*" in *deployment/stock*) echo timed out >&2; exit 1;; *"get pods"*) echo '${JSON.stringify(pods)}';; esac`,
  );
  await expect(up()).rejects.toThrow(
    /^stock does not run in tiny-zones-us-east-1: stock-1: ErrImagePull; see `kubectl -n tiny describe pods -l/,
  );
  expect(programs.calls().at(-1)).toBe('kubectl --namespace tiny get pods --selector app.kubernetes.io/name=stock --output=json');
});

test('a cluster that is not there, or not there yet, is named', async () => {
  programs.add('kubectl');
  cluster = { name, status: 'CREATING' };
  await expect(up()).rejects.toThrow(`cluster ${name} is CREATING and has no endpoint yet`);
  cluster = undefined;
  await expect(up()).rejects.toThrow('No cluster found');
  expect(programs.calls()).toEqual([]);
});

test('every region comes up; where one fails, the others do all the same', async () => {
  const everywhere = twoRegionsPlan();
  const upEverywhere = () => bringUpApps(everywhere, madeUpOutputs(everywhere), account, { watch: () => undefined });
  const rolledOut = () => programs.calls().filter((call) => call.includes('rollout status')).length;
  programs.add('kubectl');
  const look = await upEverywhere();
  for (const region of ['us-east-1', 'eu-west-1']) expect(look.join()).toContain(`--name two-regions-usual-${region}`);
  expect(rolledOut()).toBe(2);
  missing = 'us-east-1';
  await expect(upEverywhere()).rejects.toThrow('No cluster found');
  expect(rolledOut()).toBe(1);
  missing = 'none';
});
