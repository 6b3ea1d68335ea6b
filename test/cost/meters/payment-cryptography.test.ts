import { paymentCryptographyMeters } from '../../../cost/meters/payment-cryptography';
import { bill } from './bill';

test('a key and ten thousand requests, of which the pricing page has ten: 30 USD together', () => {
  const key = { It: { Type: 'AWS::PaymentCryptography::Key' } };
  expect(bill(paymentCryptographyMeters, 'It', key, { requestsPerMonth: 10_000 })).toEqual([
    'active key: 1 key = 1 key-month at 1 = 1',
    'requests: 10,000 requests / 10k = 1 10k requests at 2 = 2',
  ]);
});
