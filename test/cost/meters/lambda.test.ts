import { lambdaMeters } from '../../../cost/meters/lambda';
import { bill } from './bill';

test('a function pays requests and GB-seconds of its memory', () => {
  // 10M x 0.2 s x 0.5 GB = 1,000,000 GB-s x 0.0000133334; 10 x 0.20
  const code = { It: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 512, Architectures: ['arm64'] } } };
  expect(bill(lambdaMeters, 'It', code, { invocationsPerMonth: 10e6, averageMilliseconds: 200 })).toEqual([
    'requests: 10,000,000 invocations / 1M = 10 1M requests at 0.2 = 2',
    'duration, arm64: 10,000,000 x 200 ms x 512 MB = 1000000 GB-second at 0.0000133334 then 0.0000120001 then 0.0000106667 = 13.33',
  ]);
});
