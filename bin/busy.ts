import type { Step } from '../sandbox/engine';
import { inWords } from '../sandbox/lifetime';

/** What is named of many. */
const NAMED = 3;

/** What has begun and has not ended yet, the oldest first. */
export class Busy {
  private readonly begun = new Map<string, { step: Step; since: number }>();

  see(step: Step): void {
    const { stack, resource, status } = step;
    const key = `${stack}/${resource ?? ''}`;
    if (status === 'started') {
      if (!this.begun.has(key)) this.begun.set(key, { step, since: Date.now() });
    } else if (resource) this.begun.delete(key);
    // With a stack ends whatever of it has not been heard of since.
    else for (const [other, { step: of }] of this.begun) if (of.stack === stack) this.begun.delete(other);
  }

  /** Names of the stacks at work. */
  get stacks(): string[] {
    return [...new Set([...this.begun.values()].map(({ step }) => step.stack))];
  }

  /** `shop-edge Distribution (AWS::CloudFront::Distribution) and 2 others, for 4 min`; undefined when nothing has begun. */
  inWords(): string | undefined {
    const all = [...this.begun.values()];
    // A stack that is at work on something goes by what it works on.
    const told = all.filter(({ step }) => step.resource ?? !all.some((one) => one.step.stack === step.stack && one.step.resource));
    const [oldest] = told;
    if (!oldest) return undefined;
    const names = told.slice(0, NAMED).map(({ step: { stack, resource, type } }) => (resource ? `${stack} ${resource} (${type})` : stack));
    const others = told.length - names.length;
    const time = inWords((Date.now() - oldest.since) / 1000);
    return `${names.join(', ')}${others ? ` and ${others} other${others > 1 ? 's' : ''}` : ''}, for ${time}`;
  }
}
