import type { z } from 'zod';
import {
  brand,
  choice,
  databaseUrl,
  headers,
  host,
  httpUrl,
  optionalHost,
  optionalLine,
  optionalText,
  peers,
  port,
  portRange,
  serviceUrl,
  sessionKey,
  smsSender,
  text,
  trunk,
  trunkUser,
  whole,
  word,
  zone,
} from './schemas.ts';

/** One setting: an environment variable, what it is for, and how its text becomes a value. The README's table is made from this. */
export interface Setting<T> {
  readonly env: string;
  readonly help: string;
  /** As it would be typed; undefined when there is no default. */
  readonly fallback: string | undefined;
  readonly schema: z.ZodType<T, string | undefined>;
  readonly secret: boolean;
}

function setting<T>(
  env: string,
  fallback: string | undefined,
  schema: z.ZodType<T, string | undefined>,
  help: string,
  secret = false,
): Setting<T> {
  return { env, help, fallback, schema, secret };
}

/** Every setting there is. Derived values stand in `config.ts`. */
export const SETTINGS = {
  data: setting('SANTRAL_DATA', 'var', text, 'Data directory: database, secrets, audio, Asterisk’s own files.'),
  host: setting('SANTRAL_HOST', '127.0.0.1', host, 'Address everything binds to. Anything but loopback opens the engine to a network.'),
  httpPort: setting('SANTRAL_HTTP_PORT', '8080', port, 'Port of the web pages and the API.'),
  sipPort: setting('SANTRAL_SIP_PORT', '5060', port, 'SIP port (UDP and TCP) of Asterisk.'),
  ariPort: setting('SANTRAL_ARI_PORT', '8088', port, 'Port of Asterisk’s HTTP server: ARI and the browser phones’ WebSocket.'),
  rtpPorts: setting('SANTRAL_RTP_PORTS', '10000-10999', portRange, 'UDP ports for audio; a call takes two, a bridged call four.'),
  databaseUrl: setting(
    'DATABASE_URL',
    undefined,
    databaseUrl,
    'postgresql://… ; without it a SQLite file in the data directory is used.',
    true,
  ),
  asterisk: setting(
    'SANTRAL_ASTERISK',
    'managed',
    choice(['managed', 'external']),
    'managed: `npm start` provides and runs Asterisk. external: it runs elsewhere, with the configuration that `santral asterisk render` writes.',
  ),
  ariUrl: setting(
    'SANTRAL_ARI_URL',
    undefined,
    httpUrl('http://127.0.0.1:8088', { without: '/ari' }),
    'Where ARI is; default http://127.0.0.1:<SANTRAL_ARI_PORT>.',
  ),
  ariUser: setting('SANTRAL_ARI_USER', 'santral', word(['general']), 'ARI user.'),
  ariPassword: setting(
    'SANTRAL_ARI_PASSWORD',
    undefined,
    optionalLine,
    'ARI password; by default made on first start and kept in the data directory.',
    true,
  ),
  ariApp: setting('SANTRAL_ARI_APP', 'santral', word(), 'ARI application name. Two engines must never share one by mistake.'),
  ariClient: setting(
    'SANTRAL_ARI_CLIENT',
    'own',
    choice(['own', 'ari-client']),
    'Adapter to ARI: our own thin client, or the ari-client package.',
  ),
  ariTimeoutMs: setting('SANTRAL_ARI_TIMEOUT_MS', '5000', whole(100, 60_000), 'How long one command to Asterisk may take.'),
  flowsDir: setting('SANTRAL_FLOWS', 'flows', text, 'Directory of the flow definitions.'),
  soundsDir: setting('SANTRAL_SOUNDS', 'sounds', text, 'Directory of the prompt catalogue and recordings.'),
  brand: setting('SANTRAL_BRAND', 'santral', brand, 'Brand that numbers, dealers and calls belong to when nothing else is said.'),
  language: setting('SANTRAL_LANGUAGE', 'tr', choice(['tr', 'en']), 'Language a call starts in when its number does not say.'),
  sessionKey: setting(
    'SANTRAL_SESSION_KEY',
    undefined,
    sessionKey,
    'Seals what callers keyed, messages and consents in the database, and is what they are found by: keep it. By default made on first start. Engines that share a database share it.',
    true,
  ),
  demo: setting(
    'SANTRAL_DEMO',
    'on',
    choice(['on', 'off']),
    'on: the first start of an empty database brings the demonstration’s dealers.',
  ),
  zone: setting('SANTRAL_ZONE', 'Europe/Istanbul', zone, 'Time zone of opening hours and spoken times.'),
  voice: setting(
    'SANTRAL_VOICE',
    'espeak',
    choice(['espeak', 'http', 'tones']),
    'Voice for prompts without a recording. tones is for tests: each text is a tone pattern.',
  ),
  voiceUrl: setting(
    'SANTRAL_VOICE_URL',
    undefined,
    httpUrl('http://127.0.0.1:9000/speak'),
    'Address of the HTTP voice: POST {text, language} gives a WAV.',
  ),
  voiceToken: setting('SANTRAL_VOICE_TOKEN', undefined, optionalText, 'Bearer token for the HTTP voice.', true),
  speechWorkers: setting('SANTRAL_SPEECH_WORKERS', '2', whole(1, 64), 'Texts rendered at the same time.'),
  speechBudgetMs: setting(
    'SANTRAL_SPEECH_BUDGET_MS',
    '3000',
    whole(100, 60_000),
    'How long a caller may wait for a text to be rendered before the fallback is played.',
  ),
  trunk: setting(
    'SANTRAL_TRUNK',
    'demo',
    trunk,
    'Where outside numbers are dialled: host or host:port of a SIP trunk, or demo: Asterisk itself answers them with an announcement.',
  ),
  trunkPeers: setting(
    'SANTRAL_TRUNK_PEERS',
    '',
    peers,
    'Addresses (CIDR, comma between) whose calls are taken as the trunk’s; the trunk’s own host is always one.',
  ),
  trunkUser: setting('SANTRAL_TRUNK_USER', undefined, trunkUser, 'Account at the trunk’s provider, where it asks for one.'),
  trunkPassword: setting('SANTRAL_TRUNK_PASSWORD', undefined, optionalLine, 'Password of that account.', true),
  trunkRegister: setting(
    'SANTRAL_TRUNK_REGISTER',
    'off',
    choice(['on', 'off']),
    'on: Asterisk registers the account at the trunk, for providers that send calls to where they see it registered.',
  ),
  anonymousCalls: setting(
    'SANTRAL_ANONYMOUS_CALLS',
    'loopback',
    choice(['loopback', 'any', 'none']),
    'From where SIP calls without an account are taken.',
  ),
  externalAddress: setting(
    'SANTRAL_EXTERNAL_ADDRESS',
    undefined,
    optionalHost,
    'Address under which phones and trunks outside reach this machine, when it stands behind a router or in a container.',
  ),
  holdSeconds: setting(
    'SANTRAL_HOLD_SECONDS',
    '60',
    whole(0, 600),
    'How long Asterisk keeps a new call ringing while the engine is away, before the fallback announcement.',
  ),
  maxCps: setting('SANTRAL_MAX_CPS', '60', whole(1, 1000), 'New inbound calls per second; calls above it are shed (busy).'),
  maxCalls: setting('SANTRAL_MAX_CALLS', '500', whole(1, 10_000), 'Inbound calls at the same time; calls above it are shed (busy).'),
  maxCallMinutes: setting('SANTRAL_MAX_CALL_MINUTES', '120', whole(1, 1440), 'A call is ended politely after this time.'),
  settleMs: setting('SANTRAL_SETTLE_MS', '300', whole(0, 2000), 'Pause between answer and first prompt, so that nothing is clipped.'),
  maxTransitions: setting(
    'SANTRAL_MAX_TRANSITIONS',
    '100',
    whole(10, 10_000),
    'Flow steps without caller input before the loop guard takes the error exit.',
  ),
  maxSubflowDepth: setting('SANTRAL_MAX_SUBFLOW_DEPTH', '8', whole(1, 50), 'How deep flows may call flows.'),
  maxTextLength: setting('SANTRAL_MAX_TEXT_LENGTH', '2000', whole(100, 20_000), 'Characters of one rendered prompt.'),
  maxSessionBytes: setting('SANTRAL_MAX_SESSION_BYTES', '262144', whole(10_000, 10_000_000), 'Size of one session’s state.'),
  typeAheadKeys: setting('SANTRAL_TYPE_AHEAD_KEYS', '32', whole(1, 256), 'Keys kept ahead of the flow; more are dropped and counted.'),
  sms: setting(
    'SANTRAL_SMS',
    'none',
    choice(['none', 'http', 'smpp']),
    'How SMS are sent: http, by the interface that SANTRAL_SMS_… describe; smpp; none: they wait in the outbox.',
  ),
  smsUrl: setting(
    'SANTRAL_SMS_URL',
    undefined,
    serviceUrl('https://sms.example/send or smpp://smsc.example:2775', ['http:', 'https:', 'smpp:', 'ssmpp:']),
    'Where the SMS provider is: http(s):// with http, smpp:// or ssmpp:// (TLS) with smpp. May hold {{…}} after the host.',
  ),
  smsMethod: setting('SANTRAL_SMS_METHOD', 'POST', choice(['POST', 'PUT', 'GET']), 'Method of the request to the SMS provider.'),
  smsHeaders: setting(
    'SANTRAL_SMS_HEADERS',
    '{"content-type": "application/json", "authorization": "Bearer {{token}}"}',
    headers,
    'Headers of that request, as JSON. Its content-type (JSON, XML or a form) says how values are escaped.',
    true,
  ),
  smsBody: setting(
    'SANTRAL_SMS_BODY',
    '{"id": "{{id}}", "from": "{{from}}", "to": "{{to}}", "text": "{{text}}"}',
    text,
    'Body of that request. Reads {{id}}, {{from}}, {{to}} (+90555…), {{digits}} (90555…), {{national}} (555…), {{text}}, {{encoding}}, {{segments}}, {{token}}.',
  ),
  smsSuccess: setting(
    'SANTRAL_SMS_SUCCESS',
    'status >= 200 && status < 300',
    text,
    'Expression that tells whether the provider took the message; reads status, text and answer (its JSON): answer.code == "00".',
  ),
  smsReference: setting(
    'SANTRAL_SMS_REFERENCE',
    '{{answer.id}}',
    text,
    'Where the provider’s own id of the message stands in its answer; reads the same names.',
  ),
  smsToken: setting('SANTRAL_SMS_TOKEN', undefined, optionalLine, 'The provider’s token, read as {{token}}.', true),
  smsFrom: setting('SANTRAL_SMS_FROM', '', smsSender, 'Sender of SMS where flows/senders.yaml names none for the brand.'),
  smsLetters: setting(
    'SANTRAL_SMS_LETTERS',
    'turkish',
    choice(['turkish', 'plain']),
    'turkish: as written; one ş, ğ, ı, İ or ç makes 70 characters an SMS. plain: s, g, i, I, c are sent instead, 160 characters an SMS.',
  ),
  smppUser: setting('SANTRAL_SMPP_USER', undefined, optionalLine, 'system_id at the SMSC.'),
  smppPassword: setting('SANTRAL_SMPP_PASSWORD', undefined, optionalLine, 'Password there.', true),
  smppWindow: setting('SANTRAL_SMPP_WINDOW', '10', whole(1, 1000), 'SMS that may wait for the SMSC’s answer at the same time.'),
  smtpUrl: setting(
    'SANTRAL_SMTP_URL',
    undefined,
    serviceUrl('smtp://user:password@mail.example:587', ['smtp:', 'smtps:']),
    'Mail server: smtp:// (STARTTLS) or smtps://, with user and password; without it e-mail waits in the outbox.',
    true,
  ),
  smtpFrom: setting(
    'SANTRAL_SMTP_FROM',
    '',
    text,
    'Sender of e-mail where flows/senders.yaml names none for the brand: Santral <bilgi@santral.example>.',
  ),
  smtpTls: setting(
    'SANTRAL_SMTP_TLS',
    'required',
    choice(['required', 'try']),
    'required: nothing is sent without TLS. try: where the server has it.',
  ),
  webhookPrivate: setting(
    'SANTRAL_WEBHOOK_PRIVATE',
    'off',
    choice(['off', 'on']),
    'on: webhooks may lead to addresses of this machine and private networks.',
  ),
  outboxParallel: setting(
    'SANTRAL_OUTBOX_PARALLEL',
    '8',
    whole(1, 100),
    'Messages of one kind (SMS, e-mail, webhooks) sent at the same time.',
  ),
  outboxAttempts: setting(
    'SANTRAL_OUTBOX_ATTEMPTS',
    '20',
    whole(1, 100),
    'Attempts before a message is a dead letter; the pauses grow from 1 s to 1 h, so 20 are about half a day.',
  ),
  outboxTimeoutMs: setting('SANTRAL_OUTBOX_TIMEOUT_MS', '10000', whole(100, 120_000), 'How long one attempt to send a message may take.'),
  outboxKeepHours: setting(
    'SANTRAL_OUTBOX_KEEP_HOURS',
    '24',
    whole(0, 8760),
    'How long it is kept whom a message went to and what it said, once it is done with.',
  ),
  outboxDeadDays: setting('SANTRAL_OUTBOX_DEAD_DAYS', '7', whole(1, 365), 'The same for dead letters, which can be replayed as long.'),
  outboxStaleHours: setting(
    'SANTRAL_OUTBOX_STALE_HOURS',
    '72',
    whole(1, 8760),
    'A message that waited longer for its first attempt is not sent any more, but becomes a dead letter.',
  ),
  adminPassword: setting(
    'SANTRAL_ADMIN_PASSWORD',
    undefined,
    optionalText,
    'One-time password of the first administrator; by default made and printed on first start.',
    true,
  ),
  loginHours: setting('SANTRAL_LOGIN_HOURS', '12', whole(1, 720), 'How long a login lasts.'),
  rateLimit: setting('SANTRAL_RATE_LIMIT', '600', whole(10, 1_000_000), 'HTTP requests per minute and client.'),
  logLevel: setting(
    'SANTRAL_LOG_LEVEL',
    'info',
    choice(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    'Least important level that is logged.',
  ),
} as const;

export type SettingName = keyof typeof SETTINGS;
export type SettingValue<N extends SettingName> = (typeof SETTINGS)[N] extends Setting<infer T> ? T : never;
export type SettingValues = { readonly [N in SettingName]: SettingValue<N> };
