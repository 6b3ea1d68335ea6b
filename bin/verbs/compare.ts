import { compare as compareEstimates } from '../../cost/compare';
import { InputError, nearest } from '../../plan/input-error';
import { plan, type Plan } from '../../plan/plan';
import { allSystems, loadSystem } from '../../systems';
import { print, printJson, printTable, usd } from '../print';
import { performWithProgress } from '../progress';
import { figuresOf } from '../stages';
import type { Verb } from '../run-verb';

/** Stages of one system, or systems at one stage, side by side. */
export const compare: Verb = async ([given], { stage, set, region, json }) => {
  const ids = (given as string[] | undefined) ?? [];
  const systems = ids.length ? ids.map(loadSystem) : allSystems();
  const plans = systems.flatMap((s): Plan[] =>
    (stage ? (Object.hasOwn(s.stages, stage) || systems.length === 1 ? [stage] : []) : Object.keys(s.stages)).map((name) =>
      plan(s, name, figuresOf(set), region),
    ),
  );
  if (!plans.length) {
    const stages = [...new Set(systems.flatMap((s) => Object.keys(s.stages)))];
    throw new InputError(`no system has the stage "${stage}"; ${nearest(stage!, stages)}`);
  }
  const without = systems.filter(({ id }) => !plans.some(({ system }) => system === id)).map(({ id }) => id);
  const estimates = await performWithProgress(
    'price',
    plans.map((p) => [p]),
  );
  const document = compareEstimates(
    plans.map(({ system, stage, headline }, i) => ({ system, stage, estimate: estimates[i]!, users: headline.users })),
  );
  if (json) printJson(document);
  else {
    printTable(
      ['system', 'stage', 'USD/month', 'USD/user', 'largest'],
      document.rows.map((r) => [
        r.system,
        r.stage,
        usd(r.monthly),
        r.perUser === null ? '' : r.perUser.toPrecision(2),
        r.topItems
          .slice(0, 3)
          .map((t) => `${t.type.replace(/^AWS::/, '')} ${usd(t.monthly)}`)
          .join(', '),
      ]),
      ['USD/month', 'USD/user'],
    );
    if (without.length) print(`\nwithout a stage "${stage}": ${without.join(', ')}`);
  }
  return 0;
};
