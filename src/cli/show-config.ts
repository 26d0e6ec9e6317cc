import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.ts';
import { readSecrets } from '../config/secrets.ts';
import type { Setting } from '../config/setting.ts';
import { SETTINGS, type SettingName } from '../config/settings.ts';
import { SantralError } from '../domain/errors.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral config [--json | --markdown]

Shows every setting: the environment variable, its value now, what it is for; and the SIP accounts of the demonstration.

  --json      Names and values as JSON. Secrets are left out.
  --markdown  The table of the README: variable, default, purpose.
`;

/** `santral config`; gives the exit code. */
export function showConfig(args: string[], io: CliIo): number {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean' }, markdown: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) io.out(USAGE);
  else if (values.markdown === true) io.out(settingsTable());
  else return showValues(io, values.json === true);
  return EXIT.ok;
}

/** The settings as a Markdown table; the README holds the same text. */
export function settingsTable(): string {
  const rows = settings().map(
    ([, { env, fallback, help }]) => `| \`${env}\` | ${fallback === undefined || fallback === '' ? '' : `\`${fallback}\``} | ${help} |`,
  );
  return ['| Setting | Default | Purpose |', '|---|---|---|', ...rows, ''].join('\n');
}

function showValues(io: CliIo, json: boolean): number {
  try {
    const config = readConfig(io.env, io.cwd);
    const accounts = readSecrets(config.places.secrets)?.agents ?? [];
    const shown = settings().map(([name, setting]) => ({ ...setting, value: shownValue(config[name], setting.secret) }));
    if (json)
      io.out(
        `${JSON.stringify(Object.fromEntries(shown.filter(({ secret }) => !secret).map(({ env, value }) => [env, value])), null, 2)}\n`,
      );
    else {
      io.out(shown.map(({ env, value, help }) => `${`${env}=${value}`.padEnd(44)} ${help}`).join('\n'));
      io.out(`\n\nData directory: ${config.places.data}\n`);
      if (accounts.length === 0) io.out('SIP accounts: made at the first start.\n');
      for (const { name, password } of accounts) io.out(`SIP account: ${name}, password ${password}\n`);
    }
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(`${error.message}\n`);
    return EXIT.problems;
  }
}

function shownValue(value: unknown, secret: boolean): string {
  if (value === undefined) return '';
  if (secret) return '(set)';
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'from' in value && 'to' in value) return `${String(value.from)}-${String(value.to)}`;
  return JSON.stringify(value);
}

function settings(): [SettingName, Setting<unknown>][] {
  return Object.entries(SETTINGS) as [SettingName, Setting<unknown>][];
}
