import { monthly } from '../charges';
import type { Meter } from '../meter';

/** Amazon ECR: what private repositories hold; pulls within the region are free. https://aws.amazon.com/ecr/pricing/ */
export const ecrMeters: Meter<'AWS::ECR::Repository'>[] = [
  {
    type: 'AWS::ECR::Repository',
    needs: ['storedGb'],
    charges: (_, { storedGb = 0 }) => [
      monthly('image storage', storedGb, `${storedGb} GB`, { service: 'ECR', dimension: 'storage', spec: 'private' }, 'GB-month'),
    ],
  },
];
