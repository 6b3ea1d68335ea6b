import { monthly } from '../charges';
import type { Meter } from '../meter';
import { textAt } from '../property';

/** Systems Manager parameters: free in the standard tier, a month each in the advanced one. https://aws.amazon.com/systems-manager/pricing/ */
export const ssmMeters: Meter[] = [
  {
    type: 'AWS::SSM::Parameter',
    needs: [],
    charges: (parameter) =>
      textAt(parameter, 'Tier', 'Standard') === 'Standard'
        ? []
        : [monthly('advanced parameter', 1, '1 parameter', { service: 'SSM', dimension: 'advanced parameter' }, 'parameter-month')],
  },
];
