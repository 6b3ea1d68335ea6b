/** Counts what held and keeps what did not. */
export class Checks {
  passed = 0;
  readonly failures: string[] = [];

  check(holds: boolean, failure: string): void {
    if (holds) this.passed++;
    else this.failures.push(failure);
  }

  /** Runs a step that may throw. @returns what it returns, or nothing when it threw */
  async step<T>(name: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await run();
      this.passed++;
      return result;
    } catch (error) {
      this.failures.push(`${name}: ${reasonOf(error as Error)}`);
      return undefined;
    }
  }
}

/** The first line of an error, and the answer of the emulator where it was not one that AWS would give. */
function reasonOf(error: Error): string {
  const answer = (error as { $responseBodyText?: string }).$responseBodyText;
  const [line = ''] = error.message.split('\n');
  return answer && !answer.includes('<html') ? `${line} ${answer.slice(0, 300)}` : line;
}
