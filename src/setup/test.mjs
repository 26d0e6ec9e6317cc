#!/usr/bin/env node
import './node-version.mjs';
import { bootstrap } from './bootstrap.mjs';
import { lastLine, runChecks, runTests, total } from './checks.mjs';
import { privateEnvironment, sharedAsterisk } from './private-run.mjs';
import { main } from './steps.mjs';

await main(async () => {
  await bootstrap({ packages: ['run', 'test'], build: 'all' });
  const env = privateEnvironment(process.env);
  await sharedAsterisk(env);
  // One after the other: the phone tests measure times and want the machine for themselves.
  const score = total([
    await runChecks(env, { typedLint: true }),
    await runTests(['services'], env),
    await runTests(['store'], env),
    await runTests(['phone', 'browser'], env),
  ]);
  console.log(lastLine(score));
  return score.failed === 0 ? 0 : 1;
});
