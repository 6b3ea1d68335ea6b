import { existsSync, readFileSync } from 'node:fs';
import type { Estimate } from '../../cost/estimate';
import { InputError } from '../../plan/input-error';
import { printJson } from '../print';
import { printBill } from '../print-bill';
import { performWithProgress } from '../progress';
import type { Options, Verb } from '../run-verb';
import { oneOrAll, plansOf } from '../stages';

/** Exit code when something of unknown price is not in the total: it is not to be trusted. */
export const INCOMPLETE = 1;

/** The monthly bill of a stage, or of any template. */
export const cost: Verb = async ([id], options) => {
  const bills = options.template
    ? [{ title: options.template, estimate: await ofTemplate(id as string | undefined, options) }]
    : await ofStages(id as string | undefined, options);
  if (options.json)
    printJson(
      oneOrAll(
        bills.map((b) => ({ ...b.stage, ...b.estimate })),
        options,
      ),
    );
  else for (const b of bills) printBill(b.title, b.estimate, options.full);
  return bills.some((b) => b.estimate.unpriced.length > 0) ? INCOMPLETE : 0;
};

interface Bill {
  title: string;
  estimate: Estimate;
  stage?: { system: string; stage: string };
}

async function ofStages(id: string | undefined, options: Options): Promise<Bill[]> {
  if (!id && !options.all) throw new InputError('cost of what? name a system with --stage, or --template PATH');
  if (options.usage) throw new InputError('--usage goes with --template; the usage of a stage follows from its figures, see --set');
  const plans = plansOf(id, options);
  const estimates = await performWithProgress(
    'price',
    plans.map((p) => [p]),
  );
  return plans.map(({ system, stage, title }, i) => ({
    title: `${system} ${stage}  ${title}`,
    stage: { system, stage },
    estimate: estimates[i]!,
  }));
}

async function ofTemplate(id: string | undefined, { template, usage, region, stage, all, set }: Options): Promise<Estimate> {
  const [extra] = [id, stage && `--stage ${stage}`, all && '--all', set && '--set'].filter(Boolean);
  if (extra) throw new InputError(`${extra} and --template exclude each other; give one`);
  const [{ loadTemplates }, { estimate }, { PriceBook }] = await Promise.all([
    import('../../cost/assembly'),
    import('../../cost/estimate'),
    import('../../cost/price-book'),
  ]);
  return estimate(loadTemplates(template!, region), PriceBook.open(), { usage: usage ? await readUsage(usage) : undefined });
}

async function readUsage(file: string): Promise<Record<string, Record<string, number>>> {
  const { parse } = await import('yaml');
  if (!existsSync(file)) throw new InputError(`--usage: no such file "${file}"; it takes YAML or JSON of resources and their figures`);
  let document: unknown;
  try {
    document = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new InputError(`--usage: "${file}" is neither YAML nor JSON: ${why!.replace(/:$/, '')}`);
  }
  if (typeof document !== 'object' || document === null)
    throw new InputError(`--usage: "${file}" holds no resources; it takes a map of resources to their figures`);
  return document as Record<string, Record<string, number>>;
}
