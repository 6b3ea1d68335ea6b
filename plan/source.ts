/** Where a figure comes from. Every limit, capacity, threshold and ratio of a plan carries one. */
export interface Source {
  /** Title a reader can find it by: `case study 000, row 1, ch11`, `AWS docs, NLB quotas`. */
  title: string;
  /** Day the figure was read, ISO 8601. */
  date: string;
  /** Page that prints the figure. */
  url?: string;
  /**
   * `stated`: the source prints the figure; `derived`: arithmetic on stated figures;
   * `remembered`: general knowledge, not seen in a source; `assumed`: our own guess, to be replaced by a measurement.
   */
  confidence: 'stated' | 'derived' | 'remembered' | 'assumed';
}

const SHEETS_READ = '2026-11-22';

/** A figure printed in a case study: `seed('000', 1, 'ch11')`. */
export const seed = (id: string, row: number, where = ''): Source => ({
  title: `case study ${id}, row ${row}${where && `, ${where}`}`,
  date: SHEETS_READ,
  confidence: 'stated',
});

/** A figure computed from figures that a case study prints. */
export const derived = (from: Source, how: string): Source => ({ ...from, title: `${from.title} (${how})`, confidence: 'derived' });

/** A figure from AWS's or a project's own documentation. */
export const docs = (title: string, date: string, url?: string): Source => ({ title, date, ...(url && { url }), confidence: 'stated' });

/** A figure we know of but found in no source. */
export const remembered = (title: string): Source => ({ title, date: SHEETS_READ, confidence: 'remembered' });

/** A guess of ours; `why` says what it rests on. */
export const assumed = (why: string): Source => ({ title: why, date: SHEETS_READ, confidence: 'assumed' });

/** A limit or capacity together with its source. */
export interface Capacity {
  value: number;
  source: Source;
}

export const capacity = (value: number, source: Source): Capacity => ({ value, source });
