import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { keepRunningBuilds } from './private-build.mjs';
import { must, PROJECT, step } from './steps.mjs';

const DIST = path.join(PROJECT, 'dist');
const WEB = path.join(PROJECT, 'src/web');

/** @typedef {{ name: string, inputs: readonly string[], output: string, command: readonly string[], sentence: string }} Part */

/** @type {readonly Part[]} */
const PARTS = [
  {
    name: 'engine',
    inputs: ['src', 'tsconfig.json', 'package-lock.json'],
    output: 'dist/setup/launch.js',
    command: ['node_modules/.bin/tsc', '-p', 'tsconfig.json'],
    sentence: 'The engine’s code has type errors:',
  },
  {
    name: 'web pages',
    inputs: ['src/web', 'src/domain', 'package-lock.json'],
    output: 'dist/web/index.html',
    command: ['node_modules/.bin/vite', 'build', '--config', 'src/web/vite.config.ts', '--logLevel', 'warn'],
    sentence: 'The web pages could not be built:',
  },
];

/** Builds dist/ where the inputs changed since it was made. @param {{ web: boolean }} [what] */
export async function build({ web } = { web: true }) {
  const wanted = PARTS.filter((part) => part.name !== 'web pages' || (web && existsSync(path.join(WEB, 'vite.config.ts'))));
  const stale = wanted.map((part) => ({ part, hash: hashOf(part) })).filter(({ part, hash }) => madeFrom(part) !== hash);
  if (stale.length === 0) return;
  keepRunningBuilds();
  await step(`Building the ${stale.map(({ part }) => part.name).join(' and the ')}`, () =>
    Promise.all(
      stale.map(async ({ part, hash }) => {
        rmSync(markerOf(part), { force: true });
        await must(part.command, part.sentence);
        mkdirSync(DIST, { recursive: true });
        writeFileSync(markerOf(part), hash);
      }),
    ),
  );
}

/** @param {Part} part */
function madeFrom(part) {
  if (!existsSync(path.join(PROJECT, part.output)) || !existsSync(markerOf(part))) return undefined;
  return readFileSync(markerOf(part), 'utf8');
}

/** @param {Part} part */
function markerOf(part) {
  return path.join(DIST, `.built-${part.name.replace(' ', '-')}`);
}

/** By content, so that neither a fresh clone nor a change of branch and back builds for nothing. @param {Part} part */
function hashOf(part) {
  const hash = createHash('sha256');
  for (const input of part.inputs) add(hash, path.join(PROJECT, input), part.name === 'engine' ? WEB : undefined);
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} place @param {string | undefined} except */
function add(hash, place, except) {
  if (place === except) return;
  const entries = /\.[a-z]+$/.test(place) ? undefined : readdirSync(place, { withFileTypes: true });
  if (entries === undefined)
    hash
      .update(`${path.relative(PROJECT, place)}\0`)
      .update(readFileSync(place))
      .update('\0');
  else
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = path.join(place, entry.name);
      if (entry.isDirectory()) add(hash, inside, except);
      else if (!entry.name.endsWith('.mjs') && !entry.name.endsWith('.md'))
        hash
          .update(`${path.relative(PROJECT, inside)}\0`)
          .update(readFileSync(inside))
          .update('\0');
    }
}
