import type { Interruption } from './interruption';
import type { Migration } from './migration';
import { type Phase, PHASES } from './migration-way';

/** What a move is about, or what comes of a deployment. */
export interface Matter {
  part: string;
  region: string;
  what: string;
}

/** One thing to do on the way from stage to stage. */
export interface Move {
  /** What to do; of a part, what its matter says. */
  does?: string;
  /** The part it is about; of a deployment each that moves by it or is interrupted meanwhile. */
  matters: Matter[];
}

/**
 * Everything to do, in one order that suits all that moves: queues are emptied while their consumers still have what they need, everything is
 * copied before the first writer stops, and each of the deployments is done once.
 */
export function inOrder(migrations: readonly Migration[], interruptions: readonly Interruption[]): Move[] {
  const steps = migrations.flatMap(({ part, region, steps: own }) => own.map(({ phase, what }) => ({ part, region, phase, what })));
  const breaks = interruptions.map(({ part, region, phase, effect }) => ({ part, region, phase, what: effect }));
  const deploys = deploymentsOf(new Set(steps.map(({ phase }) => phase)));
  const due: Matter[] = [];
  return PHASES.flatMap((phase): Move[] => {
    const matters = [...steps, ...breaks]
      .filter((one) => one.phase === phase)
      .map(({ part, region, what }): Matter => ({ part, region, what }));
    if (!DEPLOYMENTS.has(phase)) return matters.map((matter) => ({ matters: [matter] }));
    due.push(...matters);
    const does = deploys.get(phase);
    return does ? [{ does, matters: due.splice(0) }] : [];
  });
}

/** Phases that are deployments. What comes of one that is not by itself comes of the next. */
const DEPLOYMENTS: ReadonlySet<Phase> = new Set(['data', 'compute', 'manifests', 'edge']);

/** In as few goes as it takes: one stops short where something has to be done before the next. */
function deploymentsOf(phases: ReadonlySet<Phase>): ReadonlyMap<Phase, string> {
  const [pauses, entersLast] = [phases.has('copy') || phases.has('switch'), phases.has('edge')];
  const others = `deploy the ${pauses ? 'other ' : ''}stacks`;
  return new Map<Phase, string>([
    ...(pauses ? [['data', 'deploy the stacks up to data'] as const] : []),
    ['compute', entersLast ? 'deploy the stacks up to compute' : others],
    ['manifests', 'apply the manifests'],
    ...(entersLast ? [['edge', 'deploy the other stacks'] as const] : []),
  ]);
}
