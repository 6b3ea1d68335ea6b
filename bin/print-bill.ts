import type { Estimate } from '../cost/estimate';
import type { LineItem } from '../cost/line-item';
import { count, heading, print, printTable, usd } from './print';

const LARGEST = 15;

/** A bill people read: totals, the largest lines, what is missing. */
export function printBill(title: string, e: Estimate, full = false): void {
  heading(title);
  const { total, min, max } = e.monthly;
  print(
    `${usd(total)} a month${max > min ? `; ${usd(min)} with every fleet scaled in all month, ${usd(max)} with every fleet scaled out` : ''}`,
  );
  print(
    `list prices as of ${e.priceBook.asOf}, ${e.region}; ${usd(e.monthly.onDemand)} AWS, ${usd(e.monthly.thirdParty)} other companies and messages`,
  );
  const shorten = shortener(e.lineItems);
  printSection('AWS', e.lineItems, 'aws', shorten, full);
  printSection('Other companies and messages', e.lineItems, 'thirdParty', shorten, full);
  print(`\n${coverage(e)}`);
  printDoubts('prices from general knowledge, not seen in a source', e.lineItems, 'remembered');
  printDoubts('prices of another region, for want of their own', e.lineItems, 'stand-in');
  for (const u of e.unpriced) print(`  NOT IN THE TOTAL: ${u.resource} (${u.type}): ${u.why}, ${u.detail}`);
}

/** What of the stage is in the bill; what is missing from it only where something is. */
function coverage({ coverage: { resources, objects, priced, free, lackingUsage, noPrice, unknown } }: Estimate): string {
  const deployed = `${count(resources, 'resource')}${objects ? ` and ${count(objects, 'Kubernetes object')}` : ''}`;
  const missing = Object.entries({ 'lacking usage': lackingUsage, 'without a price in their region': noPrice, unknown }).filter(
    ([, n]) => n,
  );
  return `${deployed}: ${[`${priced} priced`, `${free} free`, ...missing.map(([why, n]) => `${n} ${why}`)].join(', ')}`;
}

function printDoubts(what: string, lines: readonly LineItem[], confidence: LineItem['source']['confidence']): void {
  const doubtful = lines.filter((l) => l.source.confidence === confidence);
  if (doubtful.length) print(`  ${what}: ${count(doubtful.length, 'line')}, ${usd(sumOf(doubtful))}`);
}

const sumOf = (lines: readonly LineItem[]): number => lines.reduce((n, l) => n + l.monthly, 0);

function printSection(
  name: string,
  items: readonly LineItem[],
  section: LineItem['section'],
  shorten: (name: string) => string,
  full: boolean,
): void {
  const sorted = items.filter((l) => l.section === section).sort((a, b) => b.monthly - a.monthly);
  if (!sorted.length) return;
  const shown = full ? sorted : sorted.slice(0, LARGEST);
  const rest = sorted.slice(shown.length);
  const row = (l: LineItem) => [shorten(l.resource), l.dimension, round(l.quantity), l.unit, usd(l.monthly)];
  const arithmetic = (l: LineItem) => (full ? [Number(l.unitPrice.toPrecision(4)), l.formula] : []);
  print(`\n${name}`);
  printTable(
    ['resource', 'what', 'quantity', 'unit', 'USD/month', ...(full ? ['unit price', 'how'] : [])],
    [
      ...shown.map((l) => [...row(l), ...arithmetic(l)]),
      ...(rest.length ? [[`${count(rest.length, 'smaller line')}, in --full`, '', '', '', usd(sumOf(rest))]] : []),
    ],
    ['quantity', 'unit price', 'USD/month'],
  );
}

/** Drops what the names of all stacks start with, up to a hyphen, and CDK's hashes. */
function shortener(lines: readonly LineItem[]): (name: string) => string {
  const stacks = new Set(lines.filter((l) => l.type.startsWith('AWS::')).map((l) => l.stack));
  const [first = '', ...others] = stacks;
  const common = others.reduce((prefix, name) => [...prefix].filter((_, i) => name.startsWith(prefix.slice(0, i + 1))).join(''), first);
  const start = common.slice(0, common.lastIndexOf('-') + 1);
  return (name) => (name.startsWith(start) ? name.slice(start.length) : name).replace(/[0-9A-F]{8}$/, '');
}

const round = (n: number): string => Number(n.toPrecision(4)).toLocaleString('en-US');
