import type { GpuModel } from '../catalogue/gpu';
import type { Source } from '../source';
import { bytes, GIB } from '../units';

/** Size of a pod. */
export interface PodSpec {
  vcpu: number;
  memoryBytes: number;
  /** NVIDIA GPUs it holds alone; what it carries is measured with them. @default none */
  gpu?: number;
  /** A T4 has 16 GiB, an A10G and an L4 22; EC2 sells T4s in every region that prices are known of. @default 't4' */
  gpuModel?: GpuModel;
  /** Bytes of files that it writes for itself below `/tmp`, gone with it; counted in whole GiB. @default 64 MiB, which counts for nothing */
  scratchBytes?: number;
  source: Source;
}

/** GPUs of a pod. */
export interface Gpu {
  count: number;
  model: GpuModel;
}

/** What a part keeps of its pod's size. */
export interface PodShape {
  vcpu: number;
  memoryBytes: number;
  /** @default none */
  gpu?: Gpu;
  /** Of the disk of its node. @default 64 MiB, which counts for nothing */
  scratchBytes?: number;
}

export const shapeOf = ({ vcpu, memoryBytes, gpu, gpuModel = 't4', scratchBytes }: PodSpec): PodShape => ({
  vcpu,
  memoryBytes,
  ...(gpu && { gpu: { count: gpu, model: gpuModel } }),
  ...(scratchBytes && { scratchBytes: Math.ceil(scratchBytes / GIB) * GIB }),
});

export const describePod = ({ vcpu, memoryBytes, gpu, scratchBytes }: PodShape): string =>
  [
    `${vcpu} vCPU / ${bytes(memoryBytes)}`,
    ...(gpu ? [`${gpu.count} ${gpu.model.toUpperCase()}`] : []),
    ...(scratchBytes ? [`${bytes(scratchBytes)} of disk`] : []),
  ].join(' / ');
