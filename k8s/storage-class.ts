import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { StatefulPart } from '../plan/sizing/stateful';
import type { Volume } from '../plan/sizing/stateful/volume';
import { type Cell, workloadsOf } from './cell';

/** The class that k3s brings: a folder on the machine's own disk. */
const ON_MACHINE = 'local-path';

/** A volume that stays when its pod goes. */
export type KeptVolume = Volume & { kept: true };

export const keptVolume = ({ volume }: StatefulPart): KeptVolume | undefined => (volume?.kept ? { ...volume, kept: true } : undefined);

/** Named after what it makes: `gp3`, `gp3-6000-iops`. Nothing but the size can be asked for in a claim. */
export function storageClassOf({ deployment }: Cell, { iops, throughputMibs }: KeptVolume): string {
  if (deployment.platform === 'k3s') return ON_MACHINE;
  return ['gp3', iops && `${iops}-iops`, throughputMibs && `${throughputMibs}-mibs`].filter(Boolean).join('-');
}

/**
 * Classes of encrypted EBS volumes, one for each speed. A volume is made where its pod is placed, grows in place, and stays when its claim goes:
 * what holds data outlives what uses it. https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md (2026-11-22)
 */
export function addStorageClasses(scope: Construct, cell: Cell): void {
  const volumes = workloadsOf(cell).flatMap((part) => (part.kind === 'stateful' ? (keptVolume(part) ?? []) : []));
  const classes = new Map(volumes.map((volume) => [storageClassOf(cell, volume), volume]));
  classes.delete(ON_MACHINE);
  for (const [name, { iops, throughputMibs }] of classes)
    new k8s.KubeStorageClass(scope, `storage-class-${name}`, {
      metadata: { name },
      provisioner: 'ebs.csi.aws.com',
      parameters: {
        type: 'gp3',
        encrypted: 'true',
        ...(iops && { iops: String(iops) }),
        ...(throughputMibs && { throughput: String(throughputMibs) }),
        tagSpecification_1: `scaleprint:system=${cell.system}`,
      },
      allowVolumeExpansion: true,
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
}
