import { EmailChannel } from '../../constructs/email-channel';
import { PushChannel } from '../../constructs/push-channel';
import { SmsChannel } from '../../constructs/sms-channel';
import type { ManagedService } from '../../constructs/managed-service';
import type { ChannelPart } from '../../plan/sizing/channel';
import { emailUsage, pushUsage, smsUsage } from '../usage/channel';
import { type Around, standard } from './around';

export function channel(part: ChannelPart, around: Around): ManagedService {
  if (part.medium === 'push')
    return new PushChannel(around.stack, part.id, { ...standard(around), usage: { 'AWS::SNS::Topic': pushUsage(part) } });
  if (part.medium === 'email')
    return new EmailChannel(around.stack, part.id, { usage: { 'AWS::SES::ConfigurationSet': emailUsage(part) } });
  return new SmsChannel(around.stack, part.id, { usage: { 'AWS::SMSVOICE::ConfigurationSet': smsUsage(part) } });
}
