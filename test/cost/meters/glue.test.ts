import { glueMeters } from '../../../cost/meters/glue';
import { bill } from './bill';

test('a database pays the look-ups of its tables', () => {
  expect(bill(glueMeters, 'It', { It: { Type: 'AWS::Glue::Database' } }, { requestsPerMonth: 3e6 })).toEqual([
    'catalog requests: 3,000,000 requests / 1M = 3 1M requests at 1 = 3',
  ]);
});
