import type { Availability } from '../plan/availability';
import { regionsOf, type Term } from '../plan/availability/term';
import { MINUTE, MONTH, short } from '../plan/units';
import { print } from './print';

/** A share of time with as many nines as tell it from 100 %: `99.95 %`. */
export function nines(share: number): string {
  const digits = Math.min(10, Math.max(0, Math.ceil(-Math.log10(100 * (1 - share))) + 1));
  return `${Number((100 * share).toFixed(digits))} %`;
}

const minutesDown = (share: number): string => short(((1 - share) * MONTH) / MINUTE);

/** Promise, estimate and what holds it down, in one line. A promise that is not kept is a finding for the reader. */
export function availabilityLine({ promised, estimated, entries }: Availability): string {
  const [least] = entries;
  const weakest = least?.path.find(({ part }) => part === least.weakest);
  return [
    `promised ${nines(promised)}, ${minutesDown(promised)} minutes down a month`,
    `; estimated ${nines(estimated)}, ${minutesDown(estimated)} minutes`,
    estimated < promised ? ': below the promise' : '',
    weakest ? `; weakest part of ${least!.entry}: ${weakest.part}, ${nines(weakest.availability)}` : '',
  ].join('');
}

/** Each entry's path as arithmetic, and where the factors come from. */
export function explainAvailability({ entries, notCounted }: Availability): void {
  for (const { entry, path, estimated, weakest } of entries)
    print(`  ${entry}: ${arithmetic(path)} = ${nines(estimated)}, weakest ${weakest}`);
  for (const line of new Set(entries.flatMap(({ path }) => path.map(sourceLine)))) print(`    ${line}`);
  for (const { part, why } of notCounted) print(`  not counted: ${part}, ${why}`);
}

function arithmetic(path: readonly Term[]): string {
  const inSeries = (region?: string) =>
    path
      .filter((t) => t.region === region)
      .map((t) => `${nines(t.availability)} ${t.part}`)
      .join(' x ');
  const regions = regionsOf(path);
  const inRegions =
    regions.length === 1
      ? `${inSeries(regions[0])} in ${regions[0]}, whose data no other region has`
      : regions.map((region) => `(${inSeries(region)} in ${region})`).join(' or ');
  const worldwide = inSeries() && regions.length ? `${inSeries()} worldwide` : inSeries();
  return [worldwide, inRegions].filter(Boolean).join(', x ');
}

const sourceLine = ({ part, availability, services, source: { title, date, confidence } }: Term): string =>
  `${part} ${nines(availability)}${services ? ` under ${services.join(', ')}` : ''} (${title}, ${date}${confidence === 'stated' ? '' : `, ${confidence}`})`;
