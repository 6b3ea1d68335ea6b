import type { Candidate } from './candidate';
import { faultsOf, HEAD, rowOf } from './report';
import type { Verdict } from './verdict';

const candidate = {
  system: 's',
  stage: 'launch',
  region: 'r',
  nodes: [{}],
  objects: [{ kind: 'StatefulSet', metadata: { name: 'leases' }, spec: { replicas: 3 } }],
  addons: [],
  zonesToLose: [],
} as unknown as Candidate;
const sound: Verdict = { refused: [], pods: 3, pending: [], pendingWithout: new Map([['ra', []]]), waiting: new Map(), seconds: 1.25 };
const pod = { owner: 'api', namespace: 's', name: 'api-1', claims: [], why: 'too small' };
const member = { ...pod, name: 'leases-0' };
const failed = (verdict: Verdict, of = candidate) => faultsOf(of, verdict).flatMap(([holds, fault]) => (holds ? [] : fault));

test('a sound verdict has no fault, and each fault is said', () => {
  expect(failed(sound)).toEqual([]);
  expect(failed({ ...sound, refused: ['Deployment api: unknown field'] })).toEqual([
    's launch r: the API server refuses Deployment api: unknown field',
  ]);
  expect(failed({ ...sound, pending: [pod, pod] })).toEqual(['s launch r: 2 pods have no place: 2 of api (too small)']);
  expect(failed({ ...sound, pendingWithout: new Map([['ra', [pod]]]) })[0]).toMatch(/^s launch r with ra lost: 1 pods/);
  expect(failed({ ...sound, waiting: new Map([['ra', [member]]]) })).toEqual([]);
  expect(failed({ ...sound, waiting: new Map([['ra', [member, member]]]) })).toEqual([
    's launch r with ra lost: 2 of 3 members of leases are gone with it',
  ]);
  expect(failed({ ...sound, pods: 0 })[0]).toMatch(/nothing was judged/);
  expect(failed(sound, { ...candidate, nodes: [] })[0]).toMatch(/nothing was judged/);
});

test('figures stand below their heads', () => {
  const row = rowOf(candidate, sound);
  for (const [head, value] of [
    ['pods', '3'],
    ['zone lost', '0'],
    ['seconds', '1.3'],
  ] as const) {
    // prettier-ignore
    const at = HEAD.indexOf(head);
    expect(row.slice(at, at + head.length + 1)).toContain(value);
  }
});
