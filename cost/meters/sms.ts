import { grouped } from '../charges';
import type { Meter } from '../meter';

/**
 * AWS End User Messaging: text messages at AWS's own price per message to the United States, the only country in the price book.
 * The carrier's fee and the rent of numbers come on top; usage counts neither, so the formula says so on the bill.
 * https://aws.amazon.com/end-user-messaging/pricing/
 */
export const smsMeters: Meter<'AWS::SMSVOICE::ConfigurationSet'>[] = [
  {
    type: 'AWS::SMSVOICE::ConfigurationSet',
    needs: ['smsPerMonth'],
    charges: (_, { smsPerMonth = 0 }) => [
      {
        dimension: 'text messages at United States rates',
        quantity: smsPerMonth,
        unit: 'message',
        price: { service: 'EndUserMessaging', dimension: 'SMS to United States' },
        formula: `${grouped(smsPerMonth)} messages; carrier fees and number rent come on top`,
        section: 'thirdParty',
      },
    ],
  },
];
