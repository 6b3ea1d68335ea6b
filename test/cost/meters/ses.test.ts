import { sesMeters } from '../../../cost/meters/ses';
import { bill, charges } from './bill';

describe('SES', () => {
  const mail = { Mail: { Type: 'AWS::SES::ConfigurationSet' } };

  test('e-mails are billed à la carte, not at the 0.16 of the Essentials plan', () => {
    // 2,000 thousand x 0.10; 50 GB x 0.12
    expect(bill(sesMeters, 'Mail', mail, { emailsPerMonth: 2e6, attachmentGbPerMonth: 50 })).toEqual([
      'outbound e-mail, à la carte: 2,000,000 e-mails of one recipient / 1k = 2000 1k recipients at 0.1 = 200',
      'attachments: 50 GB attached = 50 GB at 0.12 = 6',
    ]);
  });

  test('e-mail is counted with the third parties', () => {
    const sections = charges(sesMeters, 'Mail', mail, { emailsPerMonth: 1, attachmentGbPerMonth: 1 }).map(({ section }) => section);
    expect(sections).toEqual(['thirdParty', 'thirdParty']);
  });
});
