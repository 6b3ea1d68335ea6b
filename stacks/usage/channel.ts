import type { UsageByType } from '../../cost/usage';
import type { ChannelPart } from '../../plan/sizing/channel';
import { perMonth } from './monthly';

/** Every notification is published to one phone. */
export const pushUsage = ({ load }: ChannelPart): UsageByType['AWS::SNS::Topic'] => ({
  publishesPerMonth: perMonth(load.writes),
  mobilePushesPerMonth: perMonth(load.writes),
});

/** Mails have no attachments. */
export const emailUsage = ({ load }: ChannelPart): UsageByType['AWS::SES::ConfigurationSet'] => ({
  emailsPerMonth: perMonth(load.writes),
  attachmentGbPerMonth: 0,
});

export const smsUsage = ({ load }: ChannelPart): UsageByType['AWS::SMSVOICE::ConfigurationSet'] => ({ smsPerMonth: perMonth(load.writes) });
