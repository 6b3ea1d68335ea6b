import { plan } from '../plan/plan';
import { allSystems } from '../systems';

const PLANS = 10_000;

// Ten thousand plans, every stage of every system in turn: `node -r ts-node/register bench/plan.ts`.
const stages = allSystems().flatMap((system) => Object.keys(system.stages).map((stage) => ({ system, stage })));
const started = performance.now();
const cpu = process.cpuUsage();
for (let i = 0; i < PLANS; i++) {
  const { system, stage } = stages[i % stages.length]!;
  plan(system, stage);
}
const seconds = (performance.now() - started) / 1000;
const cpuSeconds = process.cpuUsage(cpu).user / 1e6;
console.log(
  `${PLANS} plans of ${stages.length} stages in ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of CPU), ${Math.round(PLANS / seconds)} plans/s`,
);
