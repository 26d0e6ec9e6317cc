#!/usr/bin/env node
import './node-version.mjs';
import { bootstrap } from './bootstrap.mjs';
import { fromDist, main, releaseSignals } from './steps.mjs';

await main(async () => {
  await bootstrap({ packages: ['run'], build: 'all' });
  const { launch } = await fromDist('setup/launch.js');
  releaseSignals();
  return launch(process.env);
});
