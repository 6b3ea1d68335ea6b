import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import editor from '../../systems/collaborative-editor';
import { objectsOf } from '../k8s/read-manifests';

const stages = Object.keys(editor.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(editor, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const flows = (d: Deployment, from: string, to: string) => d.flows.filter((f) => f.from === from && f.to === to);

test('a path of growth to the scale point of the case study', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'seed-001']);
});

test('a document has one owner: members hold documents alone, and are found by name', () => {
  for (const stage of stages) expect(part(home(stage), 'stateful', 'collaboration')).toMatchObject({ ownsKeys: true, peers: false });
  const objects = objectsOf(plan(editor, 'growth'), {}, 'us-east-1/');
  const endpoints = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'endpoints')!;
  expect((endpoints as { data: Record<string, string> }).data.COLLABORATION_HOSTS).toMatch(/^collaboration-0\.collaboration/);
});

test('what is told to others was logged: the owner does not go on without the log, and its crash loses memory only', () => {
  const d = home('seed-001');
  const [written] = flows(d, 'collaboration', 'operations').filter(({ verb }) => verb === 'writes');
  expect([written!.soft, written!.rate.peak]).toEqual([undefined, d.workload.operationsPeak]);
  expect(part(d, 'stateful', 'collaboration').rebuiltFrom).toMatch(/snapshot and the operation log/);
});

test('whoever comes back reads one range: document and version, as of the last append', () => {
  expect(part(home('growth'), 'keyValue', 'operations').spec).toMatchObject({
    partitionKey: 'doc_id',
    sortKey: 'version',
    strongReads: true,
  });
});

test('edits go on without cursors', () => {
  for (const flow of flows(home('scale'), 'ws-gateway', 'presence')) expect(flow.soft).toBe(true);
  expect(flows(home('scale'), 'ws-gateway', 'presence')).toHaveLength(2);
});

test('sockets are drained for five minutes, and those of a lost zone find room', () => {
  const d = home('seed-001');
  const { pods, drainSeconds } = part(d, 'service', 'ws-gateway');
  expect(drainSeconds).toBe(300);
  expect(Math.floor((pods.peak * 2) / 3) * 10e3).toBeGreaterThanOrEqual(d.workload.editors!);
});

test('a document that changes has a snapshot every five minutes, and one when it is closed', () => {
  const d = home('scale');
  const [snapshot] = flows(d, 'collaboration', 'snapshots').filter(({ verb }) => verb === 'writes');
  expect(snapshot!.rate.peak).toBeCloseTo((0.2 * d.workload.openDocuments!) / 300);
  expect(part(d, 'queue', 'idle-documents').maxReceives).toBe(5);
  expect(d.alarms).toContainEqual(expect.objectContaining({ part: 'idle-documents', watched: 'oldest message', threshold: 600 }));
});

test('a document is in one region, with its log, owner and people', () => {
  const { deployments } = plan(editor, 'seed-001');
  expect(deployments).toHaveLength(3);
  for (const d of deployments) {
    expect(part(d, 'relational', 'documents').multiRegion).toBe(false);
    expect(part(d, 'keyValue', 'operations').spec.multiRegion).toBeUndefined();
  }
});

test('files go past the services: browsers put and fetch them by addresses that are signed, and published documents come from the edge', () => {
  for (const stage of stages) {
    const d = home(stage);
    expect(flows(d, 'clients', 'media')).toMatchObject([{ verb: 'writes', sentBytes: 500e3 }]);
    expect(flows(d, 'document-service', 'media').every(({ sentBytes, returnedBytes }) => sentBytes + returnedBytes < 1e3)).toBe(true);
    expect(d.flows.filter(({ from }) => from === 'cdn').map(({ to }) => to)).toEqual(['media', 'snapshots']);
  }
});

test('a document that loads for two seconds is noticed', () => {
  expect(home('growth').alarms).toContainEqual(expect.objectContaining({ part: 'web', watched: 'latency p99', threshold: 2 }));
});

test('nobody reaches an owner but through the gateway, so each edit is checked where it is ordered', () => {
  for (const stage of stages) {
    const callers = home(stage)
      .flows.filter(({ to }) => to === 'collaboration')
      .map(({ from }) => from);
    expect(new Set(callers)).toEqual(new Set(['ws-gateway']));
    expect(flows(home(stage), 'collaboration', 'documents').some(({ verb, soft }) => verb === 'reads' && !soft)).toBe(true);
  }
});
