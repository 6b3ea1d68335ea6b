import { emrServerlessMeters } from '../../../cost/meters/emr-serverless';
import { bill } from './bill';

const application = (properties: object) => ({ It: { Type: 'AWS::EMRServerless::Application', Properties: { ...properties } } });
const usage = { vcpuHoursPerMonth: 1000, gbHoursPerMonth: 4000 };

test('an application pays what its workers have while they run, by their processor', () => {
  expect(bill(emrServerlessMeters, 'It', application({ Architecture: 'ARM64' }), usage)).toEqual([
    'workers, vCPU, arm64: 1,000 vCPU-hours = 1000 vCPU-hour at 0.042094 = 42.09',
    'workers, memory, arm64: 4,000 GB-hours = 4000 GB-hour at 0.004628 = 18.51',
  ]);
  expect(bill(emrServerlessMeters, 'It', application({}), usage)).toEqual([
    'workers, vCPU, x86: 1,000 vCPU-hours = 1000 vCPU-hour at 0.052624 = 52.62',
    'workers, memory, x86: 4,000 GB-hours = 4000 GB-hour at 0.0057785 = 23.11',
  ]);
});
