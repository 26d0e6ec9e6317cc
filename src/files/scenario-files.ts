import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ScenarioSource } from '../ports/scenario-source.ts';

/** The scenario files beside the flows; a directory that is missing holds none. */
export function scenarioFiles(flowsDir: string): ScenarioSource {
  return {
    async read() {
      const names = (await readdir(flowsDir).catch(() => [])).filter((name) => name.endsWith('.test.yaml')).sort();
      return Promise.all(
        names.map(async (name) => {
          const file = path.join(flowsDir, name);
          return { path: path.relative(process.cwd(), file), text: await readFile(file, 'utf8') };
        }),
      );
    },
  };
}
