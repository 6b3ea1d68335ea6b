import { Template } from 'aws-cdk-lib/assertions';
import { PaymentKeys, type PaymentKeysProps } from '../../constructs/payment-keys';
import { actions, caller, customCode, resource, surroundings, usageOf } from './stateful';

const { stack } = surroundings();
const USES = ['card numbers', 'security codes', 'PIN verification', 'PIN blocks'] as const;
const keys = USES.map((use, i) => ({ name: `key${i}`, use }));
const vault = (id: string, props: Partial<PaymentKeysProps> = {}) => new PaymentKeys(stack, id, { keys, ...props });
const bank = vault('Bank', { usage: { 'AWS::PaymentCryptography::Key': { requestsPerMonth: 5 } } });
const cards = vault('Cards', { keys: [keys[0]!], disposable: true });
caller(bank, 'Checker', 'reads');
caller(bank, 'Issuer', 'writes');
caller(cards, 'Teller', 'reads');
const template = Template.fromStack(stack);
const key = (id: string) => resource(template, 'AWS::PaymentCryptography::Key', id);

test('each key is of one use, and no key leaves the hardware', () => {
  expect(keys.map(({ name }) => key(`Bank${name}`).Properties.KeyAttributes.KeyUsage)).toEqual([
    'TR31_D0_SYMMETRIC_DATA_ENCRYPTION_KEY',
    'TR31_C0_CARD_VERIFICATION_KEY',
    'TR31_V2_VISA_PIN_VERIFICATION_KEY',
    'TR31_P0_PIN_ENCRYPTION_KEY',
  ]);
  for (const { name } of keys) expect(key(`Bank${name}`).Properties).toMatchObject({ Exportable: false, Enabled: true });
});

test('whoever reads decrypts and verifies, whoever writes encrypts and generates', () => {
  expect(new Set(actions(template, 'Checker'))).toEqual(
    new Set(['DecryptData', 'VerifyCardValidationData', 'VerifyPinData'].map((action) => `payment-cryptography:${action}`)),
  );
  expect(new Set(actions(template, 'Issuer'))).toEqual(
    new Set(
      ['EncryptData', 'GenerateCardValidationData', 'GeneratePinData', 'TranslatePinData'].map(
        (action) => `payment-cryptography:${action}`,
      ),
    ),
  );
  expect(actions(template, 'Teller')).toEqual(['payment-cryptography:DecryptData']);
});

test('keys stay with what they have encrypted, unless it is disposable', () => {
  expect([key('Bankkey0').DeletionPolicy, key('Cardskey0').DeletionPolicy]).toEqual(['Retain', 'Delete']);
  expect(customCode(template)).toEqual([]);
});

test('callers are told the keys in their order, and each tells what is asked of it', () => {
  expect(stack.resolve(bank.endpoints.KEY_ARNS)['Fn::Join'][1].filter((part: unknown) => typeof part === 'object')).toHaveLength(4);
  expect(usageOf(template, 'AWS::PaymentCryptography::Key', 'Bankkey2')).toEqual({ requestsPerMonth: 5 });
  expect(() => bank.metric('error share')).toThrow('it has none');
});

test('refuses to be without a key', () => {
  expect(() => vault('Empty', { keys: [] })).toThrow('keys is empty');
});
