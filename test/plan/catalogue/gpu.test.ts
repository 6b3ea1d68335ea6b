import { type GpuModel, GPU_WEIGHT, GPUS } from '../../../plan/catalogue/gpu';
import { allocatable, DAEMON_ROOM, DEVICE_PLUGIN } from '../../../plan/catalogue/node-room';
import { GIB } from '../../../plan/units';
import { PriceBook } from '../../../cost/price-book';

const book = PriceBook.open();
const priceOf = (name: string) => book.find('us-east-1', { service: 'EC2', dimension: 'instance', spec: name })!.usd;
const models = Object.keys(GPUS) as GpuModel[];

test.each(models)('what a machine with %s weighs is what it costs: within a twentieth, from size to size', (model) => {
  const each = GPUS[model].map((t) => priceOf(t.name) / (t.vcpu + t.memoryBytes / GIB / 8 + t.gpus! * GPU_WEIGHT[model]));
  expect(Math.max(...each) / Math.min(...each)).toBeLessThan(1.05);
});

test.each(models)('machines with %s: the smallest first, each with a GPU', (model) => {
  const prices = GPUS[model].map((t) => priceOf(t.name));
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
  for (const type of GPUS[model]) expect(type.gpus).toBeGreaterThan(0);
});

test('T4s are sold wherever prices are known', () => {
  for (const region of ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-south-1', 'ap-southeast-1', 'sa-east-1', 'me-south-1'])
    expect(book.find(region, { service: 'EC2', dimension: 'instance', spec: 'g4dn.xlarge' })?.region).toBe(region);
});

test('a node with GPUs has room for the daemon that lists them', () => {
  const type = GPUS.t4[0]!;
  const [bare, room] = [allocatable({ ...type, gpus: 0 }), allocatable(type)];
  expect(room.vcpu).toBeCloseTo(bare.vcpu - DEVICE_PLUGIN.vcpu);
  expect(room.memoryBytes).toBeCloseTo(bare.memoryBytes - DEVICE_PLUGIN.memoryBytes);
  expect([room.pods, room.gpus]).toEqual([29 - DAEMON_ROOM.pods - 1, 1]);
});
