import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { everyStage } from '../every-stage';
import { pythonTools } from '../../scripts/python-tools';

/** It takes half a second a template, on one core. */
const PROCESSES = 2;

/** Errors and warnings, a line each; an exit code would say no more than that there are some. */
const lint = (templates: readonly string[]): Promise<string[]> =>
  new Promise((done, failed) => {
    const options = ['--non-zero-exit-code', 'none', '--format', 'parseable', '--'];
    execFile(join(pythonTools(), 'cfn-lint'), [...options, ...templates], { maxBuffer: 1 << 28 }, (error, stdout) =>
      error ? failed(error) : done(stdout.split('\n').filter(Boolean)),
    );
  });

test('cfn-lint finds no error and nothing to warn of in any template', async () => {
  const templates = everyStage.flatMap(([, stage]) => stage.distinctTemplates.map((t) => t.path));
  expect(templates.length).toBeGreaterThan(0);
  const shares = Array.from({ length: PROCESSES }, (_, i) => templates.filter((__, n) => n % PROCESSES === i));
  const findings = (await Promise.all(shares.map(lint))).flat();
  expect(findings.slice(0, 20)).toEqual([]);
}, 1_200_000);
