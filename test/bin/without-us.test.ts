import { commandTo, deletionWithoutUs } from '../../bin/without-us';

test('a command goes on with the same engine and account', () => {
  expect(commandTo('down shop', 'cloudformation', undefined)).toBe('scaleprint sandbox down shop');
  expect(commandTo('down shop', 'pulumi', 'work')).toBe('scaleprint sandbox down shop --engine pulumi --profile work');
});

test('stacks that are being deleted go on, single resources of Pulumi end', () => {
  const says = deletionWithoutUs('down shop', 'the rest stays', 'cloudformation', 'work');
  expect(says(['shop-edge', 'shop-data'])).toBe(
    'AWS goes on deleting shop-edge, shop-data, and nothing else; the rest stays. `scaleprint sandbox list --profile work` shows it, `scaleprint sandbox down shop --profile work` goes on.',
  );
  expect(says([])).toMatch(/^AWS ends what it was told to delete, and nothing else; the rest stays\./);
  expect(deletionWithoutUs('sweep', 'x', 'pulumi', undefined)(['shop'])).toMatch(/^AWS ends .*`scaleprint sandbox sweep --engine pulumi`/);
});
