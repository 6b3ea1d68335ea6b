import type { Blueprint, Region } from './blueprint';
import type { Claim } from './claim';
import type { Option } from './decision';
import type { Source } from './source';
import type { Figure, Figures, Resolved, Workload } from './workload';

/** A named workload: the figures its source states. Everything else follows from them. */
export interface Stage<F> {
  title: string;
  source: Source;
  figures: Figures<F>;
}

/** A stage by what its source states. */
export const stage = <F>(title: string, source: Source, figures: Figures<NoInfer<F>>): Stage<F> => ({ title, source, figures });

/** Names of the figures that say how large a stage is. */
export interface Headline<F> {
  /** People it serves; bills are divided by them. @default the system serves no people directly */
  users?: keyof F & string;
  /** Its busiest rate, per second. */
  peak: keyof F & string;
}

/** A case study: workloads of its stages and the blueprint that turns any of them into parts and flows. */
export interface SystemDefinition<F extends Record<string, Figure<never>>> {
  title: string;
  summary: string;
  /** Other names it is found by. @default none */
  aliases?: readonly string[];
  /** The rows of the case studies it covers. */
  sources: readonly { seed: string; row: number }[];
  workload: Workload<F>;
  /** The figures by which a stage is known at a glance. */
  headline: Headline<NoInfer<F>>;
  /** Named in kebab case, smallest first, then the scale points of single sources (`seed-003`). */
  stages: Record<string, Stage<NoInfer<F>>>;
  /** Regions by trigger on the world's workload. @default one region */
  regions?: (world: Resolved<Workload<NoInfer<F>>>) => readonly Option<readonly Region[]>[];
  /**
   * Declares parts and flows. It runs once a region: `w` is that region's share of the workload, `world` the whole.
   */
  blueprint: (w: Resolved<Workload<NoInfer<F>>>, b: Blueprint, world: Resolved<Workload<NoInfer<F>>>) => void;
  /** Figures the sources publish, to be held against the plan and the estimate. */
  claims: readonly Claim[];
}

/** A system with its id; figure names are no longer part of its type. */
export interface System extends Omit<SystemDefinition<Record<string, Figure<never>>>, 'aliases'> {
  id: string;
  aliases: readonly string[];
}

/** Defines a system. Each file in `systems/` exports one as its default. */
export function system<F extends Record<string, Figure<never>>>(id: string, definition: SystemDefinition<F>): System {
  return { aliases: [], ...definition, id } as unknown as System;
}

/** Stages that an environment grows through, smallest first; scale points of single sources (`seed-003`) are no step on the way. */
export const growthPath = ({ stages }: Pick<System, 'stages'>): string[] => Object.keys(stages).filter((name) => !name.startsWith('seed-'));

export { HOME_REGION, oneRegion } from './regions';
