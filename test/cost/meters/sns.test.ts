import { Unpriceable } from '../../../cost/meter';
import { snsMeters } from '../../../cost/meters/sns';
import { bill } from './bill';

const topic = (properties: object = {}) => ({ News: { Type: 'AWS::SNS::Topic', Properties: { ...properties } } });

describe('SNS', () => {
  test('publishes and each paid kind of delivery are lines', () => {
    const usage = { publishesPerMonth: 100e6, mobilePushesPerMonth: 20e6, httpDeliveriesPerMonth: 5e6 };
    expect(bill(snsMeters, 'News', topic(), usage)).toEqual([
      'publish requests: 100,000,000 publishes / 1M = 100 1M requests at 0.5 = 50',
      'delivery to mobile push: 20,000,000 pushes to phones / 1M = 20 1M notifications at 0.5 = 10',
      'delivery to HTTP/S: 5,000,000 deliveries to HTTP/S / 1M = 5 1M notifications at 0.6 = 3',
    ]);
  });

  test('deliveries nobody makes are no lines', () => {
    expect(bill(snsMeters, 'News', topic(), { publishesPerMonth: 1e6 })).toHaveLength(1);
  });

  test('a FIFO topic is not priced short of its payload', () => {
    expect(() => bill(snsMeters, 'News', topic({ FifoTopic: true }), { publishesPerMonth: 1e6 })).toThrow(Unpriceable);
  });
});
