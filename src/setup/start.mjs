#!/usr/bin/env node
import './node-version.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap } from './bootstrap.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { privateBuild } from './private-build.mjs';
import { main, releaseSignals } from './steps.mjs';

await main(async () => {
  await bootstrap({ packages: ['run'], build: 'all' });
  const build = await oneAtATime(privateBuild);
  try {
    const { launch } = await import(pathToFileURL(path.join(build.dist, 'setup/launch.js')).href);
    releaseSignals();
    return await launch(process.env);
  } finally {
    build.drop();
  }
});
