import type { SettingValues } from '../config/settings.ts';
import type { Log } from '../ports/log.ts';
import { readableLine } from './log-lines.ts';

const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;
const LEAST: { readonly [level in SettingValues['logLevel']]: number } = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  silent: 100,
};

/** The launcher's own log: the engine's format, or lines for people. */
export function launcherLog(level: SettingValues['logLevel'], readable: boolean, write: (line: string) => void, bound: object = {}): Log {
  const at = (name: keyof typeof LEVELS) => (fields: object, message: string) => {
    if (LEVELS[name] < LEAST[level]) return;
    const line = JSON.stringify({ level: LEVELS[name], time: Date.now(), ...bound, ...fields, msg: message });
    write(readable ? readableLine(line) : line);
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => launcherLog(level, readable, write, { ...bound, ...fields }),
  };
}
