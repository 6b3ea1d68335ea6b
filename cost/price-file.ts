import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The price book cannot be used as it is: says which file, line and column, what was found and what is allowed. */
export class PriceBookError extends Error {
  override name = 'PriceBookError';
}

export type Confidence = 'listed' | 'derived' | 'remembered';

const amount = z
  .string()
  .regex(/^\d+(\.\d+)?(e-?\d+)?$/i, 'a plain number, at least 0')
  .transform(Number);
const bound = z.union([z.literal(''), amount], 'empty or a plain number, at least 0');
const word = z.string().min(1, 'any text');
const date = z.string().regex(/^(\d{4}(-\d\d(-\d\d)?)?)?$/, 'empty or a date such as 2026-07-20, 2026-07 or 2026');

const confidence = z.enum(['listed', 'derived', 'remembered'], 'listed, derived or remembered');

const priceRow = z.object({
  service: word,
  region: word,
  price_dimension: word,
  usage_type_or_spec: z.string(),
  unit: word,
  usd: amount,
  tier_from: bound,
  tier_to: bound,
  source: word,
  source_date: date,
  confidence,
  note: z.string(),
});

const instanceRow = z.object({ region: word, instance_type: word, usd_per_hour: amount, source_date: date });

const allowanceRow = z.object({
  service: word,
  price_dimension: word,
  usage_type_or_spec: z.string(),
  unit: word,
  free_per_month: amount,
  pooled_over: z.enum(['account', 'region'], 'account or region'),
  source: word,
  source_date: date,
  confidence,
  note: z.string(),
});

export type PriceRow = z.infer<typeof priceRow>;
export type InstanceRow = z.infer<typeof instanceRow>;
export type AllowanceRow = z.infer<typeof allowanceRow>;

/** Rows of `services/<service>.csv`, or undefined when the book has no such file. @throws PriceBookError */
export function readService(folder: string, service: string): PriceRow[] | undefined {
  const file = join(folder, 'services', `${service}.csv`);
  return existsSync(file) ? readRows(file, priceRow) : undefined;
}

/** Rows of `ec2-on-demand.csv`. @throws PriceBookError */
export const readInstances = (folder: string): InstanceRow[] => readRows(join(folder, 'ec2-on-demand.csv'), instanceRow);

/** Rows of `free-allowances.csv`. @throws PriceBookError */
export const readAllowances = (folder: string): AllowanceRow[] => readRows(join(folder, 'free-allowances.csv'), allowanceRow);

function readRows<S extends z.ZodObject>(file: string, schema: S): z.infer<S>[] {
  const allowed = Object.keys(schema.shape);
  return parseCsv(file, allowed).map(({ record, info }) => {
    const row = schema.safeParse(record);
    if (row.success) return row.data;
    const { path, message } = row.error.issues[0]!;
    const column = String(path[0]);
    throw new PriceBookError(`${file}, line ${info.lines}, column ${column}: found "${record[column] ?? ''}", allowed: ${message}`);
  });
}

interface ParsedRow {
  record: Record<string, string>;
  info: { lines: number };
}

function parseCsv(file: string, columns: string[]): ParsedRow[] {
  const checkHeader = (found: string[]) => {
    const odd = columns.find((column) => !found.includes(column));
    if (odd) throw new PriceBookError(`${file}, line 1, column ${odd}: found "${found.join(',')}", allowed: ${columns.join(',')}`);
    return found;
  };
  try {
    const rows = parse(readFileSync(file, 'utf8'), { columns: checkHeader, info: true }) as unknown as ParsedRow[];
    if (rows.length === 0) throw new PriceBookError(`${file}: found no prices, allowed: a header and at least one row`);
    return rows;
  } catch (error) {
    if (error instanceof PriceBookError) throw error;
    const { code, lines, column, message } = error as { code?: string; lines?: number; column?: string | number; message: string };
    if (code === 'ENOENT')
      throw new PriceBookError(`${file}: no such file; allowed: a price book folder as described in cost/prices/README.md`);
    throw new PriceBookError(
      `${file}, line ${lines ?? 1}, column ${column ?? 1}: found ${message}, allowed: ${columns.length} comma-separated values`,
    );
  }
}
