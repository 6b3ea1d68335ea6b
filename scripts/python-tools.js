// Makes the virtual environment of the Python checks once per requirements file and prints its bin folder.
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { MissingTool } = require('./go-tools');

const root = join(__dirname, '..');

/** @returns the folder of the environment's programs @throws {MissingTool} without Python @throws {Error} when a package cannot be had; with what to do */
function pythonTools() {
  const requirements = join(root, 'test/tools/requirements.txt');
  const version = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const environment = join(root, '.cache', `python-${version}`);
  const complete = join(environment, 'complete');
  if (!existsSync(complete)) {
    rmSync(environment, { recursive: true, force: true });
    run('python3', ['-m', 'venv', environment], 'install Python 3 with venv, such as `apt-get install python3-venv`');
    run(join(environment, 'bin/pip'), ['install', '--quiet', '--requirement', requirements], 'check that PyPI can be reached');
    writeFileSync(complete, '');
  }
  return join(environment, 'bin');
}

function run(command, args, advice) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  const Failure = error?.code === 'ENOENT' ? MissingTool : Error;
  if (status !== 0) throw new Failure(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}\n${advice}`);
}

module.exports = { pythonTools };
if (require.main === module) process.stdout.write(`${pythonTools()}\n`);
