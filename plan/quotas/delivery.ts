import { acceleratedFronts } from '../accelerators';
import type { Deployment } from '../plan';
import { SMTP } from '../mail-domain';
import { ENDPOINTS } from '../sizing/accelerator';
import { CHANNEL_QUOTAS, type ChannelSpec } from '../sizing/channel';
import { DISTRIBUTION_QUOTAS } from '../sizing/edge';
import { assumed, docs, remembered } from '../source';
import { DAY, MONTH } from '../units';
import { type Limit, most, together } from './limit';

const READ = '2026-11-22';
const { push, email, sms } = CHANNEL_QUOTAS;

/** What reaches people: the edge, mobile push, mail and text messages. */
export const DELIVERY_LIMITS: readonly Limit[] = [
  {
    service: 'CloudFront',
    name: 'Requests per second per distribution',
    default: DISTRIBUTION_QUOTAS.requests.value,
    source: DISTRIBUTION_QUOTAS.requests.source,
    needed: (d) => most(d, 'edge', (p) => p.load.requests.peak / p.count),
  },
  {
    service: 'CloudFront',
    name: 'Data transfer rate per distribution, Gbps',
    default: (DISTRIBUTION_QUOTAS.bandwidth.value * 8) / 1e9,
    source: DISTRIBUTION_QUOTAS.bandwidth.source,
    needed: (d) => most(d, 'edge', (p) => (p.load.bytesOut.peak * 8) / 1e9 / p.count),
  },
  {
    service: 'Global Accelerator',
    name: 'Endpoints of an endpoint group',
    default: ENDPOINTS.value,
    source: ENDPOINTS.source,
    needed: (d) => most(d, 'accelerator', ({ id }) => Math.max(0, ...acceleratedFronts(id, d).map(({ front }) => front.count * d.cells))),
  },
  {
    service: 'EC2',
    name: 'Senders of mail to port 25, which stays closed until AWS opens it on request',
    default: 0,
    source: docs(
      'AWS docs, Sending emails programmatically through the Amazon SES SMTP interface: EC2 restricts port 25',
      READ,
      'https://docs.aws.amazon.com/ses/latest/dg/send-using-smtp-programmatically.html',
    ),
    needed: (d) => d.cells * d.parts.filter((p) => p.kind === 'external' && p.spec.port === SMTP).length,
  },
  {
    service: 'SNS',
    name: 'Messages Published per Second',
    code: push.code,
    default: (region) => SNS_PUBLISHES[region] ?? SNS_ELSEWHERE,
    source: push.source,
    needed: (d) => sent(d, 'push', 'peak'),
  },
  {
    service: 'SES',
    name: 'Sending rate, messages a second',
    code: email.code,
    default: email.value,
    source: email.source,
    needed: (d) => sent(d, 'email', 'peak'),
  },
  {
    service: 'SES',
    name: 'Sending quota, messages a day',
    code: 'L-804C8AE8',
    default: 50_000,
    source: remembered('SES, what leaving the sandbox, with its 200 a day, usually brings'),
    needed: (d) => sent(d, 'email', 'average') * DAY,
  },
  {
    service: 'End User Messaging SMS',
    name: sms.name,
    code: sms.code,
    default: sms.value,
    source: sms.source,
    needed: (d) => sent(d, 'sms', 'peak'),
  },
  {
    service: 'End User Messaging SMS',
    name: 'Spending limit, USD a month',
    default: 1,
    source: docs(
      'AWS docs, Requesting increases to your monthly SMS spending quota',
      READ,
      'https://docs.aws.amazon.com/pinpoint/latest/userguide/channels-sms-awssupport-spend-threshold.html',
    ),
    needed: (d) => sent(d, 'sms', 'average') * MONTH * SMS_USD.value,
  },
];

/** Publishes a second of standard topics, from the page of {@link push}. */
const SNS_PUBLISHES: Readonly<Record<string, number>> = {
  'us-east-1': 30_000,
  'us-west-2': 9000,
  'eu-west-1': 9000,
  'us-east-2': 1500,
  'us-west-1': 1500,
  'ap-south-1': 1500,
  'ap-northeast-1': 1500,
  'ap-northeast-2': 1500,
  'ap-southeast-1': 1500,
  'ap-southeast-2': 1500,
  'eu-central-1': 1500,
};
const SNS_ELSEWHERE = 300;
/** A limit in dollars needs a price; a text to the United States is among the cheapest. */
const SMS_USD = { value: 0.00645, source: assumed('a text message to the United States before carrier fees') };

const sent = (d: Deployment, medium: ChannelSpec['medium'], moment: 'average' | 'peak'): number =>
  together(d, 'channel', (p) => (p.medium === medium ? p.load.writes[moment] : 0));
