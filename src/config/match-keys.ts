import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SantralError } from '../domain/errors.ts';

/** Secret keys that customers' numbers are made tokens with. Older ones find what was imported with them. */
export interface MatchKeys {
  /** Version that new tokens are made with. */
  readonly current: number;
  readonly keys: ReadonlyMap<number, string>;
}

const SECRET_BYTES = 32;
const shape = z.strictObject({
  current: z.int().min(1).max(999_999),
  keys: z.record(z.string().regex(/^[1-9]\d{0,5}$/), z.string().min(32)),
});

/**
 * The keys, from a file beside the database, so that no dump of it holds them; made at the first start. Engines that share
 * a database need the same file: copy it before the second one starts. To change the key: add one with a higher version,
 * make it `current`, and start again; who was imported with an older key is found by it, and re-keyed when verified. The
 * oldest key also names customers: when it is removed, every customer is a stranger to the next file. So remove it, start
 * again, then import customers and segments once with `replace`; between the two nobody is found who was not re-keyed.
 */
export function loadMatchKeys(file: string): MatchKeys {
  const kept = read(file);
  if (kept !== undefined) return kept;
  const fresh = { current: 1, keys: { 1: randomBytes(SECRET_BYTES).toString('base64url') } };
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(temporary, file);
  return keysOf(fresh);
}

function read(file: string): MatchKeys | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SantralError('config.invalid', `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = shape.safeParse(parseJson(text));
  if (parsed.success && Object.hasOwn(parsed.data.keys, String(parsed.data.current))) return keysOf(parsed.data);
  throw new SantralError(
    'config.invalid',
    `${file} is damaged: it must hold {"current": 1, "keys": {"1": "…"}}, each key with 32 characters at least. Mend it from a backup: without its keys no customer that was imported with a token is found.`,
  );
}

function keysOf({ current, keys }: z.infer<typeof shape>): MatchKeys {
  return { current, keys: new Map(Object.entries(keys).map(([version, key]) => [Number(version), key])) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
