import type { SettingValues } from './settings.ts';

/** Absent: its own text was refused already. */
type Given = Partial<SettingValues>;

/** What only two settings together show to be wrong; each problem with the variables and what to do. */
export function crossChecks(given: Given): string[] {
  return [
    ...voice(given),
    ...twinPorts(given),
    ...portsInAudio(given),
    ...trunkAccount(given),
    ...smsProvider(given),
    ...iysAccount(given),
  ];
}

/** Left out, which is not the same as refused. */
function isLeftOut(given: Given, name: keyof SettingValues): boolean {
  return name in given && given[name] === undefined;
}

function voice(given: Given): string[] {
  if (given.voice !== 'http' || !isLeftOut(given, 'voiceUrl')) return [];
  return ['SANTRAL_VOICE_URL: is needed, because SANTRAL_VOICE is http. Set it to the voice’s address, or choose another voice'];
}

/** All of them take TCP; of an Asterisk elsewhere only the engine's own counts. */
function twinPorts({ asterisk, httpPort, ariPort, sipPort }: Given): string[] {
  if (asterisk === 'external') return [];
  const ports = [
    ['SANTRAL_HTTP_PORT', httpPort],
    ['SANTRAL_ARI_PORT', ariPort],
    ['SANTRAL_SIP_PORT', sipPort],
  ] as const;
  return ports.flatMap(([one, port], index) =>
    ports
      .slice(index + 1)
      .filter(([, other]) => port !== undefined && other === port)
      .map(([other]) => `${one} and ${other} are the same port, ${port}. Choose another for one of them`),
  );
}

function portsInAudio({ asterisk, sipPort, rtpPorts }: Given): string[] {
  if (asterisk === 'external' || sipPort === undefined || rtpPorts === undefined) return [];
  if (sipPort < rtpPorts.from || sipPort > rtpPorts.to) return [];
  return [`SANTRAL_SIP_PORT: ${sipPort} is one of SANTRAL_RTP_PORTS (${rtpPorts.from}-${rtpPorts.to}). Choose a port outside of them`];
}

/** Password and registration without the account they belong to, or an account without an outside. */
function trunkAccount(given: Given): string[] {
  const { trunk, trunkUser: user, trunkPassword: password, trunkRegister: register } = given;
  const problems: string[] = [];
  if (trunk === 'demo' && (user !== undefined || register === 'on')) {
    problems.push(
      'SANTRAL_TRUNK: is demo, which has no account. Set it to the provider’s host, or leave the other SANTRAL_TRUNK_… settings out',
    );
  }
  if (isLeftOut(given, 'trunkUser') && (password !== undefined || register === 'on')) {
    problems.push('SANTRAL_TRUNK_USER: is needed with SANTRAL_TRUNK_PASSWORD and SANTRAL_TRUNK_REGISTER. Set it to the account’s name');
  }
  if (user !== undefined && isLeftOut(given, 'trunkPassword')) {
    problems.push('SANTRAL_TRUNK_PASSWORD: is needed with SANTRAL_TRUNK_USER. Set it to the account’s password');
  }
  return problems;
}

const PROTOCOLS = { http: ['http:', 'https:'], smpp: ['smpp:', 'ssmpp:'] } as const satisfies Record<'http' | 'smpp', readonly string[]>;

function smsProvider(given: Given): string[] {
  const { sms, smsUrl: url } = given;
  if (sms === undefined || sms === 'none') return [];
  const example = sms === 'http' ? 'https://sms.example/send' : 'smpp://smsc.example:2775';
  const fits = url === undefined || PROTOCOLS[sms].some((protocol) => protocol === new URL(url).protocol);
  const needed = (name: 'smsUrl' | 'smppUser' | 'smppPassword', variable: string): string[] =>
    isLeftOut(given, name) ? [`${variable}: is needed, because SANTRAL_SMS is ${sms}. Set it, or set SANTRAL_SMS to none`] : [];
  return [
    ...needed('smsUrl', 'SANTRAL_SMS_URL'),
    ...(fits ? [] : [`SANTRAL_SMS_URL: does not fit SANTRAL_SMS=${sms}. Write an address such as ${example}`]),
    ...(sms === 'smpp' ? [...needed('smppUser', 'SANTRAL_SMPP_USER'), ...needed('smppPassword', 'SANTRAL_SMPP_PASSWORD')] : []),
  ];
}

/** An account of which something is missing would be taken for none, and advertising would go on without the registry. */
function iysAccount(given: Given): string[] {
  const parts = [
    ['iysCode', 'SANTRAL_IYS_CODE'],
    ['iysBrandCode', 'SANTRAL_IYS_BRAND_CODE'],
    ['iysUser', 'SANTRAL_IYS_USER'],
    ['iysPassword', 'SANTRAL_IYS_PASSWORD'],
  ] as const;
  const missing = parts.filter(([name]) => isLeftOut(given, name)).map(([, variable]) => variable);
  const alarmTooLate = given.iysAlarmDays !== undefined && given.iysSendDays !== undefined && given.iysAlarmDays >= given.iysSendDays;
  return [
    ...(missing.length === 0 || missing.length === parts.length
      ? []
      : [`${missing.join(', ')}: an account at İYS needs all four. Set what is missing, or leave all of them out`]),
    ...(alarmTooLate ? ['SANTRAL_IYS_ALARM_DAYS: must be fewer than SANTRAL_IYS_SEND_DAYS, so that there is time left'] : []),
  ];
}
