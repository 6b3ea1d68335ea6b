import { GRAVITON } from '../../../plan/catalogue/ec2';
import { SPOT, spotTypesOf } from '../../../plan/catalogue/spot';
import { PriceBook } from '../../../cost/price-book';

const book = PriceBook.open();
const sold = (region: string, spec: string) => book.find(region, { service: 'EC2', dimension: 'instance', spec })?.region === region;

test('the types that stand for one are of its size, itself among them', () => {
  expect(spotTypesOf('m7g.2xlarge')).toEqual(['m7g.2xlarge', 'm6g.2xlarge', 'm6gd.2xlarge']);
  for (const { name } of GRAVITON) expect(spotTypesOf(name)).toContain(name);
});

test.each(['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-south-1', 'ap-southeast-1', 'sa-east-1'])(
  '%s sells them all',
  (region) => {
    for (const { name } of GRAVITON) for (const type of spotTypesOf(name)) expect([type, sold(region, type)]).toEqual([type, true]);
  },
);

test('pods on any of them find the network of the slowest', () => {
  SPOT.forEach((type, i) => {
    expect(type).toMatchObject({ ...GRAVITON[i], networkBitsPerSecond: expect.any(Number) });
    expect(type.networkBitsPerSecond).toBeLessThan(GRAVITON[i]!.networkBitsPerSecond);
  });
});
