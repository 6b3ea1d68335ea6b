import { cheapest, cheapestOf } from '../../plan/choose-size';

const sizes = [1, 2, 4, 8, 16].map((weight) => ({ name: `x${weight}`, weight }));

test('the cheapest wins, and fewer units of a size nearly as cheap', () => {
  expect(cheapest([])).toBeUndefined();
  expect(
    cheapest([
      { count: 10, weight: 1 },
      { count: 4, weight: 2 },
    ]),
  ).toEqual({ count: 4, weight: 2 });
  expect(
    cheapest([
      { count: 10, weight: 1 },
      { count: 5, weight: 2.15 },
    ]),
  ).toEqual({ count: 5, weight: 2.15 });
});

test.each([1, 3, 7, 12, 29, 100])('what is skipped for its price would not have been chosen (%i pods)', (pods) => {
  // Pods of 0.75, so that every size wastes some room.
  const count = ({ weight }: { weight: number }) => (weight < 0.75 ? Infinity : Math.ceil(pods / Math.floor(weight / 0.75)));
  const asked: string[] = [];
  const chosen = cheapestOf(
    sizes,
    ({ weight }) => (pods * 0.75) / weight,
    (size) => {
      asked.push(size.name);
      return count(size);
    },
  );
  expect(chosen).toEqual(cheapest(sizes.map((size) => ({ ...size, count: count(size) }))));
  expect(asked).toContain(chosen!.name);
});

test('a size that does not do is passed over', () => {
  expect(
    cheapestOf(
      sizes,
      () => 0,
      () => Infinity,
    ),
  ).toBeUndefined();
});
