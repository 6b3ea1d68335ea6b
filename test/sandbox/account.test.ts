import { whoIs } from '../../sandbox/account';

test.each([
  ['arn:aws:iam::123456789012:user/teams/alice', 'alice', 'arn:aws:iam::123456789012:user/teams/alice'],
  ['arn:aws:sts::123456789012:assumed-role/Developer/alice@example.com', 'alice@example.com', 'arn:aws:iam::123456789012:role/Developer'],
  ['arn:aws-cn:sts::123456789012:assumed-role/Ci/run-7', 'run-7', 'arn:aws-cn:iam::123456789012:role/Ci'],
  ['arn:aws:iam::123456789012:root', 'root', 'arn:aws:iam::123456789012:root'],
])('%s is %s', (arn, caller, principalArn) => expect(whoIs(arn)).toEqual({ caller, principalArn }));
