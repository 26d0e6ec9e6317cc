import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SantralError } from '../domain/errors.ts';

const ID_BYTES = 8;
const ID = /^[\w.-]{1,100}$/;

/**
 * This engine among those that share a database: made on the first start and kept in the data directory, because two containers
 * may have one host name, and one machine may get another. The name that the machine has at first stands in it for people to read.
 */
export function loadEngineId(file: string, machine: string): string {
  const kept = read(file);
  if (ID.test(kept)) return kept;
  const readable = machine.replaceAll(/[^\w.-]/g, '').slice(0, 60);
  const id = `${readable}-${randomBytes(ID_BYTES).toString('hex')}`;
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  writeFileSync(fresh, `${id}\n`, { flush: true });
  renameSync(fresh, file);
  return id;
}

/** Empty where there is none yet. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new SantralError('config.invalid', `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
