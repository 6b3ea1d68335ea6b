process.env.CDK_VALIDATION = 'false';
import { PriceBook } from './cost/price-book';
import { bill } from './pipeline/bill';
import { hold } from './pipeline/claims';
import { synthesize } from './pipeline/synthesize';
import { plan } from './plan/plan';
const s = require(`./systems/${process.argv[2]}`).default;
const only = process.argv.slice(3);
const book = PriceBook.open();
for (const stage of Object.keys(s.stages)) {
  if (only.length && !only.includes(stage)) continue;
  try {
    const p = plan(s, stage); const f = `/tmp/synth/${s.id}/${stage}`;
    const t = Date.now(); const r = synthesize(p, f); const e = bill(f, book);
    console.log(`\n### ${stage}: ${r.resources} resources, ${r.templates.length} templates, ${((Date.now() - t) / 1000).toFixed(1)} s; total ${Math.round(e.monthly.total)} (min ${Math.round(e.monthly.min)} peak ${Math.round(e.monthly.peak)}) third ${Math.round(e.monthly.thirdParty)} unpriced ${e.unpriced.length}`);
    for (const l of [...e.lineItems].sort((a, b) => b.monthly - a.monthly).slice(0, 9)) console.log(`   ${Math.round(l.monthly).toString().padStart(9)}  ${l.resource} | ${l.dimension} | ${l.formula}`.slice(0, 190));
    for (const c of s.claims.filter((c: any) => c.stage === stage)) { const h = hold(c, p, e); console.log(`   CLAIM ${h.id}: ${JSON.stringify(h.claimed)} -> ${h.estimated} ${h.unit} ${h.verdict} ${h.ratio.toFixed(2)}`); }
  } catch (error) { console.log(`### ${stage} FAILED: ${(error as Error).message}\n${(error as Error).stack!.split('\n').slice(1,6).join('\n')}`); }
}
