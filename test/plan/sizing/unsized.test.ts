import { sizeChannel } from '../../../plan/sizing/channel';
import { sizeExternal } from '../../../plan/sizing/external';
import { sizeJob } from '../../../plan/sizing/job';
import { GIB } from '../../../plan/units';
import { BENCHMARK, loadOf } from './load';

/** Parts whose limits are not ours to size. */
const around = (peaks: Parameters<typeof loadOf>[0]) => ({ zones: 3, load: loadOf(peaks) });

test.each([
  ['push', 30_000],
  ['email', 14],
  ['sms', 20],
] as const)('a new account for %s has to be raised past %i messages a second', (medium, quota) => {
  const reason = (writes: number) => sizeChannel('mails', { medium, messageBytes: 1e4 }, around({ writes })).reason;
  expect(reason(quota)).not.toContain('has to be raised');
  expect(reason(quota + 1)).toContain('has to be raised');
});

test('a channel reports its messages a day from the average', () => {
  expect(sizeChannel('mails', { medium: 'email', messageBytes: 1e4 }, around({ writes: 3 })).reason).toContain('86.4K a day');
});

test('calls to another company are requests and what is written to it', () => {
  const part = sizeExternal('bank', { does: 'settles', host: 'api.example.com', source: BENCHMARK }, around({ requests: 20, writes: 5 }));
  expect(part.reason).toBe('25 calls/s to api.example.com; its limits are a matter of contract.');
});

test('a job is one pod of the size it was given', () => {
  const pod = { vcpu: 0.5, memoryBytes: GIB, source: BENCHMARK };
  const part = sizeJob('sweep', { does: 'frees stock', tier: 'web', schedule: '*/5 * * * *', pod, source: BENCHMARK }, around({}));
  expect(part).toMatchObject({ count: 1, size: '0.5 vCPU / 1 GiB', vcpu: 0.5, memoryBytes: GIB, schedule: '*/5 * * * *' });
});

test('none of them asks for another cell or is down with a zone', () => {
  const part = sizeChannel('mails', { medium: 'sms', messageBytes: 100 }, around({ writes: 1e9 }));
  expect([part.cellsNeeded, part.utilisation, part.utilisationZoneLost]).toEqual([1, 0, 0]);
});
