import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { PriceBook } from '../../cost/price-book';
import { bill } from '../../pipeline/bill';
import { synthesize } from '../../pipeline/synthesize';
import { plan } from '../../plan/plan';
import { short } from '../../plan/units';
import { allSystems } from '../../systems';
import { note, print, printJson, printTable, usd } from '../print';
import { printBill } from '../print-bill';
import { INCOMPLETE } from './cost';
import type { Verb } from '../run-verb';

/** Plans, synthesizes and prices every stage of every system in one process. */
export const all: Verb = (_, { out, json }) => {
  const stages = allSystems().flatMap((system) => Object.keys(system.stages).map((stage) => ({ system, stage })));
  const book = PriceBook.open();
  const bar = new SingleBar({ format: '{bar} {value}/{total} {stage}', stream: process.stderr, noTTYOutput: false, barsize: 30 });
  bar.start(stages.length, 0, { stage: '' });
  const rows = stages.map(({ system, stage }) => {
    bar.update({ stage: `${system.id} ${stage}` });
    const planned = plan(system, stage);
    const folder = join(out!, system.id, stage);
    const written = synthesize(planned, folder);
    const estimate = bill(folder, book);
    writeFileSync(join(folder, 'bill.json'), JSON.stringify(estimate, null, 2));
    bar.increment();
    return {
      system: system.id,
      stage,
      ...planned.headline,
      parts: countParts(planned),
      nodes: countNodes(planned),
      resources: written.resources,
      estimate,
      folder,
    };
  });
  bar.stop();
  const incomplete = rows.filter((r) => r.estimate.unpriced.length > 0);
  if (json) printJson({ stages: rows.map(({ estimate, ...row }) => ({ ...row, monthly: estimate.monthly, coverage: estimate.coverage })) });
  else {
    printTable(
      ['system', 'stage', 'users', 'peak/s', 'parts', 'nodes', 'resources', 'AWS/month', 'others/month', 'USD/user'],
      rows.map((r) => [
        r.system,
        r.stage,
        r.users ? short(r.users) : '',
        short(r.peak),
        r.parts,
        r.nodes,
        r.resources,
        usd(r.estimate.monthly.onDemand),
        usd(r.estimate.monthly.thirdParty),
        r.users ? (r.estimate.monthly.total / r.users).toPrecision(2) : '',
      ]),
      ['users', 'peak/s', 'parts', 'nodes', 'resources', 'AWS/month', 'others/month', 'USD/user'],
    );
    print(`\n${rows.length} stages in ${out}: cdk.out (CloudFormation), k8s (manifests), plan.json and bill.json in a folder a stage`);
    for (const r of incomplete) printBill(`${r.system} ${r.stage}`, r.estimate);
  }
  if (incomplete.length) note(`the bills of ${incomplete.length} stages are incomplete`);
  return incomplete.length ? INCOMPLETE : 0;
};

type Planned = ReturnType<typeof plan>;

const countParts = (p: Planned): number => p.deployments.reduce((n, d) => n + d.cells * d.parts.length, 0);

const countNodes = (p: Planned): number =>
  p.deployments.reduce((n, d) => n + d.cells * d.nodeGroups.reduce((m, g) => m + g.nodes.expected, 0), 0);
