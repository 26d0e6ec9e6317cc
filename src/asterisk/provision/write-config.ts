import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** `asterisk-config/` at the top of the project; the same distance from src/ and from dist/. */
export const TEMPLATES_DIR = fileURLToPath(new URL('../../../asterisk-config', import.meta.url));

/** Every `*.conf` of the folder, by file name. */
export function readTemplates(folder: string = TEMPLATES_DIR): Map<string, string> {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.conf'))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}

/** Writes the rendered files (0640, they hold passwords) and removes `*.conf` that are no longer among them. */
export function writeConfig(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.conf') && !files.has(name)) rmSync(path.join(folder, name));
  for (const [name, text] of files) {
    const fresh = path.join(folder, `.${name}.${process.pid}`);
    writeFileSync(fresh, text, { mode: 0o640 });
    chmodSync(fresh, 0o640);
    renameSync(fresh, path.join(folder, name));
  }
}
