import { perMillion, withoutZeros } from '../charges';
import { Unpriceable } from '../meter';
import type { Meter } from '../meter';
import { flagAt } from '../property';

/**
 * Amazon SNS standard topics: publishes, and deliveries to phones and HTTP endpoints; deliveries to SQS and Lambda are free.
 * The account's free quantities are the estimate's to apply. https://aws.amazon.com/sns/pricing/
 */
export const snsMeters: Meter<'AWS::SNS::Topic'>[] = [
  {
    type: 'AWS::SNS::Topic',
    needs: ['publishesPerMonth'],
    charges(topic, { publishesPerMonth = 0, mobilePushesPerMonth = 0, httpDeliveriesPerMonth = 0 }) {
      if (flagAt(topic, 'FifoTopic')) throw new Unpriceable('a FIFO topic is billed by GB of payload too, which no usage figure states');
      return [
        perMillion('publish requests', publishesPerMonth, 'publishes', { service: 'SNS', dimension: 'publish requests' }),
        ...withoutZeros([
          delivery('mobile push', mobilePushesPerMonth, 'pushes to phones'),
          delivery('HTTP/S', httpDeliveriesPerMonth, 'deliveries to HTTP/S'),
        ]),
      ];
    },
  },
];

const delivery = (to: string, count: number, counted: string) =>
  perMillion(`delivery to ${to}`, count, counted, { service: 'SNS', dimension: `delivery to ${to}` }, '1M notifications');
