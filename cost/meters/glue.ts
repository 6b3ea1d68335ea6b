import { perMillion } from '../charges';
import type { Meter } from '../meter';

/** Glue Data Catalog: look-ups. A million tables and partitions are free, and partitions that are projected are none. https://aws.amazon.com/glue/pricing/ */
export const glueMeters: Meter<'AWS::Glue::Database'>[] = [
  {
    type: 'AWS::Glue::Database',
    needs: ['requestsPerMonth'],
    charges: (_, { requestsPerMonth = 0 }) => [
      perMillion('catalog requests', requestsPerMonth, 'requests', { service: 'Glue', dimension: 'catalog requests' }),
    ],
  },
];
