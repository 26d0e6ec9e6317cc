import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PROJECT, run } from './steps.mjs';

/** @typedef {{ name: string, command: readonly string[] }} Check */
/** @typedef {{ passed: number, failed: number }} Score */

const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`;
const RESULTS = path.join(PROJECT, 'var/test-results');

/** @param {string} name @param {string} project */
const types = (name, project) => ({
  name,
  command: [bin('tsc'), '-p', project, '--noEmit', '--incremental', '--tsBuildInfoFile', `dist/.${name.replaceAll(' ', '-')}.tsbuildinfo`],
});

/** Two lanes, one per core of a small machine; the long ones come first in each. @type {readonly (readonly Check[])[]} */
const LANES = [
  [
    types('types of tests', 'test/tsconfig.json'),
    types('types of the web', 'src/web/tsconfig.json'),
    types('types of the set-up', 'src/setup/tsconfig.json'),
    { name: 'boundaries', command: [bin('depcruise'), 'src', '--config', '.dependency-cruiser.cjs'] },
  ],
  [
    { name: 'format', command: [bin('biome'), 'check', '--diagnostic-level=warn', '.'] },
    { name: 'lint', command: [bin('oxlint'), '--type-aware', '--quiet', '.'] },
    types('types of the engine', 'tsconfig.json'),
    { name: 'unused code', command: [bin('knip')] },
  ],
];

/** Format, lint, types, boundaries and the quick tests; says what failed, and gives how many tests did. @param {NodeJS.ProcessEnv} env @returns {Promise<Score>} */
export async function runChecks(env) {
  const failures = await Promise.all(LANES.map(runLane));
  const failedChecks = failures.reduce((sum, count) => sum + count, 0);
  const unit = await runTests(['unit'], env);
  return { passed: unit.passed, failed: unit.failed + failedChecks };
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
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const summary = JSON.parse(readFileSync(file, 'utf8'));
  // A file that cannot be loaded has no tests that could fail, yet vitest ends with 1.
  const failed = Math.max(summary.numFailedTests, code === 0 ? 0 : 1);
  return { passed: summary.numPassedTests, failed };
}

/** @param {readonly Score[]} scores @returns {Score} */
export function total(scores) {
  return scores.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });
}
