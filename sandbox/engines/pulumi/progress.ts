import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation';
import type { Step } from '../../engine';

/** A resource that did not come about, or that would not go. */
export interface Failure {
  /** @default it is about none of them */
  stack?: string;
  resource?: string;
  type?: string;
  reason: string;
}

/** Counts what the engine's events tell. */
export class Progress {
  /** The first error it told of. */
  cause?: Failure;
  private readonly done = new Set<string>();
  private types: ReadonlyMap<string, string> = new Map();

  constructor(private readonly watch: (step: Step) => void) {}

  /** @param types of all resources, by their names in the state */
  expect(types: ReadonlyMap<string, string>): void {
    this.types = types;
  }

  event({ resourcePreEvent, resOutputsEvent, diagnosticEvent }: EngineEvent): void {
    if (resourcePreEvent) this.tell(resourcePreEvent.metadata, 'started');
    if (resOutputsEvent) this.tell(resOutputsEvent.metadata, 'done');
    if (diagnosticEvent?.severity !== 'error') return;
    const { urn = '', message } = diagnosticEvent;
    const failure = { ...this.placeOf(urn), reason: message };
    this.cause ??= failure;
    if (failure.stack) this.say({ ...failure, stack: failure.stack, status: 'failed' });
  }

  private tell({ urn, op }: StepEventMetadata, status: 'started' | 'done'): void {
    const { stack, ...resource } = this.placeOf(urn);
    // What is as it should be starts without anything being done.
    if (!stack || (status === 'started' && op === 'same')) return;
    // A replacement is deleted before it is made.
    if (status === 'done' && op !== 'delete-replaced') this.done.add(urn);
    this.say({ stack, ...resource, status });
  }

  private say(step: Omit<Step, 'done' | 'total'>): void {
    this.watch({ ...step, done: this.done.size, total: this.types.size });
  }

  /** Where a resource belongs; the engine has some of its own, which belong nowhere. */
  private placeOf(urn: string): Omit<Failure, 'reason'> {
    const name = nameOf(urn);
    const [stack, resource] = name.split('/');
    return this.types.has(name) ? { stack, resource, type: this.types.get(name) } : {};
  }
}

/** A resource's own name at the end of its URN. */
export const nameOf = (urn: string): string => urn.split('::').at(-1)!;
