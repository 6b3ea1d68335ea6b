import { type InstanceType, type } from './ec2';

/** NVIDIA GPUs that pods can ask for. Graviton's have none, so these nodes are x86. */
export type GpuModel = 't4' | 'a10g' | 'l4';

const of = (gpus: number, ...[name, vcpu, gib, maxPodsEni, gbps]: Parameters<typeof type>): InstanceType => ({
  ...type(name, vcpu, gib, maxPodsEni, gbps),
  gpus,
});

/** Machines with GPUs of a model, smallest first; sizes and limits from where those of ec2.ts are. */
export const GPUS: Readonly<Record<GpuModel, readonly InstanceType[]>> = {
  // 16 GiB a GPU; sold in every region that we know prices of.
  t4: [
    of(1, 'g4dn.xlarge', 4, 16, 29, 5),
    of(1, 'g4dn.2xlarge', 8, 32, 29, 10),
    of(1, 'g4dn.4xlarge', 16, 64, 29, 20),
    of(1, 'g4dn.8xlarge', 32, 128, 58, 50),
    of(4, 'g4dn.12xlarge', 48, 192, 234, 50),
  ],
  // 22 GiB a GPU; not in ap-southeast-1 and me-south-1 by the price list of April 2025.
  a10g: [
    of(1, 'g5.xlarge', 4, 16, 58, 2.5),
    of(1, 'g5.2xlarge', 8, 32, 58, 5),
    of(1, 'g5.4xlarge', 16, 64, 234, 10),
    of(1, 'g5.8xlarge', 32, 128, 234, 25),
    of(4, 'g5.12xlarge', 48, 192, 737, 40),
  ],
  // 22 GiB a GPU; by the same list not in eu-west-1 either.
  l4: [
    of(1, 'g6.xlarge', 4, 16, 58, 2.5),
    of(1, 'g6.2xlarge', 8, 32, 58, 5),
    of(1, 'g6.4xlarge', 16, 64, 234, 10),
    of(1, 'g6.8xlarge', 32, 128, 234, 25),
    of(4, 'g6.12xlarge', 48, 192, 234, 40),
  ],
};

/**
 * A GPU's share of its machine's price, in vCPUs with an eighth of their GiB: what the sizes of a family differ by (on-demand prices,
 * us-east-1, 2026-07-20).
 */
export const GPU_WEIGHT: Readonly<Record<GpuModel, number>> = { t4: 8, a10g: 23, l4: 22 };
