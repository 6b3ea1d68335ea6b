import type { Source } from './source';
import { describe, distance, type Trigger } from './trigger';

/** One way to build something, with the trigger that demands it. The last option of a decision has none. */
export interface Option<T> {
  trigger?: Trigger;
  name: string;
  because: string;
  build: () => T;
}

/** An option considered on its merits and turned down whatever the load. */
export interface Alternative {
  turnedDown: true;
  name: string;
  because: string;
  source: Source;
}

/** A choice as the plan reports it. */
export interface Decision {
  about: string;
  chosen: string;
  because: string;
  rejected: { option: string; because: string }[];
  /** The next option up and how many times its metric must grow to force it, null from zero; absent at the top. */
  next?: { option: string; metric: string; value: number; threshold: number; distance: number | null };
}

/** An option taken as soon as its trigger fires. */
export const when = <T>(trigger: Trigger, name: string, because: string, build: () => T): Option<T> => ({ trigger, name, because, build });

/** The option for workloads that fire no trigger. */
export const otherwise = <T>(name: string, because: string, build: () => T): Option<T> => ({ name, because, build });

/** An option turned down whatever the load. */
export const reject = (name: string, because: string, source: Source): Alternative => ({ turnedDown: true, name, because, source });

/**
 * Takes the first option whose trigger fires. Options are ordered from the most demanding to the simplest; what is turned down whatever the
 * load may stand anywhere.
 * @throws {Error} when no option applies: the last one must be an `otherwise`
 */
export function choose<T>(about: string, considered: readonly (Option<T> | Alternative)[]): { decision: Decision; option: Option<T> } {
  const options = considered.filter((o): o is Option<T> => !('turnedDown' in o));
  const alternatives = considered.filter((o): o is Alternative => 'turnedDown' in o);
  const at = options.findIndex(({ trigger }) => !trigger || trigger.fires);
  const option = options[at];
  if (!option) throw new Error(`decision "${about}" has no option without a trigger`);
  const above = options.slice(0, at);
  const next = above.at(-1);
  return {
    option,
    decision: {
      about,
      chosen: option.name,
      because: option.trigger ? `${option.because} (${describe(option.trigger)}; ${option.trigger.source.title})` : option.because,
      rejected: [
        ...above.map((o) => ({ option: o.name, because: `not yet needed: ${describe(o.trigger!)}` })),
        ...options
          .slice(at + 1)
          .map((o) => ({ option: o.name, because: `outgrown${option.trigger ? `: ${describe(option.trigger)}` : ''}` })),
        ...alternatives.map((a) => ({ option: a.name, because: `${a.because} (${a.source.title})` })),
      ],
      ...(next?.trigger && {
        next: {
          option: next.name,
          metric: next.trigger.metric,
          value: next.trigger.value,
          threshold: next.trigger.threshold,
          distance: next.trigger.value === 0 ? null : distance(next.trigger),
        },
      }),
    },
  };
}
