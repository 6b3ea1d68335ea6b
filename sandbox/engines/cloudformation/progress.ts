import type { Step } from '../../engine';

/** What of a stack's event matters here. */
export interface StackEvent {
  LogicalResourceId?: string;
  ResourceType?: string;
  ResourceStatus?: string;
  ResourceStatusReason?: string;
  Timestamp?: Date;
}

/** A resource that did not come about. */
export interface Failure {
  stack: string;
  resource: string;
  type: string;
  reason: string;
  at: number;
}

/** Said of resources that stop because another failed. */
const FOLLOWS = /^(Resource (creation|update) cancelled|Operation cancelled)/i;

/** Counts what events tell. They may come in any order: those of one look at a stack come newest first. */
export class Progress {
  private readonly done = new Set<string>();
  private readonly failures: Failure[] = [];
  private readonly total: number;

  /** @param resources logical ids by stack */
  constructor(
    private readonly resources: ReadonlyMap<string, readonly string[]>,
    private readonly watch: (step: Step) => void,
  ) {
    this.total = [...resources.values()].reduce((n, ids) => n + ids.length, 0);
  }

  /** The cause of it all: the earliest failure that does not follow from another. */
  get cause(): Failure | undefined {
    return this.failures.reduce<Failure | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined);
  }

  event(stack: string, event: StackEvent): void {
    const { LogicalResourceId: resource = '', ResourceType: type = '', ResourceStatus = '', ResourceStatusReason: reason = '' } = event;
    // The stack itself has events too, and so has what an update takes away.
    if (!this.resources.get(stack)?.includes(resource)) return;
    const key = `${stack}/${resource}`;
    if (ResourceStatus.endsWith('_FAILED')) {
      if (FOLLOWS.test(reason)) return;
      this.failures.push({ stack, resource, type, reason, at: event.Timestamp?.getTime() ?? 0 });
      this.tell({ stack, resource, type, status: 'failed', reason });
    } else if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(ResourceStatus)) {
      this.done.add(key);
      this.tell({ stack, resource, type, status: 'done' });
    } else if (/^(CREATE|UPDATE|IMPORT)_IN_PROGRESS$/.test(ResourceStatus) && !this.done.has(key))
      this.tell({ stack, resource, type, status: 'started' });
  }

  begin(stack: string): void {
    this.tell({ stack, status: 'started' });
  }

  /** With what an update had no reason to touch. */
  end(stack: string): void {
    this.resources.get(stack)?.forEach((resource) => this.done.add(`${stack}/${resource}`));
    this.tell({ stack, status: 'done' });
  }

  tell(step: Omit<Step, 'done' | 'total'>): void {
    this.watch({ ...step, done: this.done.size, total: this.total });
  }
}
