import type { Account } from './account';
import type { Sandbox } from './sandbox';

/** What deploys sandboxes: stacks of CloudFormation, or Pulumi resource by resource. */
export type EngineName = 'cloudformation' | 'pulumi';

/** Outputs of stacks, by stack and output. */
export type Outputs = Record<string, Record<string, string>>;

/** One step of a deployment. */
export interface Step {
  stack: string;
  /** Logical id. @default the stack itself */
  resource?: string;
  type?: string;
  status: 'started' | 'done' | 'failed';
  reason?: string;
  /** Resources done, of all resources of the sandbox. */
  done: number;
  total: number;
}

/** What brings a written sandbox about. */
export interface Engine {
  /**
   * Makes every stack what its template says, in their order; goes on where an earlier run stopped.
   * @param assembly folder `cdk.out`
   * @param parameters of the stacks that ask for them: by name, or for one stack by `stack:name`
   * @throws {SandboxError} with the first cause, not the last event
   */
  up(assembly: string, parameters: Readonly<Record<string, string>>, account: Account, watch: (step: Step) => void): Promise<Outputs>;
}

/** What looks after the sandboxes that an engine has brought up. */
export interface Keeper {
  find(): Promise<Sandbox[]>;
  /** Deletes one. What is gone already is fine. @throws {SandboxError} with the first cause */
  end(sandbox: Sandbox, watch: (step: Step) => void): Promise<void>;
}
