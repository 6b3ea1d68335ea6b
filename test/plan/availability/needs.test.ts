import { awaitedFrom, needsOf } from '../../../plan/availability/needs';
import type { Flow, Verb } from '../../../plan/flow';
import { steady } from '../../../plan/units';

const flow = (from: string, verb: Verb, to: string, more: Partial<Flow> = {}): Flow => ({
  from,
  to,
  verb,
  rate: steady(1),
  sentBytes: 1,
  returnedBytes: 1,
  ...more,
});
const needs = (entry: string, ...flows: Flow[]) => needsOf(entry, awaitedFrom(flows));
const hard = (entry: string, ...flows: Flow[]) => [...needs(entry, ...flows).hard.keys()];

test.each(['routes', 'calls', 'reads', 'writes', 'publishes', 'sends'] as const)('whoever %s waits', (verb) => {
  expect(hard('web', flow('web', verb, 'other'))).toEqual(['web', 'other']);
});

test.each(['consumes', 'replicates'] as const)('nobody waits for what %s', (verb) => {
  expect(hard('web', flow('web', verb, 'other'))).toEqual(['web']);
});

test('what consumers do later is no need of who published', () => {
  const flows = [flow('web', 'publishes', 'queue'), flow('worker', 'consumes', 'queue'), flow('worker', 'writes', 'store')];
  expect(hard('web', ...flows)).toEqual(['web', 'queue']);
});

test('the path goes on behind every part it reaches, each once, circles included', () => {
  const flows = [flow('web', 'calls', 'cart'), flow('cart', 'calls', 'web'), flow('cart', 'reads', 'store'), flow('web', 'reads', 'store')];
  expect(hard('web', ...flows)).toEqual(['web', 'cart', 'store']);
  expect(hard('cart', ...flows)).toEqual(['cart', 'web', 'store']);
});

test('a flow that never happens is no need', () => {
  expect(hard('web', flow('web', 'reads', 'store', { rate: steady(0) }))).toEqual(['web']);
});

test('writes are told from reads, in whatever order they come', () => {
  const [reads, writes] = [flow('web', 'reads', 'store'), flow('web', 'writes', 'store')];
  const written = (...flows: Flow[]) => needs('web', ...flows).hard.get('store')!.written;
  expect([written(reads), written(writes), written(reads, writes), written(writes, reads)]).toEqual([false, true, true, true]);
});

describe('a soft dependency', () => {
  const soft = flow('web', 'calls', 'scorer', { soft: true });
  test('is left out with all that stands behind it', () => {
    const found = needs('web', soft, flow('scorer', 'reads', 'features'));
    expect([[...found.hard.keys()], [...found.soft]]).toEqual([['web'], ['scorer']]);
  });
  test('is hard after all when another caller fails with it', () => {
    const found = needs('web', soft, flow('web', 'calls', 'cart'), flow('cart', 'calls', 'scorer'));
    expect([[...found.hard.keys()], [...found.soft]]).toEqual([['web', 'cart', 'scorer'], []]);
  });
});
