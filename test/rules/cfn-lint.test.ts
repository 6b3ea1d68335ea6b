import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { everyStage } from '../every-stage';
import { pythonTools } from '../../scripts/python-tools';

test('cfn-lint finds no error in any template', () => {
  const templates = everyStage.flatMap(([, stage]) => stage.templates.map((t) => t.path));
  expect(templates.length).toBeGreaterThan(0);
  const lint = spawnSync(
    join(pythonTools(), 'cfn-lint'),
    ['--non-zero-exit-code', 'error', '--format', 'parseable', '--ignore-checks', 'W', 'I', '--', ...templates],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  expect(lint.stdout.split('\n').filter(Boolean).slice(0, 20)).toEqual([]);
  expect(lint.status).toBe(0);
}, 1_200_000);
