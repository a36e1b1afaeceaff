// The entry of `npm start`, `npm test` and the other commands. It runs before anything is installed, so it is plain
// JavaScript without dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MIN_NODE = [20, 19];

/** @type {Record<string, string>} */
const COMMANDS = {
  start: 'scripts/start.ts',
  test: 'scripts/test.ts',
  build: 'scripts/build.ts',
  size: 'scripts/size.ts',
  walls: 'scripts/walls.ts',
  bench: 'bench/main.ts',
  'e2e:djust': 'scripts/e2e-djust.ts',
  'djust-doc': 'scripts/djust-doc.ts',
  'bench:sw': 'bench/sw.ts',
  'bench:devtools': 'bench/devtools.ts',
  nav: 'e2e/nav/main.ts',
  chaos: 'bench/chaos.ts',
  load: 'bench/load.ts',
  'bench:stores': 'bench/stores.ts',
  fuzz: 'bench/fuzz/main.ts',
};

const [command = '', ...args] = process.argv.slice(2);
const script = COMMANDS[command];
if (!script) stop(`There is no command "${command}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
checkNode();
install();
run(script, args);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = MIN_NODE;
  if (major > minMajor || (major === minMajor && minor >= minMinor)) return;
  stop(`Node ${MIN_NODE.join('.')} or newer is needed, this is ${process.versions.node}. Install it and try again.`);
}

function install() {
  if (isInstalled()) return;
  console.log('Installing dependencies (about 40 s) …');
  // Development dependencies are wanted wherever NODE_ENV says production. On Windows npm is a script for the shell.
  const options = /** @type {const} */ ({ cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  const { status, error } = spawnSync('npm', ['ci', '--include=dev'], options);
  if (error) stop(`npm could not be started (${error.message}). It comes with Node; is it on the PATH?`);
  if (status !== 0) stop('The dependencies could not be installed. The lines above say why.');
}

/**
 * Compares what npm noted in node_modules with the lock file. Times would not do: a checkout touches the lock file, and
 * an install that was interrupted leaves a young node_modules.
 */
function isInstalled() {
  const note = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = readPackages(note);
  const wanted = Object.entries(readPackages(join(ROOT, 'package-lock.json')));
  return wanted.every(([path, { version, integrity, link, optional }]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = installed[path];
    // Optional packages are mostly for other platforms.
    if (!found) return optional === true;
    return link ? found.link === true : found.version === version && found.integrity === integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, link?: boolean, optional?: boolean }>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/**
 * Hands over to the TypeScript script. The condition `source` makes workspace packages resolve to their sources.
 * @param {string} script
 * @param {string[]} args
 */
function run(script, args) {
  const nodeArgs = ['--conditions=source', '--import', 'tsx', script, ...args];
  const child = spawn(process.execPath, nodeArgs, { cwd: ROOT, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child as well; a second one would read as "stop at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
}

/**
 * @param {string} message
 * @returns {never}
 */
function stop(message) {
  console.error(message);
  process.exit(1);
}
