import type { Column, WideColumnTable } from './wide-column';

type Columns = Readonly<Record<string, Column['type']>>;

/** A table as its source prints it. Keys go by column name, in order. */
interface TableDescription {
  /** Columns whose values name the partition. */
  partition: Columns;
  /** Columns that order the rows of a partition; newest or largest first with `DESC`. @default one row a partition */
  order?: Readonly<Record<string, `${Column['type']} ${'ASC' | 'DESC'}`>>;
  /** The other columns. @default none */
  columns?: Columns;
  rowBytes: number;
  /** Share of the part's writes and reads that go to this table. */
  share: number;
  /** Seconds after which a row disappears. @default rows stay */
  ttlSeconds?: number;
}

/** `table('inbox', { partition: { user_id: 'uuid' }, order: { sent_at: 'timestamp DESC' }, ... })`. */
export function table(name: string, { partition, order = {}, columns = {}, ...sizes }: TableDescription): WideColumnTable {
  const listed = (of: Columns): Column[] => Object.entries(of).map(([column, type]) => ({ name: column, type }));
  const clustering = Object.entries(order).map(([column, both]) => {
    const [type, direction] = both.split(' ') as [Column['type'], 'ASC' | 'DESC'];
    return { name: column, type, order: direction };
  });
  return { name, partitionKey: listed(partition), clustering, columns: listed(columns), ...sizes };
}
