import { differences } from './compare';
import { UNKNOWN } from './expected';

const paths = (wanted: unknown, found: unknown) => differences(wanted, found, 'P').map(({ path }) => path);

test.each<[string, unknown, unknown]>([
  ['the same', { A: [1, { B: 'x' }] }, { A: [1, { B: 'x' }] }],
  ['defaults beside what is asked for', { A: 1 }, { A: 1, B: 2 }],
  ['numbers and truths as text', { A: '30', B: true }, { A: 30, B: 'true' }],
  ['another order', ['a', 'b', { C: 1 }], [{ C: 1, D: 2 }, 'b', 'a']],
  ['tags of the service beside ours', [{ Key: 'a', Value: '1' }], [{ Key: 'aws:x', Value: '2' }, { Key: 'a', Value: '1' }]], // prettier-ignore
  ['a time', '2026-11-22T10:00:00Z', new Date('2026-11-22T10:00:00.000Z')],
  ['nothing asked for', undefined, 'whatever'],
  ['an empty list that nobody mentions', [], undefined],
  ['what stands for one left out, which is alone in its stack', 'arn:aws:s3:::placeholder-Broker1/*', 'arn:aws:s3:::placeholder-R-cc-1a/*'],
  ['what only the service knows', { A: UNKNOWN }, { A: 'vpc-1' }],
])('%s is no difference', (_, wanted, found) => {
  expect(paths(wanted, found)).toEqual([]);
});

test.each<[string, unknown, unknown, string[]]>([
  ['what stands for another', 'arn:aws:s3:::placeholder-Broker1', 'arn:aws:s3:::placeholder-Reports', ['P']],
  ['another value', { A: { B: 1 } }, { A: { B: 2 } }, ['P.A.B']],
  ['a missing value', { A: 1 }, {}, ['P.A']],
  ['an absent value', 'x', undefined, ['P']],
  ['an unknown value that is not there', { A: UNKNOWN }, {}, ['P.A']],
  ['one more in a list', ['a'], ['a', 'b'], ['P']],
  ['one less in a list', ['a', 'b'], ['a'], ['P']],
  ['a list that should be empty', [], ['a'], ['P']],
  ['the same one twice', ['a', 'a'], ['a', 'b'], ['P']],
  ['one field of one element', [{ A: 1, B: 1 }, { A: 2, B: 2 }], [{ A: 2, B: 2 }, { A: 1, B: 3 }], ['P.B']], // prettier-ignore
  ['a tag', [{ Key: 'a', Value: '1' }], [{ Key: 'a', Value: '2' }], ['P']],
  ['text for a structure', { A: { B: 1 } }, { A: '{"B":1}' }, ['P.A']],
])('%s is one', (_, wanted, found, expected) => {
  expect(paths(wanted, found)).toEqual(expected);
});

test('says where, what is there and what should be', () => {
  expect(differences({ Size: 30 }, { Size: 8 }, 'Ebs')).toEqual([{ path: 'Ebs.Size', text: 'Ebs.Size is 8, its template says 30' }]);
});
