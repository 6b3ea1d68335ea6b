import { ecrMeters } from '../../../cost/meters/ecr';
import { bill } from './bill';

test('a private repository pays for what it holds', () => {
  // 50 GB x 0.10
  expect(bill(ecrMeters, 'Images', { Images: { Type: 'AWS::ECR::Repository', Properties: {} } }, { storedGb: 50 })).toEqual([
    'image storage: 50 GB = 50 GB-month at 0.1 = 5',
  ]);
});
