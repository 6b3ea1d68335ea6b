import { grouped, monthly, withoutZeros } from '../charges';
import type { Charge, Meter } from '../meter';

/**
 * Amazon SES: e-mails by the thousand recipients (a usage of one e-mail is one recipient) and attachments by GB.
 *
 * Billed à la carte, because the plans (Essentials, Pro, Enterprise) are subscriptions of the account: no template can state
 * one, and what they add, deliverability tooling, no configuration set needs. New accounts start on Essentials, at a higher
 * price per e-mail, since 2026-07-21; this is the bill of one that leaves it. https://aws.amazon.com/ses/pricing/
 */
export const sesMeters: Meter<'AWS::SES::ConfigurationSet'>[] = [
  {
    type: 'AWS::SES::ConfigurationSet',
    needs: ['emailsPerMonth'],
    charges(_, { emailsPerMonth = 0, attachmentGbPerMonth = 0 }) {
      const emails: Charge = {
        dimension: 'outbound e-mail, à la carte',
        quantity: emailsPerMonth / 1000,
        unit: '1k recipients',
        price: { service: 'SES', dimension: 'outbound email', spec: 'à la carte' },
        formula: `${grouped(emailsPerMonth)} e-mails of one recipient / 1k`,
      };
      const attachments = monthly(
        'attachments',
        attachmentGbPerMonth,
        `${grouped(attachmentGbPerMonth)} GB attached`,
        { service: 'SES', dimension: 'attachments', spec: 'à la carte' },
        'GB',
      );
      return [emails, ...withoutZeros([attachments])].map((charge) => ({ ...charge, section: 'thirdParty' as const }));
    },
  },
];
