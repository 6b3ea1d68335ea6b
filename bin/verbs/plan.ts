import type { Growth } from '../../plan/growth';
import type { Plan } from '../../plan/plan';
import { percent, short } from '../../plan/units';
import { heading, print, printJson, printTable } from '../print';
import { availabilityLine } from '../print-availability';
import type { Verb } from '../run-verb';
import { oneOrAll, plansOf } from '../stages';

/** The plan as scripts read it: parts flat, with their region. */
export const planDocument = ({ system, stage, title, workload, deployments, decisions, quotas, availability, growth }: Plan) => ({
  system,
  stage,
  title,
  workload,
  regions: deployments.map(({ region, cells, platform, zones }) => ({ ...region, cells, platform, zones })),
  cells: deployments.reduce((n, d) => n + d.cells, 0),
  parts: deployments.flatMap((d) => d.parts.map((part) => ({ region: d.region.name, ...part }))),
  nodeGroups: deployments.flatMap((d) => d.nodeGroups.map((group) => ({ region: d.region.name, ...group }))),
  flows: deployments.flatMap((d) => d.flows.map((flow) => ({ region: d.region.name, ...flow }))),
  decisions,
  quotas,
  availability,
  growth,
});

export const plan: Verb = ([id], options) => {
  const plans = plansOf(id as string | undefined, options);
  if (options.json) {
    printJson(oneOrAll(plans.map(planDocument), options));
    return 0;
  }
  plans.forEach(printPlan);
  return 0;
};

function printPlan(p: Plan): void {
  heading(`${p.system} ${p.stage}  ${p.title}`);
  for (const { region, cells, platform, zones, parts, nodeGroups } of p.deployments) {
    print(
      `${region.name}: ${percent(region.share)} of the load, ${cells} cell${cells > 1 ? 's' : ''}, ${platform}, ${zones} zone${zones > 1 ? 's' : ''}`,
    );
    printTable(
      ['part', 'technology', 'size', 'count', 'limited by', 'at peak', 'zone lost'],
      [
        ...parts.map((x) => [
          x.id,
          x.technology,
          x.size,
          x.count,
          ...(x.dimensions.length
            ? [x.binding, percent(x.utilisation), x.utilisationZoneLost === null ? 'down' : percent(x.utilisationZoneLost)]
            : ['', '', '']),
        ]),
        ...nodeGroups.map((g) => [
          `nodes of ${g.tier}`,
          'machines',
          g.instanceType,
          g.nodes.peak,
          `pods; ${g.nodes.min} at night, ${g.nodes.expected} on average, ${g.nodes.max} at most`,
          '',
          '',
        ]),
      ],
      ['count', 'at peak', 'zone lost'],
    );
  }
  print();
  printTable(
    ['decision', 'chosen', 'next', 'when it has grown'],
    p.decisions.map((d) => [d.about, d.chosen, d.next?.option ?? '', d.next?.distance ? `${short(d.next.distance)} times` : '']),
  );
  print(`\navailability: ${availabilityLine(p.availability)}`);
  if (p.growth) print(`from ${p.growth.from}: ${moves(p.growth)}`);
  for (const q of p.quotas)
    print(
      `raise in ${q.region} ${q.service} quota${q.code ? ` ${q.code}` : ''}, ${q.name}: ${short(q.default)} by default, ${short(q.needed)} needed`,
    );
}

/** What does not grow in place, in one line. */
const moves = ({ migrations }: Growth): string => {
  const parts = [...new Set(migrations.map(({ part }) => part))];
  return parts.length ? `${parts.join(', ')} to be moved, as \`explain\` says; the rest is updated in place` : 'updated in place';
};
