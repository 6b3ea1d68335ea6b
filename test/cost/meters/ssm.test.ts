import { ssmMeters } from '../../../cost/meters/ssm';
import { bill } from './bill';

test('standard parameters are free, advanced ones pay by the month', () => {
  const parameter = (Properties = {}) => bill(ssmMeters, 'It', { It: { Type: 'AWS::SSM::Parameter', Properties } });
  expect(parameter()).toEqual([]);
  expect(parameter({ Tier: 'Advanced' })).toEqual(['advanced parameter: 1 parameter = 1 parameter-month at 0.05 = 0.05']);
});
