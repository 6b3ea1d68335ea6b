// Builds the commands of a Go module under test/tools/go once, from the module proxy and checked against its go.sum, and prints their folder.
const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { homedir } = require('node:os');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');

const MODULES = join(__dirname, '../test/tools/go');
/** Since 1.21 Go fetches the version that a go.mod asks for. */
const OLDEST_GO = 21;
const BUILD = ['build', '-trimpath', '-buildvcs=false', '-mod=readonly'];

/** A program that has to be installed by hand is not there. */
class MissingTool extends Error {}

/**
 * Commands are what go.mod lists as tools and the module's own main packages; an optional file `ldflags` says what the linker is told.
 * @returns the folder of the programs @throws {MissingTool} without Go @throws {Error} when the build fails, with what Go said
 */
async function goTools(name) {
  const built = folderOf(name);
  if (existsSync(built)) return built;
  requireGo(name);
  mkdirSync(join(built, '..'), { recursive: true });
  const unlock = await lock(`${built}.lock`);
  try {
    if (!existsSync(built)) await build(name, built);
  } finally {
    unlock();
  }
  return built;
}

/** @returns the folder of a module that test/tools/go/<name>/go.mod requires, for its files @throws as {@link goTools} does */
async function goModule(name, path) {
  requireGo(name);
  return JSON.parse(await go(['mod', 'download', '-json', path], join(MODULES, name), {})).Dir;
}

/** Outside the tree, so that checkouts share it; another input is another folder. */
function folderOf(name) {
  const source = join(MODULES, name);
  const hash = createHash('sha256').update([...BUILD, process.platform, process.arch].join(' '));
  const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((file) => join(file.parentPath ?? file.path, file.name)).sort())
    hash.update(path.slice(source.length)).update(readFileSync(path));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'scaleprint', `go-${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** An interrupted build goes on where it was: what it compiled stays until the programs are complete, and no longer, because it is ten times their size. */
async function build(name, built) {
  const partial = `${built}.partial`;
  const flags = join(MODULES, name, 'ldflags');
  const ldflags = existsSync(flags) ? readFileSync(flags, 'utf8').trim() : '-s -w';
  const since = Date.now();
  console.error(`building ${name} with Go into ${built}: once, for some minutes`);
  mkdirSync(join(partial, 'bin'), { recursive: true });
  await go([...BUILD, '-ldflags', ldflags, '-o', join(partial, 'bin'), 'tool', './...'], join(MODULES, name), {
    CGO_ENABLED: '0',
    GOCACHE: join(partial, 'cache'),
  });
  renameSync(join(partial, 'bin'), built);
  rmSync(partial, { recursive: true });
  console.error(`built ${name} in ${Math.round((Date.now() - since) / 1000)} s`);
}

/** @returns what it prints */
function go(args, cwd, env) {
  return new Promise((resolve, reject) => {
    // A process group of its own, so that compilers do not outlive this process.
    const child = spawn('go', args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const kill = () => process.kill(-child.pid, 'SIGKILL');
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => (said[stream] += chunk));
    child.once('spawn', () => process.once('exit', kill));
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', kill);
      const last = (said.stderr.trim() || said.stdout).split('\n').slice(-20).join('\n');
      if (code === 0) resolve(said.stdout);
      else reject(new Error(`go ${args[0]} failed in ${cwd}: ${last}\ncheck that Go's module proxy can be reached (GOPROXY)`));
    });
  });
}

function requireGo(name) {
  const { stdout } = spawnSync('go', ['version'], { encoding: 'utf8', env: process.env });
  const minor = Number(/go1\.(\d+)/.exec(stdout ?? '')?.[1]);
  if (minor >= OLDEST_GO) return;
  const [, wanted] = /^go ([\d.]+)$/m.exec(readFileSync(join(MODULES, name, 'go.mod'), 'utf8'));
  const found = minor ? `Go is 1.${minor}` : 'Go is missing';
  throw new MissingTool(`${found}: ${name} needs ${wanted}, or 1.${OLDEST_GO} and later, which fetch that: https://go.dev/doc/install`);
}

/** Waits until no other process holds the lock. @returns what gives it back */
async function lock(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    for (let said = false; ; said = true) {
      try {
        linkSync(own, file);
        break;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = holderOf(file);
      if (!holder) continue;
      if (!said) console.error(`waiting for process ${holder}, which builds the same; if it does not, remove ${file}`);
      await sleep(1000);
    }
  } finally {
    rmSync(own);
  }
  const unlock = () => rmSync(file, { force: true });
  process.once('exit', unlock);
  return unlock;
}

/** The living process that holds a lock; the lock of a dead one is removed. */
function holderOf(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    process.kill(holder, 0);
    return holder;
  } catch (error) {
    if (error.code === 'EPERM') return 'of another user';
    rmSync(file, { force: true });
    return undefined;
  }
}

module.exports = { goTools, goModule, MissingTool };
if (require.main === module) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  goTools(process.argv[2]).then(
    (folder) => process.stdout.write(`${folder}\n`),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
