import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import type { EngineReady } from './engine-process.ts';

/** What a person needs to know when everything is up. */
export function announcement(config: Config, secrets: Secrets, ready: EngineReady): string {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const address = host.includes(':') ? `[${host}]` : host;
  const web = `http://${address}:${config.httpPort}`;
  const number = ready.number ?? '9000';
  const lines = [
    '',
    'Santral is ready.',
    `  Phone in the browser   ${web}/phone`,
    `  API                    ${web}/docs`,
    ...(config.asterisk === 'managed'
      ? sipLines(config, secrets, address, number)
      : [`  Asterisk               external, ${config.ariBase}`]),
    ...(ready.adminPassword === undefined ? [] : adminLines(ready)),
    '',
    'Ctrl-C stops it.',
    '',
  ];
  return lines.join('\n');
}

function sipLines(config: Config, secrets: Secrets, address: string, number: string): string[] {
  const names = secrets.agents.map(({ name }) => name).join(', ');
  return [
    `  SIP                    sip:${number}@${address}:${config.sipPort} (dial ${number})`,
    ...(names === '' ? [] : [`  SIP accounts           ${names}; their passwords: npm run -s santral -- config`]),
  ];
}

function adminLines(ready: EngineReady): string[] {
  return [
    '',
    `  First administrator    ${ready.adminName ?? 'admin'}`,
    `  One-time password      ${ready.adminPassword}   (shown only now; it is replaced at the first login)`,
  ];
}
