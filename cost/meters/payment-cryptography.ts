import { monthly } from '../charges';
import type { Meter, PriceKey } from '../meter';

const price = (dimension: string): PriceKey => ({ service: 'PaymentCryptography', dimension });

/**
 * AWS Payment Cryptography: the key while it is active, and requests at the price of the first ones; larger volumes are cheaper, by how much is
 * in none of our sources. https://aws.amazon.com/payment-cryptography/pricing/
 */
export const paymentCryptographyMeters: Meter<'AWS::PaymentCryptography::Key'>[] = [
  {
    type: 'AWS::PaymentCryptography::Key',
    needs: ['requestsPerMonth'],
    charges: (_, { requestsPerMonth = 0 }) => [
      monthly('active key', 1, '1 key', price('active key'), 'key-month'),
      monthly(
        'requests',
        requestsPerMonth / 10_000,
        `${requestsPerMonth.toLocaleString('en-US')} requests / 10k`,
        price('requests'),
        '10k requests',
      ),
    ],
  },
];
