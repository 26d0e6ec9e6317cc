import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SantralError } from '../domain/errors.ts';

const SECRET_BYTES = 32;
const LEAST_CHARACTERS = 16;
const kept = z.record(z.string(), z.string().min(LEAST_CHARACTERS));

/**
 * The secret of each webhook, by name. They stand in a file of their own beside the database, so that no dump of it
 * holds them; those that are missing are made. To change one, change the file and start again.
 */
export function loadWebhookSecrets(file: string, names: readonly string[]): ReadonlyMap<string, string> {
  const secrets = readWebhookSecrets(file);
  const missing = names.filter((name) => !secrets.has(name));
  if (missing.length === 0) return secrets;
  const all = new Map([...secrets, ...missing.map((name) => [name, randomBytes(SECRET_BYTES).toString('base64url')] as const)]);
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(fresh, file);
  return all;
}

/** None when there is no file yet. */
export function readWebhookSecrets(file: string): ReadonlyMap<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new SantralError('config.invalid', `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = kept.safeParse(parseJson(text));
  if (parsed.success) return new Map(Object.entries(parsed.data));
  throw new SantralError(
    'config.invalid',
    `${file} is damaged: it must hold the name of each webhook with a secret of at least ${LEAST_CHARACTERS} characters. Mend it, or delete it: new secrets are made at the next start.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
