import { type Deployment, plan } from '../../plan/plan';
import type { Kind, PartByKind } from '../../plan/sizing';
import shortener from '../../systems/url-shortener';

const stages = Object.keys(shortener.stages);
const home = (stage: string, set: Record<string, number> = {}): Deployment => plan(shortener, stage, set).deployments[0]!;
const part = <K extends Kind>(d: Deployment, kind: K, id: string) => d.parts.find((p) => p.kind === kind && p.id === id) as PartByKind[K];
const chosen = (stage: string, about: string, set: Record<string, number> = {}): string =>
  plan(shortener, stage, set).decisions.find((d) => d.about === about)!.chosen;

test('our own growth path and both scale points are there', () => {
  expect(stages).toEqual(['launch', 'growth', 'scale', 'seed-003', 'seed-004']);
});

test('expired links leave by themselves', () => {
  for (const stage of stages) expect(part(home(stage), 'keyValue', 'links').spec.ttlAttribute).toBe('expires_at');
});

test('a cache that is down costs time, not redirects', () => {
  const toCache = home('seed-003').flows.filter((f) => f.to === 'hot-links');
  expect(toCache.length).toBeGreaterThan(0);
  expect(new Set(toCache.map((f) => f.soft))).toEqual(new Set([true]));
});

test('no click is waited for', () => {
  for (const stage of stages)
    for (const f of home(stage).flows.filter(({ from, to }) => from === 'redirect' && ['clicks', 'click-counts'].includes(to)))
      expect(f.soft).toBe(true);
});

test('six characters are crowded enough for keys made ahead, seven are not', () => {
  expect(chosen('seed-003', 'codes')).toBe('keys made ahead');
  expect(chosen('seed-003', 'codes', { codeLength: 7 })).toBe('random, written on condition');
});

test('a link asked for a million times in a minute is kept by the pods and leaves the cache alone', () => {
  expect(chosen('seed-004', 'hottest links')).toBe('kept by each pod for seconds');
  const d = home('seed-004');
  const lookups = d.flows.filter((f) => f.to === 'hot-links' && f.verb === 'reads').reduce((n, f) => n + f.rate.peak, 0);
  expect(lookups).toBeCloseTo(d.workload.redirectsPeak! - 1e6 / 60, 3);
});

test('a region may fail at 99.99 %: both serve, over one global table', () => {
  const { deployments } = plan(shortener, 'scale');
  expect(deployments.map((d) => d.region.role)).toEqual(['active', 'active']);
  for (const d of deployments) expect(part(d, 'keyValue', 'links').spec.multiRegion).toBe(true);
});

test('memory follows a day of redirects, not five years of links', () => {
  expect(home('seed-003').workload.hotBytes).toBeCloseTo(0.2 * 500 * (1e10 / 30), -3);
});

test('links are made without the generator of keys: each pod holds thousands, and no redirect asks for one', () => {
  const d = home('seed-003');
  const ofKeys = d.flows.filter(({ to }) => to === 'keys');
  expect(ofKeys.filter(({ verb, soft }) => verb === 'reads' && soft)).toHaveLength(1);
  expect(ofKeys.map(({ from }) => from)).not.toContain('api');
});
