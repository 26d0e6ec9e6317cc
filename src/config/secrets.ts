import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SantralError } from '../domain/errors.ts';
import type { Config } from './config.ts';

/** A SIP account of the demonstration: a phone registers with name and password. */
export interface SipAccount {
  readonly name: string;
  readonly password: string;
}

/** Made on first start and kept in the data directory, readable by the owner only. */
export interface Secrets {
  readonly ariPassword: string;
  /** Seals the sessions of calls in the database. */
  readonly sessionKey: string;
  readonly agents: readonly SipAccount[];
}

const DEMO_AGENTS = ['100', '101'];

const kept = z.object({
  ariPassword: z.string().min(1),
  sessionKey: z.string().min(16),
  agents: z.array(z.object({ name: z.string().regex(/^\d{1,10}$/), password: z.string().min(1) })),
});

/** Reads the secrets, or makes and keeps them. SANTRAL_ARI_PASSWORD and SANTRAL_SESSION_KEY win over what is kept. */
export function loadSecrets(config: Pick<Config, 'ariPassword' | 'sessionKey' | 'places'>): Secrets {
  const secrets = readSecrets(config.places.secrets) ?? keepSecrets(config.places.secrets, makeSecrets());
  const { ariPassword = secrets.ariPassword, sessionKey = secrets.sessionKey } = config;
  return { ...secrets, ariPassword, sessionKey };
}

export function makeSecrets(): Secrets {
  return { ariPassword: secret(), sessionKey: secret(), agents: DEMO_AGENTS.map((name) => ({ name, password: secret() })) };
}

/** Undefined when there are none yet. */
export function readSecrets(file: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SantralError('config.invalid', `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
  const parsed = kept.safeParse(parseJson(text));
  if (!parsed.success) throw new SantralError('config.invalid', `${file} is damaged. Delete it: new secrets are made at the next start.`);
  return parsed.data;
}

function keepSecrets(file: string, secrets: Secrets): Secrets {
  mkdirSync(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(secrets, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
  return secrets;
}

/** 24 letters and digits: nothing that a configuration file or a phone's menu could take amiss. */
function secret(): string {
  return randomBytes(64)
    .toString('base64')
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 24);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
