import { type Sized, type Surroundings, unsized } from '../part';
import { docs, remembered } from '../source';
import { short } from '../units';

/** A way to people's phones and mailboxes. */
export interface ChannelSpec {
  medium: 'push' | 'email' | 'sms';
  /** Bytes of one message. */
  messageBytes: number;
}

export interface ChannelPart extends Sized<'channel'> {
  medium: ChannelSpec['medium'];
  messageBytes: number;
}

/** Rates of an account that has just left the sandboxes; AWS raises them for senders with a record. */
export const CHANNEL_QUOTAS = {
  push: {
    value: 30_000,
    name: 'SNS publishes a second in us-east-1',
    code: 'L-F8E2BA85',
    source: docs(
      'AWS docs, Amazon Simple Notification Service endpoints and quotas',
      '2026-11-22',
      'https://docs.aws.amazon.com/general/latest/gr/sns.html',
    ),
  },
  email: {
    value: 14,
    name: 'SES sending rate',
    code: 'L-CDEF9B6B',
    source: remembered('SES, what leaving the sandbox, with its one a second, usually brings'),
  },
  sms: {
    value: 20,
    name: 'SMS text messages a second',
    code: undefined,
    source: remembered('End User Messaging SMS, message parts a second; AWS states them by country and kind of number'),
  },
};
const TECHNOLOGY = { push: 'SNS mobile push (APNs, FCM)', email: 'SES', sms: 'AWS End User Messaging SMS' };

/** Providers meter by the message; their account rates are quotas to raise, not sizes to choose. */
export function sizeChannel(id: string, spec: ChannelSpec, { load }: Surroundings): ChannelPart {
  const quota = CHANNEL_QUOTAS[spec.medium];
  const raise = load.writes.peak > quota.value ? `; a new account sends ${short(quota.value)}/s and has to be raised` : '';
  return {
    id,
    kind: 'channel',
    technology: TECHNOLOGY[spec.medium],
    size: 'on demand',
    reason: `${short(load.writes.peak)} messages/s at peak, ${short(load.writes.average * 86_400)} a day${raise}.`,
    load,
    cellsNeeded: 1,
    medium: spec.medium,
    messageBytes: spec.messageBytes,
    ...unsized(quota.source),
  };
}
