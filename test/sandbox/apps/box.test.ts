import { createHash } from 'node:crypto';
import { bringUpApps } from '../../../sandbox/apps';
import { syncOf } from '../../../sandbox/apps/box';
import type { Step } from '../../../sandbox/engine';
import { tinyPlan } from '../../k8s/tiny-system';
import { account, madeUpOutputs } from './made-up';
import { serve } from '../serve';

const tag = (text: string) => `"${createHash('md5').update(text).digest('hex')}"`;

test('puts what differs, removes what is gone, leaves the rest', () => {
  const present = new Map([
    ['manifests/same.yaml', tag('same')],
    ['manifests/changed.yaml', tag('before')],
    ['manifests/gone.yaml', tag('gone')],
  ]);
  const wanted = ['same', 'changed', 'new'].map((name) => ({ path: `${name}.yaml`, text: name }));
  expect(syncOf(present, wanted)).toEqual({
    put: [
      { key: 'manifests/changed.yaml', text: 'changed' },
      { key: 'manifests/new.yaml', text: 'new' },
    ],
    remove: ['manifests/gone.yaml'],
  });
});

describe('a bucket', () => {
  const plan = tinyPlan('box');
  const compute = 'tiny-box-us-east-1-compute';
  const made = madeUpOutputs(plan);
  const outputs = { ...made, [compute]: { ...made[compute], ManifestsBucket: 'the-bucket', InstanceId: 'i-0123' } };
  const objects = new Map([
    ['manifests/gone.yaml', 'gone'],
    ['other.txt', 'not ours'],
  ]);
  /** Lists one object a page, as S3 does a thousand. */
  const list = (url: URL): string => {
    const prefix = url.searchParams.get('prefix') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const from = Number(url.searchParams.get('continuation-token') ?? 0);
    const contents = keys
      .slice(from, from + 1)
      .map((key) => `<Contents><Key>${key}</Key><ETag>${tag(objects.get(key)!)}</ETag></Contents>`);
    const more = from + 1 < keys.length;
    return `<ListBucketResult>${contents.join('')}<IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${from + 1}</NextContinuationToken>` : ''}</ListBucketResult>`;
  };
  let s3: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    s3 = await serve(({ method, url, body }) => {
      const [, bucket, ...rest] = url.pathname.split('/');
      const key = rest.join('/');
      if (bucket !== 'the-bucket')
        return { status: 404, type: 'application/xml', body: '<Error><Code>NoSuchBucket</Code><Message>no such bucket</Message></Error>' };
      if (method === 'PUT') objects.set(key, body);
      if (method === 'DELETE') objects.delete(key);
      return { type: 'application/xml', body: method === 'GET' ? list(url) : '', status: method === 'DELETE' ? 204 : 200 };
    });
    process.env.AWS_ENDPOINT_URL_S3 = s3.endpoint;
  });
  afterAll(() => {
    delete process.env.AWS_ENDPOINT_URL_S3;
    s3.stop();
  });

  test('holds exactly the manifests, and a second run changes nothing', async () => {
    const steps: Step[] = [];
    const look = await bringUpApps(plan, outputs, account, { watch: (step) => steps.push(step) });
    expect(look).toEqual([expect.stringContaining('aws ssm start-session --region us-east-1 --target i-0123')]);
    expect([...objects.keys()].sort()).toEqual(
      expect.arrayContaining(['manifests/00-namespace.yaml', 'manifests/01-shared.yaml', 'manifests/shop.yaml', 'other.txt']),
    );
    expect(objects.has('manifests/gone.yaml')).toBe(false);
    expect(objects.get('manifests/shop.yaml')).toContain('kind: Deployment');
    const last = steps.at(-1)!;
    expect(last).toMatchObject({ stack: 'tiny-box-us-east-1', status: 'done', done: last.total });
    const before = s3.requests.length;
    await bringUpApps(plan, outputs, account, { watch: () => undefined });
    expect(new Set(s3.requests.slice(before).map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  test('that is missing is named', async () => {
    const lost = { ...outputs, [compute]: { ...outputs[compute], ManifestsBucket: 'another' } };
    await expect(bringUpApps(plan, lost, account, { watch: () => undefined })).rejects.toThrow('no such bucket');
    await expect(bringUpApps(plan, made, account, { watch: () => undefined })).rejects.toThrow('has no output ManifestsBucket');
  });
});
