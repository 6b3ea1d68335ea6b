import { SandboxError } from '../sandbox-error';
import { ProgramError } from './run-program';

/** What programs say when it is not their own fault, and the way on. */
const TROUBLES: readonly [RegExp, string][] = [
  [/unknown flag: --applyset/i, 'it takes kubectl 1.27 or newer'],
  [/failed calling webhook/i, 'a controller is still starting: run the same command again in a minute'],
  [
    /i\/o timeout|deadline exceeded|connection refused|no route to host|no such host/i,
    "the cluster's API answers the addresses in ApiCidrs only: give yours with --parameter ApiCidrs=",
  ],
  [
    /unauthorized|must be logged in|provide credentials/i,
    'the cluster lets AdministratorArn in and nobody else: sign in as that role or user, or give yours with --parameter AdministratorArn=',
  ],
];

/**
 * Does what runs programs against a cluster.
 * @throws {SandboxError} what the program said, and the way on
 */
export async function inCluster<T>(cluster: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const advice = TROUBLES.find(([said]) => said.test(error.said))?.[1] ?? 'mend it, then run the same command again';
    throw new SandboxError(`${error.program} failed at ${cluster}: ${error.said}; ${advice}`, { cause: error });
  }
}
