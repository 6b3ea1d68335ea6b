/** The kubelet starts to evict pods when a tenth of the disk is left: kubernetes.io, Node-pressure Eviction, default hard thresholds (2026-11-22). */
const USABLE = 0.9;

/** GiB of a node's root volume for files of its pods, beside images and logs. */
export const diskForScratch = (scratchGib = 0): number => Math.ceil(scratchGib / USABLE);
