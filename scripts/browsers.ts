import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { command, Refusal } from './command.ts';

/** A program the tests use and npm cannot bring. */
interface Program {
  readonly label: string;
  /** Environment variable that names the binary. */
  readonly variable: string;
  readonly paths: readonly string[];
  /** Names looked for on the PATH. */
  readonly names: readonly string[];
  /** Debian packages that bring it. */
  readonly packages: readonly string[];
  readonly isOptional?: true;
}

const CHROMIUM: Program = {
  label: 'Chromium',
  variable: 'CHROMIUM_PATH',
  paths: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  // Without a font the text of a page has no size, and neither has what lies under the pointer.
  packages: ['chromium', 'fonts-liberation'],
};

const FIREFOX: Program = {
  label: 'Firefox',
  variable: 'FIREFOX_PATH',
  // Debian's ESR first: Playwright drives it as it is; other builds are at the tester's risk.
  paths: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  names: ['firefox-esr', 'firefox'],
  packages: ['firefox-esr'],
};

const REDIS: Program = {
  label: 'redis-server',
  variable: 'REDIS_PATH',
  paths: ['/usr/bin/redis-server'],
  names: ['redis-server'],
  packages: ['redis-server'],
  isOptional: true,
};

/** Only this machine: without it the browser calls home during the tests. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export const findChromium = (): string | undefined => find(CHROMIUM);
export const findFirefox = (): string | undefined => find(FIREFOX);
export const findRedis = (): string | undefined => find(REDIS);

/** Installs what is missing where that is possible. Throws a sentence when the tests cannot run. */
export function ensureBrowsers(say: (line: string) => void): void {
  const programs = [CHROMIUM, FIREFOX, REDIS];
  const absent = programs.filter((program) => !find(program) && !process.env[program.variable]);
  if (absent.length) installPackages(absent, say);
  for (const program of programs) say(`${program.label}: ${find(program) ?? 'not found'}`);
  const needed = programs.filter((program) => !program.isOptional && !find(program));
  if (needed.length) throw new Refusal(needed.map(howToInstall).join('\n'));
}

/** A path given by the variable wins and is not second-guessed: a wrong one must not silently test another browser. */
function find({ variable, paths, names }: Program): string | undefined {
  const given = process.env[variable];
  if (given) return isExecutable(given) ? given : undefined;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...paths, ...onPath].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function howToInstall({ label, variable, packages }: Program): string {
  const given = process.env[variable];
  if (given)
    return `${variable} is ${given}, which is no program. Correct it, or unset it to have ${label} looked for.`;
  return `${label} is missing. Install it (Debian: apt-get install ${packages.join(' ')}), or set ${variable} to its binary.`;
}

function installPackages(programs: readonly Program[], say: (line: string) => void): void {
  const prefix = aptPrefix();
  if (!prefix) return;
  say('Looking for packages with apt-get …');
  apt(prefix, ['update', '-q']);
  // One by one: a package that this system does not know would keep apt-get from installing the others.
  for (const { packages } of programs) {
    say(`Installing ${packages.join(' ')} (up to a minute) …`);
    const fault = apt(prefix, ['install', '-y', '-q', '--no-install-recommends', ...packages]);
    if (fault) say(`apt-get did not succeed:\n${fault}`);
  }
}

/** A machine that has just started is often still updating itself. */
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=120'];

/** How apt-get can be called without a password: as root, or through sudo; nothing where it cannot. */
function aptPrefix(): string[] | undefined {
  if (spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

/** Returns the output when it failed. */
function apt(prefix: readonly string[], args: readonly string[]): string | undefined {
  const [program = '', ...rest] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    ...WAIT_FOR_LOCK,
    ...args,
  ];
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8' });
  return status === 0 ? undefined : `${stdout}${stderr}`;
}

await command(import.meta.url, async () => ensureBrowsers(console.log));
