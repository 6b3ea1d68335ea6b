import type { Checks } from '../deploy/checks';
import { type Candidate, candidates, podsAtPeak } from './candidate';
import { faultsOf, HEAD, rowOf } from './report';
import { selfChecks, volumeChecks } from './self-checks';
import type { Judge } from './verdict';
import { withJudge } from './with-judge';

/** One a core. */
const JUDGES = 2;
/** Pods up to which a cluster is emptied sooner than another one started. */
const WORTH_CLEARING = 500;
/** Nodes up to which a region is judged without being asked for. One of 3,000 took 390 seconds of processor, half of them of the scheduler. */
const USUAL_NODES = 500;

/**
 * Puts every stage of every system, and its sandbox, on a real control plane with simulated nodes: every object accepted, every pod scheduled,
 * also with a zone gone. Regions of a stage differ in nothing but their counts: the largest of the usual ones is judged; of a system's sandboxes, which differ
 * in the parts they have, the one with most pods; and all of them when EXHAUSTIVE is set.
 * @throws {MissingTool} without Go
 */
export async function clusterChecks(checks: Checks): Promise<void> {
  await withJudge((judge) => selfChecks(judge, checks));
  await withJudge((judge) => volumeChecks(judge, checks));
  const all = candidates().sort((a, b) => podsAtPeak(b) - podsAtPeak(a));
  const queue = process.env.EXHAUSTIVE ? [...all] : oneOfEach(all);
  checks.check(queue.length > 0, 'there is no stage to put on a cluster');
  console.log(HEAD);
  const work = async () => {
    while (queue.length > 0) await withJudge((judge) => judgeSome(judge, queue, checks));
  };
  const left = all.filter((candidate) => !queue.includes(candidate));
  await Promise.all(Array.from({ length: JUDGES }, work));
  for (const { system, stage, region, nodes } of left)
    console.log(`not judged without EXHAUSTIVE: ${system} ${stage} ${region}, ${nodes.length} nodes`);
}

/** Of each stage, and of all sandboxes of a system, the largest region that is no more than usual, or else the smallest. @param all the largest first */
function oneOfEach(all: readonly Candidate[]): Candidate[] {
  const isUsual = ({ nodes }: Candidate) => nodes.length <= USUAL_NODES;
  const stages = new Map<string, Candidate>();
  for (const candidate of [...all.filter(isUsual), ...all.filter((one) => !isUsual(one)).reverse()]) {
    const stage = `${candidate.system} ${candidate.isSandbox ? 'sandbox' : candidate.stage}`;
    if (!stages.has(stage)) stages.set(stage, candidate);
  }
  return [...stages.values()].sort((a, b) => podsAtPeak(b) - podsAtPeak(a));
}

/** Takes from a queue while the cluster is worth clearing for the next. */
async function judgeSome(judge: Judge, queue: Candidate[], checks: Checks): Promise<void> {
  for (let candidate = queue.shift(); candidate; candidate = queue.shift()) {
    const { system, stage, region } = candidate;
    const verdict = await checks.step(`${system} ${stage} ${region} on a cluster`, () => judge.verdictOn(candidate!));
    if (!verdict) return;
    console.log(rowOf(candidate, verdict));
    for (const [holds, fault] of faultsOf(candidate, verdict)) checks.check(holds, fault);
    if (verdict.pods > WORTH_CLEARING) return;
    await judge.clear(candidate);
  }
}
