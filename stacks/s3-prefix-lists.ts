/**
 * Ids of the managed prefix list `com.amazonaws.<region>.s3`. AWS publishes no table; each of these stands in at least two
 * public repositories (read 2026-11-22). Elsewhere whoever deploys looks it up.
 */
export const S3_PREFIX_LISTS: Readonly<Record<string, string>> = {
  'us-east-1': 'pl-63a5400a',
  'us-east-2': 'pl-7ba54012',
  'us-west-2': 'pl-68a54001',
  'eu-west-1': 'pl-6da54004',
  'eu-west-2': 'pl-7ca54015',
  'eu-north-1': 'pl-c3aa4faa',
  'eu-central-1': 'pl-6ea54007',
  'ap-south-1': 'pl-78a54011',
  'ap-southeast-1': 'pl-6fa54006',
  'ap-southeast-2': 'pl-6ca54005',
  'ap-northeast-1': 'pl-61a54008',
};
