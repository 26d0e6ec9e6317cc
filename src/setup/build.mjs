#!/usr/bin/env node
import './node-version.mjs';
import { bootstrap } from './bootstrap.mjs';
import { main } from './steps.mjs';

await main(async () => {
  await bootstrap({ packages: [], build: 'all' });
  return 0;
});
