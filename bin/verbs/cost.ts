import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Estimate } from '../../cost/estimate';
import { InputError } from '../../plan/input-error';
import type { Plan } from '../../plan/plan';
import { printJson } from '../print';
import { printBill } from '../print-bill';
import type { Options, Verb } from '../run-verb';
import { oneOrAll, plansOf } from '../stages';

/** Exit code when something of unknown price is not in the total: it is not to be trusted. */
export const INCOMPLETE = 1;

/** The monthly bill of a stage, or of any template. */
export const cost: Verb = async ([id], options) => {
  const bills = options.template
    ? [{ title: options.template, estimate: await ofTemplate(options) }]
    : await ofStages(id as string | undefined, options);
  if (options.json)
    printJson(
      oneOrAll(
        bills.map((b) => ({ ...b.stage, ...b.estimate })),
        options.template ? {} : options,
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
  if (!id) throw new InputError('cost of what? name a system with --stage, or --template PATH');
  const { plans } = plansOf(id, options);
  const bill = await biller();
  return plans.map((p) => ({
    title: `${p.system} ${p.stage}  ${p.title}`,
    stage: { system: p.system, stage: p.stage },
    estimate: bill(p),
  }));
}

/** Synthesizes into a folder that is gone afterwards, and prices what is there. */
export async function biller(): Promise<(plan: Plan) => Estimate> {
  const [{ synthesize }, { bill }, { PriceBook }] = await Promise.all([
    import('../../pipeline/synthesize'),
    import('../../pipeline/bill'),
    import('../../cost/price-book'),
  ]);
  const book = PriceBook.open();
  return (p) => {
    const folder = mkdtempSync(join(tmpdir(), 'scaleprint-'));
    try {
      synthesize(p, join(folder, 'stage'));
      return bill(join(folder, 'stage'), book);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

async function ofTemplate({ template, usage, region }: Options): Promise<Estimate> {
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
  const document: unknown = parse(readFileSync(file, 'utf8'));
  if (typeof document !== 'object' || document === null)
    throw new InputError(`--usage: "${file}" holds no resources; it takes a map of resources to their figures`);
  return document as Record<string, Record<string, number>>;
}
