import { inBrackets, isWildcard, mediaAddress, parseHostPort } from '../../config/addresses.ts';
import type { Config } from '../../config/config.ts';
import { splitPeers } from '../../config/schemas.ts';
import type { Secrets } from '../../config/secrets.ts';
import { SantralError } from '../../domain/errors.ts';
import type { Distribution } from './distribution.ts';
import type { Instance } from './instance.ts';
import type { TemplateValues } from './render.ts';

export interface ValuesInput {
  readonly config: Config;
  readonly secrets: Pick<Secrets, 'ariPassword' | 'agents'>;
  readonly distribution: Pick<Distribution, 'moduleDir' | 'dataDir'>;
  readonly instance: Instance;
  /** Folder with the music for waiting callers. */
  readonly musicDir: string;
  /** Highest number of open files the process may have. */
  readonly maxFiles: number;
  /** Adds the plain dialplan that the bench compares with. */
  readonly bench: boolean;
}

/** Sockets of browser phones, agents' pages and the engine. */
const HTTP_SESSIONS = 2_000;
/** A Unix socket's path holds 108 bytes, the last one zero. */
const SOCKET_PATH_BYTES = 107;

/** Settings to the values of the templates; what Asterisk's files cannot carry is refused with the setting's name. */
export function asteriskValues({ config, secrets, distribution, instance, musicDir, maxFiles, bench }: ValuesInput): TemplateValues {
  for (const folder of [instance.base, config.places.speech, musicDir, distribution.moduleDir]) checkPath(folder);
  checkSocket(instance.control);
  return {
    moduleDir: distribution.moduleDir,
    dataDir: distribution.dataDir,
    etcDir: instance.etc,
    varLibDir: instance.lib,
    dbDir: instance.db,
    keysDir: instance.keys,
    cacheDir: instance.cache,
    spoolDir: instance.spool,
    runDir: instance.run,
    logDir: instance.log,
    speechDir: config.places.speech,
    musicDir,
    maxFiles,
    bench,
    bindAddress: config.host,
    mediaAddress: mediaAddress(config.host) ?? '',
    sipBind: `${inBrackets(config.host)}:${config.sipPort}`,
    ariPort: config.ariPort,
    httpSessions: HTTP_SESSIONS,
    ariUser: config.ariUser,
    ariPassword: secrets.ariPassword,
    ariApp: config.ariApp,
    rtpFrom: config.rtpPorts.from,
    rtpTo: config.rtpPorts.to,
    externalAddress: config.externalAddress ?? '',
    // It stands for one address of ours; when we listen on all, there is no telling which.
    iceAddress: isWildcard(config.host) ? '' : (config.externalAddress ?? ''),
    maxCalls: config.maxCalls,
    maxCps: config.maxCps,
    holdSeconds: config.holdSeconds,
    anonymous: config.anonymousCalls !== 'none',
    anonymousLoopbackOnly: config.anonymousCalls === 'loopback',
    agents: secrets.agents.map(({ name, password }) => ({ name, password })),
    ...trunkValues(config),
  };
}

/** `demo` with no other peers has no trunk at all: Asterisk itself answers the outside numbers. */
function trunkValues(config: Config): TemplateValues {
  const host = config.trunk === 'demo' ? undefined : parseHostPort(config.trunk)?.host;
  const matches = [...new Set([...(host === undefined ? [] : [host]), ...splitPeers(config.trunkPeers)])];
  const user = config.trunkUser ?? '';
  return {
    trunk: matches.length > 0,
    trunkContact: host === undefined ? '' : `sip:${config.trunk}`,
    trunkHost: host === undefined ? '' : config.trunk,
    trunkMatches: matches,
    trunkUser: user,
    trunkPassword: config.trunkPassword ?? '',
    trunkRegister: config.trunkRegister === 'on',
    // Providers that dial where the account is registered give no other number: the account's, where it is one.
    trunkNumber: /^\+?\d+$/.test(user) ? user : '',
  };
}

function checkPath(folder: string): void {
  const found = /[,;&|$()[\]{}"'\\\r\n]/.exec(folder);
  if (found === null) return;
  throw new SantralError(
    'config.invalid',
    `SANTRAL_DATA: the path ${folder} holds "${found[0]}", which Asterisk's files cannot carry. Choose another folder.`,
  );
}

function checkSocket(file: string): void {
  const length = Buffer.byteLength(file);
  if (length <= SOCKET_PATH_BYTES) return;
  throw new SantralError(
    'config.invalid',
    `SANTRAL_DATA: the path is ${length - SOCKET_PATH_BYTES} bytes too long for Asterisk's control socket (${file}). Choose a shorter one.`,
  );
}
