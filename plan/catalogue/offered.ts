import { GRAVITON, type InstanceType } from './ec2';
import { type GpuModel, GPUS } from './gpu';
import { SPOT } from './spot';

/** What decides the machines of a tier. */
export interface Needs {
  /** @default no GPU */
  gpuModel?: GpuModel;
  /** @default false */
  interruptible?: boolean;
}

/** Types that a tier's nodes are chosen from, smallest first. */
export const offeredTo = ({ gpuModel, interruptible }: Needs): readonly InstanceType[] =>
  gpuModel ? GPUS[gpuModel] : interruptible ? SPOT : GRAVITON;
