import { CfnParameter, Stack } from 'aws-cdk-lib';
import { ADDRESS_RANGE, requireAddressRanges } from '../../constructs/address-range';

const isRange = (text: string): boolean => new RegExp(`^(?:${ADDRESS_RANGE})$`).test(text);

test.each(['203.0.113.0/24', '198.51.100.7/32', '10.0.0.0/8', '255.255.255.255/32', '0.0.0.0/9'])('%s is a range', (text) => {
  expect(isRange(text)).toBe(true);
  expect(() => requireAddressRanges('ranges', ['203.0.113.0/24', text])).not.toThrow();
});

test.each([
  ...['0.0.0.0/0', '::/0', '203.0.113.7/0', '0.0.0.0/1', '128.0.0.0/7', '2001:db8::/32'],
  ...['203.0.113.0', '203.0.113/24', '203.0.113.256/24', '203.0.113.0/33', '203.0.113.0/024', 'example.com', '', ' 203.0.113.0/24'],
])('"%s" is none that somebody has to himself', (text) => {
  expect(isRange(text)).toBe(false);
  expect(() => requireAddressRanges('ranges', ['203.0.113.0/24', text])).toThrow(
    `ranges has "${text}"; it takes IPv4 ranges of /8 to /32 such as 203.0.113.0/24`,
  );
});

test('no range at all would be everybody', () => expect(() => requireAddressRanges('ranges', [])).toThrow('ranges is empty'));

test('what the deployment is asked for passes', () => {
  const asked = new CfnParameter(new Stack(), 'Ranges', { type: 'CommaDelimitedList' });
  expect(() => requireAddressRanges('ranges', asked.valueAsList)).not.toThrow();
});
