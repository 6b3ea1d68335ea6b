import { sqsMeters } from '../../../cost/meters/sqs';
import { bill } from './bill';

const queue = (properties: object = {}) => ({ Jobs: { Type: 'AWS::SQS::Queue', Properties: { ...properties } } });

describe('SQS', () => {
  test('a standard queue pays by request, more cheaply beyond 100 and 200 billion', () => {
    // 100,000 M x 0.40 + 100,000 M x 0.30 + 50,000 M x 0.24 = 40,000 + 30,000 + 12,000
    expect(bill(sqsMeters, 'Jobs', queue(), { requestsPerMonth: 250e9 })).toEqual([
      'standard requests: 250,000,000,000 requests / 1M = 250000 1M requests at 0.4 then 0.3 then 0.24 = 82000',
    ]);
  });

  test('a FIFO queue has prices of its own', () => {
    expect(bill(sqsMeters, 'Jobs', queue({ FifoQueue: true }), { requestsPerMonth: 10e6 })).toEqual([
      'FIFO requests: 10,000,000 requests / 1M = 10 1M requests at 0.5 then 0.4 then 0.35 = 5',
    ]);
  });
});
