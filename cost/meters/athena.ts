import { grouped, monthly } from '../charges';
import type { Meter } from '../meter';

/** Athena: what queries look through, 10 MB at least for each. Their results are on the bucket. https://aws.amazon.com/athena/pricing/ */
export const athenaMeters: Meter<'AWS::Athena::WorkGroup'>[] = [
  {
    type: 'AWS::Athena::WorkGroup',
    needs: ['scannedTbPerMonth'],
    charges: (_, { scannedTbPerMonth: tb = 0 }) => [
      monthly(
        'data scanned',
        tb,
        `${grouped(tb)} TB`,
        { service: 'Athena', dimension: 'data scanned', spec: 'SQL, 10 MB minimum per query' },
        'TB',
      ),
    ],
  },
];
