import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { everySandbox, everyStage, firstAndLargest, type Template } from '../every-stage';
import { pythonTools } from '../../scripts/python-tools';
import { newlyShaped } from './resource-shape';

/** It takes half a second a template, on one core. */
const PROCESSES = 2;

/** Output values that are imports: what holds a sandbox's expiry until all else is gone (stacks/expiry-stack.ts); no stage has any. */
const IGNORED = ['--ignore-checks', 'W6001'];

/** Errors and warnings, a line each; an exit code would say no more than that there are some. */
const lint = (templates: readonly Template[]): Promise<string[]> =>
  new Promise((done, failed) => {
    const options = ['--non-zero-exit-code', 'none', '--format', 'parseable', ...IGNORED, '--', ...templates.map((t) => t.path)];
    execFile(join(pythonTools(), 'cfn-lint'), options, { maxBuffer: 1 << 28 }, (error, stdout) =>
      error ? failed(error) : done(stdout.split('\n').filter(Boolean)),
    );
  });

test('cfn-lint finds no error and nothing to warn of in any template that has something new', async () => {
  const all = [...everyStage, ...firstAndLargest(everySandbox)].flatMap(([, stage]) => stage.distinctTemplates);
  const templates = process.env.EXHAUSTIVE ? all : newlyShaped(all);
  expect(templates.length).toBeGreaterThan(0);
  // What this version passed once it passes again; another version lies in another folder.
  const passed = join(pythonTools(), '../cfn-lint-passed');
  mkdirSync(passed, { recursive: true });
  const markOf = ({ text }: Template) => join(passed, createHash('sha256').update(text).digest('hex'));
  const unknown = templates.filter((t) => !existsSync(markOf(t)));
  const shares = Array.from({ length: PROCESSES }, (_, i) => unknown.filter((__, n) => n % PROCESSES === i));
  const findings = (await Promise.all(shares.filter((share) => share.length).map(lint))).flat();
  unknown.filter((t) => !findings.some((line) => line.startsWith(t.path))).forEach((t) => writeFileSync(markOf(t), ''));
  expect(findings.slice(0, 20)).toEqual([]);
}, 1_200_000);
