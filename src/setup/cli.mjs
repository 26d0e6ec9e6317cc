#!/usr/bin/env node
import './node-version.mjs';
import { bootstrap } from './bootstrap.mjs';
import { fromDist, main, releaseSignals } from './steps.mjs';

await main(async () => {
  await bootstrap({ packages: [], build: 'engine' });
  const { santral } = await fromDist('cli/santral.js');
  releaseSignals();
  return santral(process.argv.slice(2));
});
