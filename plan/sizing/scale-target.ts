import type { Fit } from '../fit';

/**
 * What an autoscaler keeps per pod so that nothing of a pod is fuller than it may be: a share of its processors, or connections. Processors
 * are as busy as what they work on makes them; where the network binds, that is less than pods are full.
 *
 * @param peak the pods at the busiest moment
 * @param most share of a pod that may be in use
 */
export function scaleTarget(watches: 'cpu' | 'connections', { dimensions, binding }: Fit, most: number): number {
  const fullest = dimensions.find((d) => d.name === binding)!;
  const worked = dimensions.filter((d) => d.name !== 'network');
  const watched =
    watches === 'cpu'
      ? worked.reduce((a, b) => (b.atPeak > a.atPeak ? b : a), worked[0] ?? fullest)
      : (dimensions.find((d) => d.name === 'connections') ?? fullest);
  const whenFull = fullest.atPeak > 0 ? most * (watched.atPeak / fullest.atPeak) : most;
  return watches === 'cpu' ? Math.max(Math.floor(whenFull * 100), 1) / 100 : Math.max(Math.floor(watched.perUnit * whenFull), 1);
}
