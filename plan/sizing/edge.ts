import { utilise } from '../fit';
import { measured, type Sized, type Surroundings } from '../part';
import { docs } from '../source';
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

const DISTRIBUTION = { value: 250_000, source: docs('AWS docs, CloudFront quotas: requests a second and distribution', '2026-11-22') };
const BANDWIDTH = { value: 150e9 / 8, source: docs('AWS docs, CloudFront quotas: data transfer rate a distribution', '2026-11-22') };
const TARGET = 0.8;

/** CloudFront is not bound to zones; distributions are added past its quotas. */
export function sizeEdge(id: string, spec: EdgeSpec, { load }: Surroundings): EdgePart {
  const dimensions = [
    { name: 'requests', demand: load.requests.peak, perUnit: DISTRIBUTION.value, unit: 'requests/s', source: DISTRIBUTION.source },
    { name: 'bandwidth', demand: load.bytesOut.peak, perUnit: BANDWIDTH.value, unit: 'bytes/s', source: BANDWIDTH.source },
  ];
  const fit = utilise(1, dimensions, { zones: 3, target: TARGET, standIn: true });
  return {
    ...measured({ fit, target: TARGET }),
    id,
    kind: 'edge',
    technology: spec.firewall ? 'CloudFront with WAF' : 'CloudFront',
    size: 'on demand',
    reason: `${short(load.requests.peak)} requests/s and ${bytes(load.bytesOut.peak)}/s to users, ${percent(spec.hitRatio)} answered at the edge.`,
    load,
    cellsNeeded: 1,
    spec,
  };
}
