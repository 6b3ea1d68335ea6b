import { plan } from './plan/plan';
const s = require(`./systems/${process.argv[2]}`).default;
for (const st of Object.keys(s.stages)) { const t0=performance.now(); let n=0; for(;n<20;n++) plan(s, st); const ms=(performance.now()-t0)/n; const p = plan(s, st); console.log(st, ms.toFixed(2)+'ms', p.deployments.map(d=>`${d.region.name}:${d.cells}x z${d.zones}`).join(' ')); }
