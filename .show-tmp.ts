import { plan } from '/work/main/plan/plan';
import { short, bytes } from '/work/main/plan/units';
const id = process.argv[2]!, only = process.argv[3];
const system = require(`/work/main/systems/${id}`).default;
const set = Object.fromEntries(process.argv.slice(4).map((s) => { const [k, v] = s.split('='); return [k, Number(v)]; }));
for (const stage of Object.keys(system.stages)) {
  if (only && only !== 'all' && stage !== only) continue;
  plan(system, stage, set);
  const t = performance.now();
  const p = plan(system, stage, set);
  const ms = performance.now() - t;
  console.log(`\n##### ${stage}: ${p.title}  (${ms.toFixed(1)} ms)`);
  for (const d of p.decisions) console.log(`  ? ${d.about} -> ${d.chosen} | ${d.because}`);
  for (const d of p.deployments) {
    console.log(`  == ${d.region.name} share ${d.region.share.toFixed(3)} cells ${d.cells} ${d.platform} zones ${d.zones}`);
    for (const x of d.parts) {
      const lost = x.utilisationZoneLost;
      const bad = x.utilisation > x.target + 1e-9 || (lost ?? 0) > x.target + 1e-9 ? ' !!!OVER' : '';
      const extra = x.kind === 'service' ? `pods ${x.pods.min}/${x.pods.expected}/${x.pods.peak}` : x.kind === 'kafka' ? `disk ${x.storageGibPerBroker}` : x.kind === 'relational' ? `shards ${x.shards} readers ${x.readersPerShard} ${x.topology} stor ${x.storageGibPerShard}` : x.kind==='cache'?`shards ${x.shards}`:'';
      console.log(`   ${x.id.padEnd(22)} ${x.kind.padEnd(13)} ${String(x.count).padStart(5)} x ${x.size.padEnd(18)} ${(x.utilisation * 100).toFixed(0)}%/${lost === null ? '-' : (lost * 100).toFixed(0) + '%'} [${x.binding}] ${extra} ${bad}`);
      if (process.env.V) console.log(`        ${x.reason}`);
    }
    for (const n of d.nodeGroups) console.log(`     nodes ${n.tier.padEnd(10)} ${n.instanceType.padEnd(12)} ${n.nodes.min}/${n.nodes.expected}/${n.nodes.peak}/${n.nodes.max} [${n.services}]`);
  }
}
