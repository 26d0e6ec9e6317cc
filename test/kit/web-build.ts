import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = path.join(PROJECT, 'dist/web');

/** The built pages' directory; built first when they are missing or older than their source. */
export async function builtWeb(): Promise<string> {
  const newest = Math.max(newestIn(path.join(PROJECT, 'src/web')), newestIn(path.join(PROJECT, 'src/domain')));
  if (newest > newestIn(BUILT)) await buildAside();
  return BUILT;
}

/** Into a folder of its own, then moved: another test run never meets half a build. */
async function buildAside(): Promise<void> {
  const aside = `${BUILT}.${process.pid}`;
  await build({ configFile: path.join(PROJECT, 'src/web/vite.config.ts'), logLevel: 'error', build: { outDir: aside } });
  rmSync(BUILT, { recursive: true, force: true });
  renameSync(aside, BUILT);
}

/** UTC ms of the newest change below; 0 when there is nothing. */
function newestIn(folder: string): number {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Math.max(0, ...files.map((file) => statSync(path.join(file.parentPath, file.name)).mtimeMs));
  } catch {
    return 0;
  }
}
