import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs that stand in for others on PATH while a test runs; each writes down how it was called. */
export class StandIns {
  readonly folder = mkdtempSync(join(tmpdir(), 'scaleprint-programs-'));
  private readonly before = process.env.PATH;
  private readonly log = join(this.folder, 'calls');

  constructor() {
    mkdirSync(join(this.folder, 'bin'));
    // Only what the stand-ins themselves are written in.
    process.env.PATH = `${join(this.folder, 'bin')}`;
    writeFileSync(this.log, '');
  }

  /** @param does lines of Bash */
  add(name: string, does = ''): void {
    const file = join(this.folder, 'bin', name);
    writeFileSync(file, `#!/bin/bash\nPATH=/usr/bin:/bin\necho "${name} $*" >> '${this.log}'\n${does}\n`);
    chmodSync(file, 0o755);
  }

  /** How they were called since this was last asked. */
  calls(): string[] {
    const lines = readFileSync(this.log, 'utf8').split('\n').filter(Boolean);
    writeFileSync(this.log, '');
    return lines;
  }

  remove(): void {
    process.env.PATH = this.before;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
