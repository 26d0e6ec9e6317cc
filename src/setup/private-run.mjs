import path from 'node:path';
import { fromDist, interrupted, PROJECT } from './steps.mjs';

/** Settings of the set-up itself; all others of the shell must not lead tests and benches to a running instance. */
const KEPT = new Set(['SANTRAL_NO_INSTALL', 'SANTRAL_DEBIAN_MIRROR', 'SANTRAL_TEST_KEEP']);

/** The environment of tests and benches. @param {NodeJS.ProcessEnv} env */
export function privateEnvironment(env) {
  const kept = Object.entries(env).filter(([name]) => name !== 'DATABASE_URL' && (!name.startsWith('SANTRAL_') || KEPT.has(name)));
  return { ...Object.fromEntries(kept), SANTRAL_ASTERISK_DIST: env['SANTRAL_ASTERISK_DIST'] ?? path.join(PROJECT, 'var/asterisk-dist') };
}

/** Fetches the Asterisk that tests and benches share, when it is not there yet. @param {NodeJS.ProcessEnv} env */
export async function sharedAsterisk(env) {
  const { provideAsterisk } = await fromDist('asterisk/provision/provision.js');
  const progress = (/** @type {string} */ line) => console.error(`• ${line}`);
  await provideAsterisk(env['SANTRAL_ASTERISK_DIST'], { progress, signal: interrupted });
}
