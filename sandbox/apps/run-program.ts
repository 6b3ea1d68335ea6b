import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SandboxError } from '../sandbox-error';

const KEPT_LINES = 20;

/** A program that did not do what it was asked to. */
export class ProgramError extends SandboxError {
  constructor(
    readonly program: string,
    /** What it wrote last to standard error. */
    readonly said: string,
  ) {
    super(`${program} failed: ${said}`);
  }
}

/**
 * Runs a program to its end, which is this process's end at the latest.
 * @param heard gets each line of its standard output
 * @throws {ProgramError} when it cannot be started or exits with anything but 0
 */
export async function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  heard: (line: string) => void = () => undefined,
): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const end = () => child.kill();
  process.once('exit', end);
  const said: string[] = [];
  createInterface(child.stdout).on('line', heard);
  createInterface(child.stderr).on('line', (line) => said.splice(0, Math.max(0, said.push(line) - KEPT_LINES)));
  const problem = await new Promise<string | undefined>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? undefined : said.join(' ').trim() || `it ended with ${signal ?? `code ${code}`}`),
    );
  });
  process.off('exit', end);
  if (problem) throw new ProgramError(program, problem);
}
