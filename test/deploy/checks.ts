/** Counts what held and keeps what did not. */
export class Checks {
  passed = 0;
  readonly failures: string[] = [];

  check(holds: boolean, failure: string): void {
    if (holds) this.passed++;
    else this.failures.push(failure);
  }

  /** Runs a step that may throw. @returns what it returns, or nothing when it threw */
  async step<T>(
    name: string,
    run: () => Promise<T>,
    more: () => Promise<string | undefined> = async () => undefined,
  ): Promise<T | undefined> {
    try {
      const result = await run();
      this.passed++;
      return result;
    } catch (error) {
      const reasons = [(error as Error).message.split('\n')[0], await more()];
      this.failures.push(`${name}: ${reasons.filter(Boolean).join('; ')}`);
      return undefined;
    }
  }
}
