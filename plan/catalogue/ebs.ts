import { derived, docs } from '../source';

/** What an instance type sustains to its EBS volumes; small types go far beyond it for half an hour a day. */
export interface EbsBaseline {
  /** I/Os per second of up to 16 KiB. */
  iops: number;
  bytesPerSecond: number;
}

/** Of {@link EBS_BASELINE}, for instances of managed services. */
export const EBS_BEHIND = derived(
  docs('AWS docs, Amazon EC2 instance types: EBS baseline', '2026-11-22', 'https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html'),
  'the EC2 type of the same name',
);

const baseline = (iops: number, mbps: number): EbsBaseline => ({ iops, bytesPerSecond: (mbps * 1e6) / 8 });

/** By EC2 type; only those that databases and brokers with volumes of their own run on. */
export const EBS_BASELINE: Readonly<Record<string, EbsBaseline>> = {
  't4g.micro': baseline(500, 87),
  't4g.small': baseline(1000, 174),
  't4g.medium': baseline(2000, 347),
  'm7g.large': baseline(3600, 630),
  'm7g.xlarge': baseline(6000, 1250),
  'm7g.2xlarge': baseline(12_000, 2500),
  'm7g.4xlarge': baseline(20_000, 5000),
  'm7g.8xlarge': baseline(40_000, 10_000),
};
