import { readFileSync } from 'node:fs';
import path from 'node:path';
import { secretVariable } from './connected-client.ts';

/** Longer ones are no secrets but files of something else. */
const MOST_CHARACTERS = 4096;

/**
 * Secrets of connectors: the environment's CONNECTOR_<NAME>, else the file `<dir>/<name>`, without its last line break. No
 * other variable and no other file can be named, so that a definition cannot send out what was not put there for it.
 */
export function connectorSecrets(env: Readonly<Record<string, string | undefined>>, dir: string): (name: string) => string | undefined {
  return (name) => {
    const given = env[secretVariable(name)];
    const text = given === undefined || given === '' ? fileText(path.join(dir, path.basename(name))) : given;
    return text === undefined || !/^[\u0020-\u007e]+$/.test(text) || text.length > MOST_CHARACTERS ? undefined : text;
  };
}

function fileText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    // Absent or unreadable: the connector says that it needs the secret.
    return undefined;
  }
}
