import path from 'node:path';
import { SantralError } from '../domain/errors.ts';
import { inBrackets, reachableAt } from './addresses.ts';
import { crossChecks } from './cross-checks.ts';
import type { Setting } from './setting.ts';
import { SETTINGS, type SettingName, type SettingValues } from './settings.ts';

/** Places within the data directory; all absolute. */
export interface Places {
  readonly data: string;
  readonly database: string;
  readonly secrets: string;
  /** Which engine this is among those that share a database. */
  readonly engineId: string;
  readonly webhookSecrets: string;
  /** Accounts at the national registry of consents. */
  readonly iys: string;
  /** Keys that customers' numbers are made tokens with. */
  readonly matchKeys: string;
  /** Uploads that wait to be confirmed, sealed. */
  readonly imports: string;
  /** Provisioned Asterisk distribution (read-only once made; may be shared by instances). */
  readonly distribution: string;
  /** This instance's Asterisk: etc, run, log, spool, db. */
  readonly asterisk: string;
  readonly asteriskEtc: string;
  /** What callers said to flows. */
  readonly recordings: string;
  /** Whole calls. */
  readonly callRecordings: string;
  /** Rendered prompts, the beep, silence. */
  readonly speech: string;
  /** Secrets of connectors, one file each. */
  readonly connectors: string;
  /** Recordings of prompts that were uploaded; they win over those of SANTRAL_SOUNDS. */
  readonly sounds: string;
}

export type Config = SettingValues & {
  readonly places: Places;
  readonly ariBase: string;
  /** Where people outside reach our pages, without a slash at its end. */
  readonly publicBase: string;
};

/** Reads the environment once: every problem is reported together, each with the variable's name and what to do. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const { env: variable, fallback, schema } = SETTINGS[name] as Setting<unknown>;
    const given = env[variable];
    const parsed = schema.safeParse(given === undefined || given === '' ? fallback : given);
    if (parsed.success) values[name] = parsed.data;
    else
      problems.push(
        `${variable}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}${given === undefined ? '' : ` (it is "${SETTINGS[name].secret ? '…' : given}")`}`,
      );
  }
  problems.push(...crossChecks(values as Partial<SettingValues>));
  for (const unknown of Object.keys(env)) {
    if (
      unknown.startsWith('SANTRAL_') &&
      !Object.values(SETTINGS).some((setting) => setting.env === unknown) &&
      !SETUP_VARIABLES.has(unknown)
    ) {
      problems.push(`${unknown}: there is no such setting; the README lists them`);
    }
  }
  if (problems.length > 0) throw new SantralError('config.invalid', `Settings that cannot be used:\n  ${problems.join('\n  ')}`);
  return derive(values as SettingValues, cwd, env);
}

/** Read by the set-up steps, not by the engine. */
export const SETUP_VARIABLES: ReadonlySet<string> = new Set([
  'SANTRAL_ASTERISK_DIST',
  'SANTRAL_NO_INSTALL',
  'SANTRAL_DEBIAN_MIRROR',
  'SANTRAL_TEST_KEEP',
]);

function derive(values: SettingValues, cwd: string, env: Readonly<Record<string, string | undefined>>): Config {
  const data = path.resolve(cwd, values.data);
  const asterisk = path.join(data, 'asterisk');
  return Object.freeze({
    ...values,
    flowsDir: path.resolve(cwd, values.flowsDir),
    soundsDir: path.resolve(cwd, values.soundsDir),
    ariBase: values.ariUrl ?? `http://${inBrackets(reachableAt(values.host))}:${values.ariPort}`,
    publicBase: values.publicUrl ?? `http://${inBrackets(reachableAt(values.host))}:${values.httpPort}`,
    places: {
      data,
      database: path.join(data, 'santral.db'),
      secrets: path.join(data, 'secrets.json'),
      engineId: path.join(data, 'engine-id'),
      webhookSecrets: path.join(data, 'webhook-secrets.json'),
      iys: path.join(data, 'iys.json'),
      matchKeys: path.join(data, 'match-keys.json'),
      imports: path.join(data, 'imports'),
      distribution: path.resolve(cwd, env['SANTRAL_ASTERISK_DIST'] ?? path.join(data, 'asterisk-dist')),
      asterisk,
      asteriskEtc: path.join(asterisk, 'etc'),
      recordings: path.join(asterisk, 'spool', 'recording'),
      callRecordings: path.join(asterisk, 'spool', 'monitor'),
      speech: path.join(data, 'speech'),
      connectors: path.join(data, 'connectors'),
      sounds: path.join(data, 'sounds'),
    },
  });
}
