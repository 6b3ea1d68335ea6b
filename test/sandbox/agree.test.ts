import { agreed } from '../../sandbox/agree';
import type { Offer } from '../../sandbox/up';

const HOUR = 3600_000;

/** An offer as of some hour of a day, for four hours, and how often it was made. */
function maker(at: () => Partial<Offer> & { hour: number }) {
  const made: Offer[] = [];
  const make = async () => {
    const { hour, ...more } = at();
    const offer = { resources: 9, usdUntilExpiry: 4, expires: new Date((hour + 4) * HOUR), ...more } as Offer;
    made.push(offer);
    return offer;
  };
  return { make, made };
}

test('its time runs from the answer on, not from the question', async () => {
  let hour = 0;
  const { make } = maker(() => ({ hour }));
  const offer = await agreed(make, async ({ expires }) => {
    expect(expires).toEqual(new Date(4 * HOUR));
    hour = 3;
    return true;
  });
  expect(offer!.expires).toEqual(new Date(7 * HOUR));
});

test('without a yes nothing is made again', async () => {
  const { make, made } = maker(() => ({ hour: 0 }));
  expect(await agreed(make, async () => false)).toBeUndefined();
  expect(made).toHaveLength(1);
});

test.each<[string, Partial<Offer>]>([
  ['what stands went on to cost', { usdUntilExpiry: 4.05 }],
  ['somebody brought it up meanwhile', { existing: { created: new Date(0) } as Offer['existing'] }],
  ['it has other resources', { resources: 10 }],
])('where %s it is asked about again', async (_, later) => {
  let hour = 0;
  const { make } = maker(() => ({ hour, ...(hour > 0 && later) }));
  const asked: [Offer, boolean][] = [];
  const offer = await agreed(make, async (one, again) => {
    asked.push([one, again]);
    hour++;
    return true;
  });
  expect(asked.map(([, again]) => again)).toEqual([false, true]);
  expect(asked[1]![0]).toMatchObject(later);
  expect(offer).toMatchObject(later);
  expect(offer!.expires).toEqual(new Date(6 * HOUR));
});

test('a trifle more is not asked about again', async () => {
  let usdUntilExpiry = 4;
  const { make } = maker(() => ({ hour: 0, usdUntilExpiry: (usdUntilExpiry += 0.01) }));
  const ask = jest.fn(async () => true);
  expect((await agreed(make, ask))!.usdUntilExpiry).toBeCloseTo(4.02);
  expect(ask).toHaveBeenCalledTimes(1);
});

test('what costs more than its budget by then is refused, whatever was agreed to', async () => {
  let made = 0;
  const make = async () => {
    if (made++) throw new Error('above the budget');
    return { expires: new Date(0) } as Offer;
  };
  await expect(agreed(make, async () => true)).rejects.toThrow('above the budget');
});
