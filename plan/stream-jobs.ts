import type { Flow } from './flow';
import type { Deployment } from './plan';
import type { Part } from './sizing';

interface Declared {
  readonly parts: readonly Part[];
  readonly flows: readonly Flow[];
  readonly platform: Deployment['platform'];
}

/**
 * Refuses stream jobs that could not run: without messages, without a program, or beside one machine. The network of that machine has no way out for
 * anybody but itself, and what a job costs at least, two KPUs, is more than the machine; a consumer in a pod does there.
 * @throws {Error} naming the job: a defect of the system file
 */
export function requireStreamJobs({ parts, flows, platform }: Declared): void {
  const kinds = new Map(parts.map(({ id, kind }) => [id, kind]));
  for (const part of parts) {
    if (part.kind !== 'streamJob') continue;
    const of = (verb: Flow['verb']) => flows.filter((flow) => flow.from === part.id && flow.verb === verb).map(({ to }) => to);
    if (platform === 'k3s')
      throw new Error(
        `stream job "${part.id}" beside one machine: that network has no way out for it, and its two KPUs cost more than the machine; declare a worker there`,
      );
    if (!of('consumes').some((id) => kinds.get(id) === 'kafka')) throw new Error(`stream job "${part.id}" consumes no Kafka part`);
    if (!of('reads').includes(part.program))
      throw new Error(`stream job "${part.id}" does not read "${part.program}", where its program is`);
  }
}
