import type { Utilisation } from '../../plan/fit';
import type { Plan } from '../../plan/plan';
import type { Source } from '../../plan/source';
import type { System } from '../../plan/system';
import { bytes, percent, short } from '../../plan/units';
import type { Figure } from '../../plan/workload';
import { loadSystem } from '../../systems';
import { heading, print, printJson } from '../print';
import { availabilityLine, explainAvailability } from '../print-availability';
import { explainGrowth } from '../print-growth';
import type { Verb } from '../run-verb';
import { figuresOf, oneOrAll, plansOf } from '../stages';
import { planDocument } from './plan';

/** The plan as a reviewer defends it: every limit with its source, every choice with what it was chosen over. */
export const explain: Verb = ([id], options) => {
  const plans = plansOf(id as string | undefined, options);
  if (options.json) {
    printJson(oneOrAll(plans.map(planDocument), options));
    return 0;
  }
  const set = Object.keys(figuresOf(options.set));
  plans.forEach((p) => explainPlan(p, loadSystem(p.system), set));
  return 0;
};

function explainPlan(p: Plan, { workload, stages }: System, set: readonly string[]): void {
  heading(`${p.system} ${p.stage}  ${p.title}`);
  print('\nWorkload');
  for (const [name, value] of Object.entries(p.workload)) {
    const { unit, description, source } = workload.figures[name] as Figure;
    const stated = stages[p.stage]!.figures[name] !== undefined && stages[p.stage]!.source;
    const from = set.includes(name) ? '--set' : `${(stated || source!).title}${stated ? ', stated by the stage' : ''}`;
    print(`  ${name} = ${short(value)} (${unit}): ${description}; ${from}`);
  }
  print('\nDecisions');
  for (const d of p.decisions) {
    print(`  ${d.about}: ${d.chosen}, because ${d.because}`);
    for (const r of d.rejected) print(`    not ${r.option}: ${r.because}`);
    if (d.next)
      print(
        `    next: ${d.next.option}, when ${d.next.metric} reaches ${short(d.next.threshold)}, ${d.next.distance === null ? '' : `${short(d.next.distance)} times `}today's ${short(d.next.value)}`,
      );
  }
  for (const { region, cells, cellsFor, zones, parts, nodeGroups } of p.deployments) {
    print(
      `\n${region.name}, ${cells} cell${cells > 1 ? `s (one would pass a hard limit of ${cellsFor ?? 'the home region'})` : ''} over ${zones} zone${zones > 1 ? 's' : ''}`,
    );
    for (const part of parts) {
      print(`  ${part.id}: ${part.technology}${part.count > 1 ? ` x ${part.count}` : ''}, ${part.size}`);
      print(`    ${part.reason}`);
      for (const d of part.dimensions) print(`    ${dimensionLine(d, d.name === part.binding)}`);
      if (part.dimensions.length) print(`    ${zoneLine(part.utilisationZoneLost, part.target)}`);
    }
    for (const g of nodeGroups)
      print(`  nodes of ${g.tier}: ${g.reason}\n    ${g.source.title}, ${g.source.date}${unlessStated(g.source)}`);
  }
  print('\nAvailability that the infrastructure allows; releases, defects and overload come on top');
  print(`  ${availabilityLine(p.availability)}`);
  explainAvailability(p.availability);
  if (p.growth) explainGrowth(p.growth);
  if (p.quotas.length) print('\nQuotas to raise before deploying');
  for (const q of p.quotas)
    print(
      `  ${q.region}, ${q.service}: ${q.name}${q.code ? ` (${q.code})` : ''}: ${short(q.needed)} needed, ${short(q.default)} by default (${q.source.title}${unlessStated(q.source)})`,
    );
}

/** How sure a figure is, where nobody printed it. */
const unlessStated = ({ confidence }: Source): string => (confidence === 'stated' ? '' : `, ${confidence}`);

/** `binds requests: 3K requests/s / (15 x 375 requests/s) = 53.3 % (source, date)`. */
function dimensionLine({ name, demand, perUnit, unit, atPeak, source }: Utilisation, binds: boolean): string {
  const amount = (n: number) => (unit.startsWith('bytes') ? bytes(n) + unit.slice('bytes'.length) : `${short(n)} ${unit}`);
  const units = atPeak > 0 ? Math.round(demand / (perUnit * atPeak)) : 1;
  const offered = units > 1 ? `(${units} x ${amount(perUnit)})` : amount(perUnit);
  return `${binds ? 'binds' : '     '} ${name}: ${amount(demand)} / ${offered} = ${percent(atPeak)} (${source.title}, ${source.date}${unlessStated(source)})`;
}

const zoneLine = (lost: number | null, target: number): string =>
  lost === null ? 'one zone lost: down until the zone is back' : `one zone lost at peak: ${percent(lost)} used, allowed ${percent(target)}`;
