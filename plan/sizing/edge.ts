import { fit } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { assumed, docs } from '../source';
import { bytes, percent, short } from '../units';

/** A content delivery network in front of the system. */
export interface EdgeSpec {
  /** What it caches: `images, static files`. */
  serves: string;
  /** Seconds an object is kept without asking again. */
  ttlSeconds: number;
  /** Share of requests answered at the edge; the flows to origins carry the rest. */
  hitRatio: number;
  /** Web application firewall with managed rules and a limit per address. @default false */
  firewall?: boolean;
  /** Requests of one address in five minutes before it is refused. @default 2000 */
  requestsPerAddress?: number;
}

export interface EdgePart extends Sized<'edge'> {
  spec: EdgeSpec;
}

const QUOTAS = docs(
  'AWS docs, Quotas (Amazon CloudFront)',
  '2026-11-22',
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html',
);
/** Default quotas of a distribution; AWS raises both on request. */
export const DISTRIBUTION_QUOTAS = { requests: { value: 250_000, source: QUOTAS }, bandwidth: { value: 150e9 / 8, source: QUOTAS } };
/** Where we stop asking for more and add a distribution. */
const RAISED = { factor: 10, source: assumed('a distribution can be raised to ten times its default quotas') };
const TARGET = 0.8;

/** CloudFront is not bound to zones; distributions are added past what its quotas can be raised to. */
export function sizeEdge(id: string, spec: EdgeSpec, { load }: Surroundings): EdgePart {
  const dimensions = [
    { name: 'requests', demand: load.requests.peak, perUnit: DISTRIBUTION_QUOTAS.requests.value * RAISED.factor, unit: 'requests/s' },
    { name: 'bandwidth', demand: load.bytesOut.peak, perUnit: DISTRIBUTION_QUOTAS.bandwidth.value * RAISED.factor, unit: 'bytes/s' },
  ].map((d) => ({ ...d, source: RAISED.source }));
  const fitted = fit(dimensions, { zones: 3, target: TARGET, standIn: true });
  return {
    id,
    kind: 'edge',
    technology: spec.firewall ? 'CloudFront with WAF' : 'CloudFront',
    size: 'on demand',
    reason: `${short(load.requests.peak)} requests/s and ${bytes(load.bytesOut.peak)}/s to users, ${percent(spec.hitRatio)} answered at the edge.`,
    load,
    cellsNeeded: 1,
    spec,
    ...measured({ fit: fitted, target: TARGET }),
  };
}
