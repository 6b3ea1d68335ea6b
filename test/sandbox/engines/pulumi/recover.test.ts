import { agrees } from '../../../../sandbox/engines/pulumi/recover';

test.each<[string, unknown, unknown, boolean]>([
  ['the same', { a: 1, b: 'x' }, { a: 1, b: 'x', c: true }, true],
  ['what AWS does not tell', { a: 1, password: 'secret' }, { a: 1 }, true],
  ['numbers read as text', { port: 6379 }, { port: '6379' }, true],
  ['lists in another order', { tags: [{ k: 1 }, { k: 2 }] }, { tags: [{ k: 2 }, { k: 1 }, { k: 3 }] }, true],
  ['a policy read as text', { policy: { Version: '2012-10-17' } }, { policy: '{"Version":"2012-10-17"}' }, true],
  ['another value', { cidr: '10.0.0.0/24' }, { cidr: '10.0.1.0/24' }, false],
  ['a tag of another sandbox', { tags: [{ k: 'alice' }] }, { tags: [{ k: 'bob' }] }, false],
  ['another value deep down', { a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }, false],
  ['a policy that says otherwise', { policy: { Version: '2012-10-17' } }, { policy: '{"Version":"2008-10-17"}' }, false],
])('%s: %s', (_, wanted, found, same) => {
  expect(agrees(wanted, found)).toBe(same);
});
