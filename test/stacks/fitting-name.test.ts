import { fittingName } from '../../stacks/fitting-name';

test('a name that fits stays as it is', () => {
  expect(fittingName('shop-global-images', 18)).toBe('shop-global-images');
});

test('names that are cut stay different and within the length', () => {
  const names = ['images', 'imprints'].map((part) => fittingName(`shop-global-${part}`, 17));
  expect(new Set(names).size).toBe(2);
  for (const name of names) expect(name).toMatch(/^shop-globa-[0-9a-f]{6}$/);
});
