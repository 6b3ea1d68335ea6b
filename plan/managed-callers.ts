import type { Flow, Verb } from './flow';
import type { Kind, Part, PartByKind } from './sizing';

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
}

/** Kinds that act by themselves, and what each may do with which others. All but one are in AWS's own network, and go to what has a public address there. */
const MAY: Partial<Record<Kind, Partial<Record<Kind, readonly Verb[]>>>> = {
  delivery: { kafka: ['consumes'], objectStore: ['writes'] },
  lake: { objectStore: ['reads'] },
  objectStore: { queue: ['publishes'] },
  function: {
    channel: ['sends'],
    delivery: ['publishes'],
    external: ['calls'],
    keyValue: ['reads', 'writes'],
    lake: ['reads'],
    objectStore: ['reads', 'writes'],
    queue: ['consumes', 'publishes'],
    wideColumn: ['reads', 'writes'],
  },
  sparkJob: { keyValue: ['reads', 'writes'], objectStore: ['reads', 'writes'] },
  // It has addresses in our network; pods it would have to find by names that only their cluster knows.
  streamJob: {
    cache: ['reads', 'writes'],
    channel: ['sends'],
    delivery: ['publishes'],
    external: ['calls'],
    kafka: ['consumes', 'publishes'],
    keyValue: ['reads', 'writes'],
    objectStore: ['reads', 'writes'],
    queue: ['publishes'],
    relational: ['reads', 'writes'],
    search: ['reads', 'writes'],
    wideColumn: ['reads', 'writes'],
  },
};

/** Longer than a run, so that a message is not delivered again while it is worked on: Lambda docs, with/sqs.html, 2026-11-22. */
const HIDDEN_TIMEOUTS = 6;

/** Whether what a part asks for passes none of our networks. */
export const actsOutside = (part: Part | undefined): boolean => part !== undefined && part.kind in MAY && part.kind !== 'streamJob';

/** Whether a bucket tells a queue of its new objects. */
export const tellsQueue = (id: string, { flows }: Pick<Declared, 'flows'>): boolean =>
  flows.some((flow) => flow.from === id && flow.verb === 'publishes');

/**
 * Refuses flows that start where nothing acts, or lead where AWS does not let that part go.
 * @throws {Error} naming the flow: a defect of the system file
 */
export function requireManagedCallers({ parts, flows }: Declared): void {
  const byId = new Map(parts.map((part) => [part.id, part]));
  for (const { from, to, verb } of flows) {
    const [caller, target] = [byId.get(from), byId.get(to)!];
    const allowed = caller && MAY[caller.kind];
    if (allowed && !allowed[target.kind]?.includes(verb))
      throw new Error(`"${from}" ${verb} "${to}": a part of kind ${caller.kind} cannot do that with one of kind ${target.kind}`);
  }
  for (const part of parts) {
    if (part.kind === 'function') requireMessages(part, byId, flows);
    if (part.kind === 'sparkJob' && !flows.some((f) => f.from === part.id && f.to === part.program && f.verb === 'reads'))
      throw new Error(`spark job "${part.id}" does not read "${part.program}", where its program is`);
  }
  const teller = parts.find(
    ({ id, kind }) => kind === 'objectStore' && new Set(flows.flatMap((f) => (f.from === id ? f.to : []))).size > 1,
  );
  if (teller) throw new Error(`object store "${teller.id}" tells several queues; S3 tells one of each new object`);
}

/** Runs by the clock or for messages, which stay hidden for as long as a run may take. */
function requireMessages(
  { id, schedule, timeoutSeconds }: PartByKind['function'],
  byId: ReadonlyMap<string, Part>,
  flows: readonly Flow[],
): void {
  const queues = flows.filter((flow) => flow.from === id && flow.verb === 'consumes').map(({ to }) => byId.get(to) as PartByKind['queue']);
  if ((schedule === undefined) === (queues.length === 0))
    throw new Error(`function "${id}" takes a schedule or a queue to consume, one of them`);
  const short = queues.find(({ visibilitySeconds }) => visibilitySeconds < HIDDEN_TIMEOUTS * timeoutSeconds);
  if (short)
    throw new Error(
      `queue "${short.id}" hides a message for ${short.visibilitySeconds} s, function "${id}" may run ${timeoutSeconds} s; it takes ${HIDDEN_TIMEOUTS} times that`,
    );
}
