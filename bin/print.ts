import Table from 'cli-table3';
import colors from 'picocolors';

export const printJson = (document: unknown): void => void process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
export const print = (text = ''): void => void process.stdout.write(`${text}\n`);
export const note = (text: string): void => void process.stderr.write(`${text}\n`);
export const heading = (text: string): void => print(`\n${colors.bold(text)}`);

const BARE = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

/** A table without lines; columns named in `right` are aligned to the right. */
export function printTable(head: readonly string[], rows: readonly (string | number)[][], right: readonly string[] = []): void {
  const table = new Table({
    head: head.map((h) => colors.bold(h)),
    chars: BARE,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colAligns: head.map((h) => (right.includes(h) ? 'right' : 'left')),
  });
  rows.forEach((row) => table.push([...row]));
  print(table.toString());
}

/** Whole dollars with separators; cents below ten. */
export const usd = (amount: number): string =>
  amount.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: Math.abs(amount) < 10 && amount !== 0 ? 2 : 0,
    minimumFractionDigits: 0,
  });
