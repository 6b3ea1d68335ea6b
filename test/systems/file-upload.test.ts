import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import upload from '../../systems/file-upload';
import { synthesized, templateOf } from '../stacks/synthesized';

const stages = Object.keys(upload.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(upload, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const from = (d: Deployment, id: string) => d.flows.filter((f) => f.from === id);
const to = (d: Deployment, id: string) => d.flows.filter((f) => f.to === id);
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(upload, stage, set).decisions.find((d) => d.about === about)!.chosen;

test('our own growth path leads to the one scale of the source', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'seed-002']);
  expect(home('launch').platform).toBe('k3s');
});

test('no byte of a file passes the API, and all of them reach the bucket', () => {
  for (const stage of stages) {
    const d = home(stage);
    for (const f of [...from(d, 'upload-api'), ...to(d, 'upload-api')]) expect(Math.max(f.sentBytes, f.returnedBytes)).toBeLessThan(10e3);
    const sent = to(d, 'ingest').filter((f) => f.from === 'clients');
    const bytesPerDay = sent.reduce((n, f) => n + f.rate.average * 86_400 * f.sentBytes, 0);
    expect(bytesPerDay / d.workload.newBytesPerDay!).toBeCloseTo(1);
  }
});

test('a large file comes in parts of 5 MB, small ones in one piece', () => {
  const d = home('seed-002');
  const [sent] = to(d, 'ingest').filter((f) => f.from === 'clients');
  expect(sent!.sentBytes).toBeCloseTo(5e6, -3);
  expect(chosen('seed-002', 'large files')).toBe('in parts of 5 MB');
  expect(chosen('seed-002', 'large files', { largestBytes: 100e6 })).toBe('in one piece');
});

test('nothing is shown that was not scanned: who fills the buckets of the CDN knows the signatures', () => {
  for (const stage of stages) {
    const d = home(stage);
    const writers = new Set(
      ['public', 'private'].flatMap((id) =>
        to(d, id)
          .filter((f) => f.verb === 'writes')
          .map((f) => f.from),
      ),
    );
    expect(writers).toEqual(new Set(['intake', 'video-converter']));
    for (const id of writers) expect(from(d, id).some((f) => f.to === 'signatures' && f.verb === 'reads')).toBe(true);
    const read = new Set(['cdn', 'clients'].flatMap((id) => from(d, id).flatMap((f) => (f.verb === 'reads' ? f.to : []))));
    expect(read).toEqual(new Set(['public', 'private']));
  }
});

test('signatures are fetched every hour', () => {
  const d = home('growth');
  expect(part(d, 'function', 'refresh-signatures').schedule).toBe('15 * * * *');
  expect(from(d, 'refresh-signatures').map((f) => f.to)).toEqual(expect.arrayContaining(['clamav', 'signatures']));
});

describe('in the templates', () => {
  const stacks = synthesized(plan(upload, 'growth'));
  const found = (type: string) =>
    [...stacks.keys()].flatMap(
      (name) => Object.values(templateOf(stacks, name).findResources(type)) as { Properties: Record<string, never> }[],
    );
  const bucket = (holds: string) =>
    found('AWS::S3::Bucket').find(({ Properties }) => JSON.stringify(Properties.BucketName ?? '').includes(holds))!.Properties;

  test('ingest forgets after a day, drops unfinished uploads after seven, and is reached through the nearest edge', () => {
    const ingest = bucket('ingest');
    expect(ingest.AccelerateConfiguration).toEqual({ AccelerationStatus: 'Enabled' });
    expect(JSON.stringify(ingest.LifecycleConfiguration)).toContain('"DaysAfterInitiation":7');
    expect(JSON.stringify(ingest.LifecycleConfiguration)).toContain('"ExpirationInDays":1');
    expect(ingest).not.toHaveProperty('VersioningConfiguration');
  });

  test('a message is tried three times, stays hidden six runs long, and is then set aside', () => {
    const redriven = found('AWS::SQS::Queue').flatMap(({ Properties }) => (Properties.RedrivePolicy ? [Properties] : []));
    const arrived = redriven.find(({ VisibilityTimeout }) => VisibilityTimeout === 360)!;
    expect(arrived.RedrivePolicy).toMatchObject({ maxReceiveCount: 3 });
    const timeouts = found('AWS::Lambda::Function').map(({ Properties }) => Properties.Timeout);
    expect(timeouts).toContain(60);
  });

  test('the one CDN has no way to the private files, which the API alone may sign for', () => {
    expect(found('AWS::CloudFront::Distribution')).toHaveLength(1);
    const d = home('growth');
    expect(part(d, 'edge', 'cdn').spec).toMatchObject({ ttlSeconds: 31_536_000, hitRatio: 0.99 });
    const readers = (id: string) => to(d, id).flatMap((f) => (f.verb === 'reads' ? f.from : []));
    expect(readers('public')).toEqual(['cdn']);
    expect(new Set(readers('private'))).toEqual(new Set(['clients', 'upload-api']));
    // Variants are made anew from what was sent, and nobody else sees it.
    expect(new Set(readers('originals'))).toEqual(new Set(['intake', 'video-converter']));
  });
});

test('images leave Lambda before a thousand runs at once are not enough', () => {
  expect(part(home('seed-002'), 'function', 'intake').concurrency).toBeLessThan(1000);
  expect(chosen('seed-002', 'images', { imagesAtOnce: 1000 })).toBe('Lambda');
  expect(chosen('seed-002', 'images', { imagesAtOnce: 1001 })).toBe('pods');
});

test('videos go to Spot machines, where the queue spreads the evening over the night', () => {
  const d = home('seed-002');
  const converter = part(d, 'service', 'video-converter');
  expect(converter).toMatchObject({ interruptible: true, scaleOn: 'queue depth' });
  const { average, peak } = converter.load.consumed;
  expect(peak / average).toBeCloseTo((1.3 + 0.02) / 1.02);
  expect(part(d, 'queue', 'videos').visibilitySeconds).toBeGreaterThan((2e9 / 500e6) * 600);
  expect(part(home('launch'), 'service', 'video-converter').interruptible).toBeUndefined();
});

test('functions open no connection to the database: one worker writes what they found', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(new Set(to(d, 'assets').map((f) => f.from))).toEqual(new Set(['upload-api', 'asset-writer', 'sweeper', 'reconvert']));
    const results = part(d, 'queue', 'results').load;
    for (const { average } of [results.writes, results.consumed]) expect(average).toBeCloseTo((1.02 * d.workload.uploadsPerDay!) / 86_400);
  }
});

test('originals go to Deep Archive, what people see never does', () => {
  const d = home('seed-002');
  const classes = (id: string) => part(d, 'objectStore', id).spec.lifecycle?.map((step) => step.to);
  expect(classes('originals')).toEqual(['deep archive']);
  for (const id of ['public', 'private']) expect(classes(id)).toEqual(['infrequent access', 'instant archive']);
});
