import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../src/config/settings.ts';

/** `${NAME:-default}` and `${NAME}`, as Compose fills them. */
const FILLED = /\$\{(\w+)(?::-([^}]*))?\}/g;

interface Service {
  readonly env_file?: readonly { readonly path: string; readonly required: boolean }[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
}

const TEXT = readFileSync('compose.yaml', 'utf8');
const { services } = parse(TEXT, { merge: true }) as { readonly services: Readonly<Record<'config' | 'engine' | 'asterisk', Service>> };
const filled = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(FILLED, (_all, name: string, otherwise: string | undefined) => env[name] || (otherwise ?? ''));

/** What a service's process sees when that is written in .env: `environment` wins over `env_file`. */
function seenBy({ env_file: files = [], environment = {} }: Service, env: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(environment).map(([name, value]) => [name, filled(String(value), env)]);
  return { ...(files.some(({ path }) => path === '.env') ? env : {}), ...Object.fromEntries(own) };
}

/** Named in the file's head and in no other way to be chosen. */
const FIXED = ['SANTRAL_DATA', 'SANTRAL_ASTERISK', 'SANTRAL_HOST', 'SANTRAL_ARI_URL'];

describe.each(['config', 'engine'] as const)('compose.yaml: the service %s', (name) => {
  it.each(Object.values(SETTINGS).map(({ env }) => env))('is given %s from .env, or the file’s head says that it is fixed', (variable) => {
    const seen = seenBy(services[name], { [variable]: 'what was written' })[variable];
    if (!FIXED.includes(variable)) expect(seen).toBe('what was written');
    else {
      expect(seen).not.toBe('what was written');
      expect(TEXT.slice(0, TEXT.indexOf('x-files'))).toContain(variable);
    }
  });

  it('starts without a file .env', () => {
    expect(services[name].env_file).toEqual([{ path: '.env', required: false }]);
  });
});

it('the engine and Asterisk meet, and are published, at the ports that were chosen', () => {
  const env = { SANTRAL_ARI_PORT: '8188', SANTRAL_SIP_PORT: '5160', SANTRAL_HTTP_PORT: '8180', SANTRAL_RTP_PORTS: '12000-12049' };
  expect(seenBy(services.engine, env)['SANTRAL_ARI_URL']).toBe('http://asterisk:8188');
  expect(services.engine.ports?.map((port) => filled(port, env))).toEqual(['127.0.0.1:8180:8180']);
  expect(services.asterisk.ports?.map((port) => filled(port, env))).toEqual([
    '127.0.0.1:5160:5160/udp',
    '127.0.0.1:5160:5160/tcp',
    '127.0.0.1:12000-12049:12000-12049/udp',
  ]);
});

it('nothing is published beyond this machine, and at Asterisk’s ports it is said who may call', () => {
  const ports = [...(services.asterisk.ports ?? []), ...(services.engine.ports ?? [])];
  expect(ports.length).toBeGreaterThan(3);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  expect(/((?: +#.*\n)+) +ports:\n/.exec(TEXT)?.[1]).toContain('SANTRAL_ANONYMOUS_CALLS=none');
});
