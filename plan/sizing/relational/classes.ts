import { typeBehind } from '../../catalogue/ec2';
import { docs } from '../../source';

/** An instance class; vCPU and memory are those of the EC2 type of its name. */
export interface DbClass {
  name: string;
  vcpu: number;
  memoryBytes: number;
  /** Share of each vCPU that a burstable class may use all day. @default 1 */
  baseline?: number;
}

const dbClass = (name: string, baseline?: number): DbClass => {
  const { vcpu, memoryBytes } = typeBehind(name);
  return { name, vcpu, memoryBytes, ...(baseline && { baseline }) };
};

const RDS_CLASSES: readonly DbClass[] = [
  dbClass('db.t4g.micro', 0.1),
  dbClass('db.t4g.small', 0.2),
  dbClass('db.t4g.medium', 0.2),
  dbClass('db.m7g.large'),
  dbClass('db.m7g.xlarge'),
  dbClass('db.m7g.2xlarge'),
  dbClass('db.m7g.4xlarge'),
  dbClass('db.m7g.8xlarge'),
];
const AURORA_CLASSES: readonly DbClass[] = [
  dbClass('db.r7g.large'),
  dbClass('db.r7g.xlarge'),
  dbClass('db.r7g.2xlarge'),
  dbClass('db.r7g.4xlarge'),
  dbClass('db.r7g.8xlarge'),
];
/** Of the burstable classes' baselines. */
export const BASELINE = docs(
  'AWS docs, Supported node types (ElastiCache): baseline performance of t4g per vCPU',
  '2026-11-22',
  'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html',
);
const MAX_VCPU = 32;

/** Classes to choose from, smallest first. @param least no class below this one, so that a copy can take over from it */
export function classesFor(topology: 'single' | 'multi-az' | 'aurora', maxVcpu = MAX_VCPU, least?: string): readonly DbClass[] {
  const offered = (topology === 'aurora' ? AURORA_CLASSES : RDS_CLASSES).filter((c) => c.vcpu <= maxVcpu);
  const from = offered.findIndex((c) => c.name === least);
  return offered.slice(Math.max(0, from));
}
