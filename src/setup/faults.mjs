#!/usr/bin/env node
import './node-version.mjs';
import { bootstrap } from './bootstrap.mjs';
import { privateEnvironment, sharedAsterisk } from './private-run.mjs';
import { main, run } from './steps.mjs';

// Standard output belongs to the fault: one JSON object per line.
await main(async () => {
  await bootstrap({ packages: ['run', 'bench'], build: 'engine' });
  const env = privateEnvironment(process.env);
  await sharedAsterisk(env);
  const { code } = await run([process.execPath, '--import', 'tsx', 'test/faults/run.ts', ...process.argv.slice(2)], { quiet: false, env });
  return code;
});
