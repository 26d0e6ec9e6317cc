import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import type { EngineReady } from './engine-process.ts';

/** The first route of flows/numbers.yaml; every other number leads to a flow as well. */
const DEMO_NUMBER = '1000';

/** What a person needs to know when everything is up. */
export function announcement(config: Config, secrets: Pick<Secrets, 'agents'>, ready: EngineReady): string {
  const lines = [
    '',
    'Santral is ready.',
    `  Phone in the browser   ${ready.url}/phone`,
    `  API                    ${ready.url}/docs`,
    ...(config.asterisk === 'managed' ? sipLines(config, secrets) : [`  Asterisk               runs elsewhere: ${config.ariBase}`]),
    ...(ready.oneTimePassword === undefined ? [] : adminLines(ready.oneTimePassword)),
    '',
    'Ctrl-C stops it.',
    '',
  ];
  return lines.join('\n');
}

function sipLines(config: Config, secrets: Pick<Secrets, 'agents'>): string[] {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const names = secrets.agents.map(({ name }) => name).join(', ');
  return [
    `  SIP                    sip:${DEMO_NUMBER}@${host}:${config.sipPort} (dial ${DEMO_NUMBER})`,
    ...(names === '' ? [] : [`  SIP accounts           ${names}; their passwords: npm run -s santral -- config`]),
  ];
}

function adminLines(oneTimePassword: string): string[] {
  return [
    '',
    '  First administrator    admin',
    `  One-time password      ${oneTimePassword}   (shown only now; it is replaced at the first login)`,
  ];
}
