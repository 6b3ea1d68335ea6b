import type { Estimate } from '../cost/estimate';
import type { LineItem } from '../cost/line-item';
import { heading, print, printTable, usd } from './print';

const LARGEST = 15;

/** A bill people read: totals, the largest lines, what is missing. */
export function printBill(title: string, e: Estimate, full = false): void {
  heading(title);
  print(`${usd(e.monthly.total)} a month, ${usd(e.monthly.min)} with every fleet scaled in, ${usd(e.monthly.peak)} scaled out all month`);
  print(
    `list prices as of ${e.priceBook.asOf}, ${e.region}; ${usd(e.monthly.onDemand)} AWS, ${usd(e.monthly.thirdParty)} other companies and messages`,
  );
  printSection(
    'AWS',
    e.lineItems.filter((l) => l.section === 'aws'),
    full,
  );
  printSection(
    'Other companies and messages',
    e.lineItems.filter((l) => l.section === 'thirdParty'),
    full,
  );
  const { resources, priced, free, lackingUsage, unknown, noPrice } = e.coverage;
  print(
    `\n${resources} resources: ${priced} priced, ${free} free, ${lackingUsage} lacking usage, ${noPrice} without a price in their region, ${unknown} unknown`,
  );
  const remembered = e.lineItems.filter((l) => l.source.confidence === 'remembered');
  if (remembered.length)
    print(
      `  ${remembered.length} lines, ${usd(remembered.reduce((n, l) => n + l.monthly, 0))}, rest on prices from general knowledge, not seen in a source`,
    );
  const guessed = e.lineItems.filter((l) => l.source.confidence === 'stand-in');
  if (guessed.length)
    print(
      `  ${guessed.length} lines, ${usd(guessed.reduce((n, l) => n + l.monthly, 0))}, carry another region's price, for want of their own`,
    );
  for (const u of e.unpriced) print(`  NOT IN THE TOTAL: ${u.resource} (${u.type}): ${u.why}, ${u.detail}`);
}

function printSection(name: string, lines: readonly LineItem[], full: boolean): void {
  if (!lines.length) return;
  const sorted = [...lines].sort((a, b) => b.monthly - a.monthly);
  const shown = full ? sorted : sorted.slice(0, LARGEST);
  const rest = sorted.slice(shown.length);
  const shorter = shortener(lines.map((l) => l.resource));
  const row = (l: LineItem) => [shorter(l.resource), l.dimension, round(l.quantity), l.unit, usd(l.monthly)];
  const arithmetic = (l: LineItem) => (full ? [Number(l.unitPrice.toPrecision(4)), l.formula] : []);
  print(`\n${name}`);
  printTable(
    ['resource', 'what', 'quantity', 'unit', 'USD/month', ...(full ? ['unit price', 'how'] : [])],
    [
      ...shown.map((l) => [...row(l), ...arithmetic(l)]),
      ...(rest.length ? [[`${rest.length} smaller lines, in --full`, '', '', '', usd(rest.reduce((n, l) => n + l.monthly, 0))]] : []),
    ],
    ['quantity', 'unit price', 'USD/month'],
  );
}

/** Drops what all names start with, up to a hyphen, and CDK's hashes. */
function shortener(names: readonly string[]): (name: string) => string {
  const [first = '', ...others] = names;
  const common = others.reduce((prefix, name) => [...prefix].filter((_, i) => name.startsWith(prefix.slice(0, i + 1))).join(''), first);
  const start = others.length ? common.lastIndexOf('-') + 1 : 0;
  return (name) => name.slice(start).replace(/[0-9A-F]{8}$/, '');
}

const round = (n: number): string => Number(n.toPrecision(4)).toLocaleString('en-US');
