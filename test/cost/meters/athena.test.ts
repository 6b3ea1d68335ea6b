import { athenaMeters } from '../../../cost/meters/athena';
import { bill } from './bill';

test('a workgroup pays each TB that its queries look through', () => {
  expect(bill(athenaMeters, 'It', { It: { Type: 'AWS::Athena::WorkGroup' } }, { scannedTbPerMonth: 25 })).toEqual([
    'data scanned: 25 TB = 25 TB at 5 = 125',
  ]);
});
