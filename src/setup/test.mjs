#!/usr/bin/env node
import './node-version.mjs';
import path from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { runChecks, runTests, total } from './checks.mjs';
import { fromDist, interrupted, main, PROJECT } from './steps.mjs';

/** Of the set-up itself. */
const KEPT = new Set(['SANTRAL_NO_INSTALL', 'SANTRAL_DEBIAN_MIRROR', 'SANTRAL_TEST_KEEP']);

await main(async () => {
  await bootstrap({ packages: ['run', 'test'], build: 'all' });
  const env = testEnvironment();
  const { provideAsterisk } = await fromDist('asterisk/provision/provision.js');
  const progress = (/** @type {string} */ line) => console.error(`• ${line}`);
  await provideAsterisk(env['SANTRAL_ASTERISK_DIST'], { progress, signal: interrupted });
  // One after the other: the phone tests measure times and want the machine for themselves.
  const score = total([await runChecks(), await runTests(['store'], env), await runTests(['phone', 'browser'], env)]);
  console.log(`${score.passed} passed, ${score.failed} failed`);
  return score.failed === 0 ? 0 : 1;
});

/** Settings of the shell it was started from must not lead the tests to a running instance. */
function testEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && (!name.startsWith('SANTRAL_') || KEPT.has(name)));
  const distribution = process.env['SANTRAL_ASTERISK_DIST'] ?? path.join(PROJECT, 'var/asterisk-dist');
  return { ...Object.fromEntries(kept), SANTRAL_ASTERISK_DIST: distribution };
}
