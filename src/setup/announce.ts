import { inBrackets, reachableAt } from '../config/addresses.ts';
import type { Config } from '../config/config.ts';
import type { Secrets } from '../config/secrets.ts';
import type { EngineReady } from './engine-process.ts';

/** What a person needs to know when everything is up. */
export function announcement(config: Config, secrets: Pick<Secrets, 'agents'>, ready: EngineReady, launcher = process.pid): string {
  const lines = [
    '',
    'Santral is ready.',
    `  Phone in the browser   ${ready.url}/phone`,
    `  Flows                  ${ready.url}/flows   (a file that you change is read at the next start)`,
    `  API                    ${ready.url}/docs`,
    ...(config.asterisk === 'managed'
      ? sipLines(config, secrets, ready.number)
      : [`  Asterisk               runs elsewhere: ${config.ariBase}`]),
    ...(ready.oneTimePassword === undefined ? [] : adminLines(ready.oneTimePassword)),
    '',
    `Ctrl-C stops it; so does: kill -INT ${launcher}`,
    '',
  ];
  return lines.join('\n');
}

function sipLines(config: Config, secrets: Pick<Secrets, 'agents'>, number: string | null): string[] {
  const host = inBrackets(reachableAt(config.host));
  const names = secrets.agents.map(({ name }) => name).join(', ');
  return [
    number === null
      ? `  SIP                    ${host}:${config.sipPort}; no number leads to a flow yet: add one to numbers.yaml`
      : `  SIP                    sip:${number}@${host}:${config.sipPort} (dial ${number})`,
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
