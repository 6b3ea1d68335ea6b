import { type DeliverySpec, filesOf, sizeDelivery } from '../../../plan/sizing/delivery';
import { MIB, rate } from '../../../plan/units';
import { loadOf } from './load';

const size = (more: Partial<DeliverySpec> = {}) =>
  sizeDelivery(
    'archive',
    { does: 'writes files', table: { lake: 'lake', name: 'events' }, ...more },
    { zones: 3, load: loadOf({ consumed: 100 }) },
  );

test('collects 128 MiB or a quarter of an hour, unless told otherwise', () => {
  expect(size().spec).toMatchObject({ bufferBytes: 128 * MIB, bufferSeconds: 900 });
  expect(size({ bufferBytes: 64 * MIB, bufferSeconds: 60 }).spec).toMatchObject({ bufferBytes: 64 * MIB, bufferSeconds: 60 });
});

test.each([
  [{ bufferBytes: 63 * MIB }, 'a buffer of 63 MiB; it takes 64 MiB to 128 MiB'],
  [{ bufferBytes: 129 * MIB }, 'a buffer of 129 MiB'],
  [{ bufferSeconds: 901 }, 'a buffer of 901 s; it takes 60 to 900'],
])('refuses %j', (more, why) => {
  expect(() => size(more)).toThrow(`delivery "archive": ${why}`);
});

test('files follow from bytes, and at the latest from the clock', () => {
  const buffer = { bufferBytes: 100, bufferSeconds: 900 };
  expect(filesOf(rate(10, 1000), 1, buffer)).toEqual(rate(0.1, 10));
  expect(filesOf(rate(0.01, 0.02), 1, buffer)).toEqual(rate(1 / 900, 1 / 900));
  expect(filesOf(rate(0, 0), 1, buffer)).toEqual(rate(0, 0));
});
