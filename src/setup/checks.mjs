import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PROJECT, run } from './steps.mjs';

/** @typedef {{ name: string, command: readonly string[] }} Check */
/** `again`: tests that passed at a further try only. @typedef {{ passed: number, failed: number, again: readonly string[] }} Score */

const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`;
const RESULTS = path.join(PROJECT, 'var/test-results');

/** @param {string} name @param {string} project */
const types = (name, project) => ({
  name,
  command: [bin('tsc'), '-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', `dist/.${name.replaceAll(' ', '-')}.tsbuildinfo`],
});

/** Two lanes, one per core of a small machine; the long ones come first in each. @type {readonly [readonly Check[], readonly Check[]]} */
const LANES = [
  [
    types('types of tests', 'test/tsconfig.json'),
    types('types of the web', 'src/web/tsconfig.json'),
    types('types of the set-up', 'src/setup/tsconfig.json'),
    { name: 'boundaries', command: [bin('depcruise'), 'src', '--config', '.dependency-cruiser.cjs'] },
  ],
  [
    { name: 'format', command: [bin('biome'), 'check', '--diagnostic-level=warn', '.'] },
    { name: 'lint', command: [bin('oxlint'), '--quiet', '.'] },
    types('types of the engine', 'tsconfig.json'),
    { name: 'unused code', command: [bin('knip')] },
  ],
];

/** The rules that ask for types as well: as long as all else together, so `npm test` alone waits for them. @type {Check} */
const TYPED_LINT = { name: 'lint with types', command: [bin('oxlint'), '--type-aware', '--quiet', '.'] };

/** Format, lint, types, boundaries and the quick tests; says what failed, and gives how many tests did. @param {NodeJS.ProcessEnv} env @param {{ typedLint: boolean }} how @returns {Promise<Score>} */
export async function runChecks(env, { typedLint }) {
  const [long, short] = LANES;
  const failures = await Promise.all([runLane(long), runLane(typedLint ? [...short, TYPED_LINT] : short)]);
  const failedChecks = failures.reduce((sum, count) => sum + count, 0);
  const unit = await runTests(['unit'], env);
  return { ...unit, failed: unit.failed + failedChecks };
}

/** @param {readonly Check[]} lane */
async function runLane(lane) {
  let failed = 0;
  for (const { name, command } of lane) {
    const began = Date.now();
    const { code, output } = await run(command, { env: { ...process.env, FORCE_COLOR: '0' } });
    const seconds = `${((Date.now() - began) / 1000).toFixed(1)} s`;
    if (code === 0) console.error(`✓ ${name} (${seconds})`);
    else {
      failed += 1;
      console.error(`✗ ${name} (${seconds})\n${output.trim()}\n`);
    }
  }
  return failed;
}

/** Runs projects of vitest.config.ts and counts from vitest's own summary. @param {readonly string[]} projects @param {NodeJS.ProcessEnv} env @returns {Promise<Score>} */
export async function runTests(projects, env) {
  mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, `${projects.join('-')}.json`);
  rmSync(file, { force: true });
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run([bin('vitest'), 'run', ...chosen, ...reporters], { quiet: false, env });
  if (!existsSync(file)) return { passed: 0, failed: 1, again: [] };
  return scoreOf(JSON.parse(readFileSync(file, 'utf8')), code);
}

/**
 * @typedef {{ fullName: string, status: string, failureMessages?: readonly string[] | null }} Verdict
 * @typedef {{ numPassedTests: number, numFailedTests: number, testResults: readonly { assertionResults: readonly Verdict[] }[] }} Summary
 */

/** Counts of one run, from vitest's summary and exit code. @param {Summary} summary @param {number | null} code @returns {Score} */
export function scoreOf({ numPassedTests, numFailedTests, testResults }, code) {
  const verdicts = testResults.flatMap(({ assertionResults }) => assertionResults);
  // A test that passed and has failures to tell was tried again.
  const again = verdicts.filter(({ status, failureMessages }) => status === 'passed' && (failureMessages ?? []).length > 0);
  // A file that cannot be loaded has no tests that could fail, yet vitest ends with 1.
  const failed = Math.max(numFailedTests, code === 0 ? 0 : 1);
  return { passed: numPassedTests, failed, again: again.map(({ fullName }) => fullName) };
}

/** @param {readonly Score[]} scores @returns {Score} */
export function total(scores) {
  return {
    passed: scores.reduce((sum, { passed }) => sum + passed, 0),
    failed: scores.reduce((sum, { failed }) => sum + failed, 0),
    again: scores.flatMap(({ again }) => again),
  };
}

/** The last line of a run: `12 passed, 0 failed`, and which tests needed a further try. @param {Score} score */
export function lastLine({ passed, failed, again }) {
  const counts = `${passed} passed, ${failed} failed`;
  return again.length === 0 ? counts : `${counts}; at a further try only: ${again.join(' | ')}`;
}
