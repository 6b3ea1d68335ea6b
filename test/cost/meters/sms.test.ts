import { smsMeters } from '../../../cost/meters/sms';
import { bill, charges } from './bill';

describe('SMS', () => {
  const codes = { Codes: { Type: 'AWS::SMSVOICE::ConfigurationSet' } };

  test('messages are billed one by one, and the bill says what it leaves out', () => {
    expect(bill(smsMeters, 'Codes', codes, { smsPerMonth: 10_000 })).toEqual([
      'text messages at United States rates: 10,000 messages; carrier fees and number rent come on top = 10000 message at 0.00581 = 58.1',
    ]);
  });

  test('messages are counted with the third parties', () => {
    expect(charges(smsMeters, 'Codes', codes, { smsPerMonth: 1 })).toMatchObject([{ section: 'thirdParty' }]);
  });
});
