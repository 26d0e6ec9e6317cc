import type { z } from 'zod';
import {
  brand,
  choice,
  databaseUrl,
  host,
  httpUrl,
  optionalHost,
  optionalLine,
  optionalText,
  peers,
  port,
  portRange,
  sessionKey,
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
    'Seals what callers keyed while it waits in the database; by default made on first start. Engines that share a database share it.',
    true,
  ),
  demo: setting(
    'SANTRAL_DEMO',
    'on',
    choice(['on', 'off']),
    'on: the first start of an empty database brings the demonstration’s dealers.',
  ),
  appointmentHoldSeconds: setting(
    'SANTRAL_APPOINTMENT_HOLD_SECONDS',
    '180',
    whole(30, 3600),
    'How long a time is reserved for a caller who has not confirmed it yet.',
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
