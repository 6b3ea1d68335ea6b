import Table from 'cli-table3';
import colors from 'picocolors';

export const printJson = (document: unknown): void => void process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
export const print = (text = ''): void => void process.stdout.write(`${text}\n`);
export const note = (text: string): void => void process.stderr.write(`${text}\n`);
export const heading = (text: string): void => print(`\n${colors.bold(text)}`);

/** Columns of a page when nobody looks at a terminal. */
const PAGE = 120;

/** Breaks a text between words where the terminal ends. */
export function printParagraph(text: string, indent = ''): void {
  const width = process.stdout.columns ?? PAGE;
  const lines = text.split(' ').reduce<string[]>((before, word) => {
    const [line, ...earlier] = before;
    return line !== undefined && `${line} ${word}`.length <= width ? [`${line} ${word}`, ...earlier] : [indent + word, ...before];
  }, []);
  print(lines.reverse().join('\n'));
}

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

type Row = readonly (string | number)[];

/** A table without lines; columns named in `right` are aligned to the right. */
export function tableOf(head: readonly string[], rows: readonly Row[], right: readonly string[] = []): string {
  const table = new Table({
    head: head.map((h) => colors.bold(h)),
    chars: BARE,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colAligns: head.map((h) => (right.includes(h) ? 'right' : 'left')),
  });
  rows.forEach((row) => table.push([...row]));
  return table.toString();
}

export const printTable = (...table: Parameters<typeof tableOf>): void => print(tableOf(...table));

const CENT = 0.01;

/** Whole dollars with separators; cents below ten. */
export function usd(amount: number): string {
  if (amount > 0 && amount < CENT / 2) return '<$0.01';
  const digits = Math.abs(amount) < 10 && amount !== 0 ? 2 : 0;
  return amount.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** `1 line`, `2 lines`. */
export const count = (n: number, noun: string): string => `${n.toLocaleString('en-US')} ${noun}${n === 1 ? '' : 's'}`;
