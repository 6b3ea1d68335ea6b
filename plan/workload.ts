import type { Source } from './source';

/**
 * Unit of a workload figure. Amounts of traffic and data are divided between regions and cells (`shared`);
 * properties of one request, one user or the whole organisation are not.
 */
export const UNITS = {
  users: { shared: true },
  connections: { shared: true },
  'per second': { shared: true },
  'per day': { shared: true },
  bytes: { shared: true },
  items: { shared: true },
  'bytes each': { shared: false },
  'per second each': { shared: false },
  'per user': { shared: false },
  each: { shared: false },
  seconds: { shared: false },
  days: { shared: false },
  ratio: { shared: false },
  people: { shared: false },
  'yes or no': { shared: false },
  USD: { shared: false },
} as const;

export type Unit = keyof typeof UNITS;

/** One figure of a workload: what it counts, its unit, and where its value or formula comes from. */
export interface Figure<Known = Record<string, number>> {
  unit: Unit;
  description: string;
  /** The value when a stage does not give one, or how it follows from figures above it. @default a stage must give it */
  value?: number | ((known: Known) => number);
  /** @default a figure without a value needs none */
  source?: Source;
}

/**
 * A figure of a workload.
 * @param value a number, or how it follows from figures above it; left out, every stage has to state it
 */
export const figure = <K = Record<string, number>>(
  unit: Unit,
  description: string,
  value?: number | ((known: K) => number),
  source?: Source,
): Figure<K> => ({ unit, description, value, source });

type Known<F> = { readonly [K in keyof F]: number };

/** What a stage or the command line may set: any figure, by name. */
export type Figures<F> = Partial<Record<keyof F & string, number>>;

/**
 * The figures a system is planned from. Later groups are computed from earlier ones, so a stage states what its source
 * states and everything else follows; whatever is stated wins over the formula.
 */
export class Workload<F extends Record<string, Figure<never>> = Record<string, Figure<never>>> {
  private constructor(readonly figures: F) {}

  static of<F extends Record<string, Figure>>(figures: F): Workload<F> {
    return new Workload(figures);
  }

  /** Adds figures that may be computed from those already there. */
  and<G extends Record<string, Figure<Known<F>>>>(more: G): Workload<F & G> {
    return new Workload({ ...this.figures, ...more });
  }

  /**
   * Computes every figure.
   * @param stated figures given by the stage or the user; they win over formulas
   * @param share part of the traffic and data that falls on one region or cell, 0-1
   * @throws {Error} when a figure without a formula is not stated: a defect of the system file
   */
  resolve(stated: Figures<F>, share = 1): Known<F> {
    const known: Record<string, number> = {};
    for (const [name, figure] of Object.entries(this.figures) as [string, Figure][]) {
      const given = stated[name as keyof F & string];
      if (given !== undefined) known[name] = UNITS[figure.unit].shared ? given * share : given;
      else if (typeof figure.value === 'function') known[name] = figure.value(known);
      else if (figure.value !== undefined) known[name] = UNITS[figure.unit].shared ? figure.value * share : figure.value;
      else throw new Error(`figure "${name}" has neither a value nor a formula and no stage states it`);
    }
    return known as Known<F>;
  }

  /**
   * What is stated once some figures are set to other values. A figure that was stated although it has a formula keeps its proportion to
   * the formula: twice the users of a stage that states its peak make twice that peak, unless the peak is set as well.
   */
  restate(stated: Figures<F>, set: Figures<F>): Figures<F> {
    const before = this.resolve(stated) as Record<string, number>;
    const after: Record<string, number> = {};
    const restated: Record<string, number> = {};
    for (const [name, { value }] of Object.entries(this.figures) as [string, Figure][]) {
      const [wanted, own] = [set[name as keyof F & string], stated[name as keyof F & string]];
      const formula = typeof value === 'function' ? value : undefined;
      const was = formula?.(before);
      if (wanted !== undefined) restated[name] = wanted;
      else if (own !== undefined) restated[name] = was ? own * (formula!(after) / was) : own;
      after[name] = restated[name] ?? (formula ? formula(after) : (value as number));
    }
    return restated as Figures<F>;
  }
}

/** The resolved figures of a workload, as a blueprint reads them. */
export type Resolved<W> = W extends Workload<infer F> ? Known<F> : never;
