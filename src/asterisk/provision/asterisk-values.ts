import { isIPv6 } from 'node:net';
import type { Config } from '../../config/config.ts';
import type { Secrets } from '../../config/secrets.ts';
import { SantralError } from '../../domain/errors.ts';
import type { Distribution } from './distribution.ts';
import type { Instance } from './instance.ts';
import type { TemplateValues } from './render.ts';

export interface ValuesInput {
  readonly config: Config;
  readonly secrets: Secrets;
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
  checkWord('SANTRAL_ARI_APP', config.ariApp);
  checkWord('SANTRAL_ARI_USER', config.ariUser);
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
    sipBind: `${isIPv6(config.host) ? `[${config.host}]` : config.host}:${config.sipPort}`,
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
function trunkValues(config: Pick<Config, 'trunk' | 'trunkPeers'>): TemplateValues {
  const outside = config.trunk === 'demo' ? undefined : parseHost(config.trunk);
  const peers = config.trunkPeers
    .split(',')
    .map((peer) => peer.trim())
    .filter((peer) => peer !== '');
  for (const peer of peers) {
    if (!/^[a-zA-Z0-9.:/-]+$/.test(peer)) throw new SantralError('config.invalid', `SANTRAL_TRUNK_PEERS: "${peer}" is not an address`);
  }
  const matches = [...new Set([...(outside === undefined ? [] : [outside.host]), ...peers])];
  return { trunk: matches.length > 0, trunkContact: outside === undefined ? '' : `sip:${outside.contact}`, trunkMatches: matches };
}

function parseHost(text: string): { readonly host: string; readonly contact: string } {
  const found = /^(?:\[([0-9a-fA-F:]+)\]|([a-zA-Z0-9.-]+))(?::(\d{1,5}))?$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  if (host === undefined) throw new SantralError('config.invalid', `SANTRAL_TRUNK: "${text}" is neither host, host:port nor demo`);
  return { host, contact: text };
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
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

function checkWord(variable: string, text: string): void {
  if (!/^[a-zA-Z0-9_.-]+$/.test(text)) {
    throw new SantralError('config.invalid', `${variable}: may hold letters, digits, dots, dashes and underscores only`);
  }
}
