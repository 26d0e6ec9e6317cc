#!/usr/bin/env node
import './node-version.mjs';
import { bootstrap } from './bootstrap.mjs';
import { privateEnvironment } from './private-run.mjs';
import { main } from './steps.mjs';

await main(async () => {
  await bootstrap({ packages: [], build: 'nothing' });
  const { runChecks } = await import('./checks.mjs');
  const { failed } = await runChecks(privateEnvironment(process.env), { typedLint: false });
  return failed === 0 ? 0 : 1;
});
