import { nearest } from '../../plan/input-error';
import { REGIONS } from '../../plan/regions';

const STAGES = ['launch', 'growth', 'scale'];

test.each([
  ['lanch', 'launch'],
  ['lunch', 'launch'],
  ['GROWTH', 'growth'],
  ['sale', 'scale'],
])('%s is likely %s', (given, meant) => {
  expect(nearest(given, STAGES)).toBe(`did you mean "${meant}"? (one of launch, growth, scale)`);
});

test.each(['mars', 'x', '', 'production', 'lnch-prod'])('"%s" is like none of them, so all are named and none is guessed', (given) => {
  expect(nearest(given, STAGES)).toBe('there are launch, growth, scale');
});

test('another region of the same continent is no typing error', () => {
  expect(nearest('eu-north-1', REGIONS)).toMatch(/^there are us-east-1, /);
  expect(nearest('us-east-9', REGIONS)).toMatch(/^did you mean "us-east-1"\?/);
});

test('of two that are alike the more similar one is meant', () => {
  expect(nearest('requestsPeek', ['requestsPerPeer', 'requestsPeak'])).toContain('did you mean "requestsPeak"?');
});

test('another name leads to the value itself', () => {
  expect(nearest('chatt', ['real-time-chat', 'marketplace'], new Map([['chat', 'real-time-chat']]))).toContain(
    'did you mean "real-time-chat"?',
  );
});

test('beside a guess many values are not named; where there is one, or none, that is said', () => {
  const many = Array.from({ length: 13 }, (_, i) => `figure${i}`);
  expect(nearest('figre3', many)).toBe('did you mean "figure3"?');
  expect(nearest('else', many)).toBe(`there are ${many.join(', ')}`);
  expect(nearest('else', ['launch'])).toBe('there is only launch');
  expect(nearest('lanch', ['launch'])).toBe('did you mean "launch"?');
  expect(nearest('else', [])).toBe('there are none');
});
