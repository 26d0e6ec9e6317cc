import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, isIPv6 } from 'node:net';
import type { Config } from '../config/config.ts';
import { SantralError } from '../domain/errors.ts';

export interface WantedPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** The setting that chooses it. */
  readonly setting: string;
  readonly use: string;
}

export function wantedPorts(config: Config): WantedPort[] {
  const engine: WantedPort = { port: config.httpPort, protocol: 'tcp', setting: 'SANTRAL_HTTP_PORT', use: 'web pages and API' };
  if (config.asterisk === 'external') return [engine];
  return [
    engine,
    { port: config.ariPort, protocol: 'tcp', setting: 'SANTRAL_ARI_PORT', use: 'Asterisk’s HTTP server' },
    { port: config.sipPort, protocol: 'udp', setting: 'SANTRAL_SIP_PORT', use: 'SIP' },
    { port: config.sipPort, protocol: 'tcp', setting: 'SANTRAL_SIP_PORT', use: 'SIP over TCP' },
  ];
}

/** Rejects with `setup.port-in-use`, naming every port that is taken, its setting, and by whom where that can be told. */
export async function checkPorts(config: Config): Promise<void> {
  const ports = wantedPorts(config);
  const taken: string[] = [];
  for (const wanted of ports) {
    const reason = await bindProblem(wanted, config.host);
    if (reason === undefined) continue;
    if (reason === 'EADDRINUSE') {
      const holder = holderOf(wanted);
      taken.push(
        `${wanted.port}/${wanted.protocol} (${wanted.use}) is in use${holder === undefined ? '' : ` by ${holder}`}: ${wanted.setting}`,
      );
    } else {
      const setting = reason === 'EACCES' ? wanted.setting : 'SANTRAL_HOST';
      taken.push(`${wanted.port}/${wanted.protocol} (${wanted.use}) cannot be had at ${config.host}: ${reason}: ${setting}`);
    }
  }
  if (taken.length === 0) return;
  throw new SantralError(
    'setup.port-in-use',
    `Ports that cannot be had:\n  ${taken.join('\n  ')}\nStop the other program, or choose others by the settings named at the end of the lines.`,
  );
}

function bindProblem({ port, protocol }: WantedPort, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    if (protocol === 'udp') {
      const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' });
      socket.once('error', failed);
      socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => resolve(undefined)));
    } else {
      const server = createServer();
      server.once('error', failed);
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
    }
  });
}

const LISTENING = '0A';

/** Asterisk is started through a loader, whose name would say nothing. */
function nameOf(pid: string): string {
  const words = read(`/proc/${pid}/cmdline`).split('\0');
  return words.some((word) => word.endsWith('/sbin/asterisk')) ? 'asterisk' : read(`/proc/${pid}/comm`).trim();
}

/** `name (process 123)` of who holds the port; undefined when the system does not show it to us. */
function holderOf({ port, protocol }: WantedPort): string | undefined {
  const inodes = new Set(['', '6'].flatMap((family) => inodesOf(`/proc/net/${protocol}${family}`, port, protocol === 'tcp')));
  if (inodes.size === 0) return undefined;
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    const holds = list(`/proc/${pid}/fd`).some((handle) => {
      try {
        return inodes.has(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${handle}`))?.[1] ?? '');
      } catch {
        return false;
      }
    });
    if (holds) return `${nameOf(pid)} (process ${pid})`;
  }
  return undefined;
}

/** Socket numbers of the lines `sl local_address rem_address st … inode` with that local port. */
function inodesOf(file: string, port: number, listeningOnly: boolean): string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return read(file)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(end) === true && (!listeningOnly || fields[3] === LISTENING))
    .map((fields) => fields[9] ?? '')
    .filter((inode) => inode !== '' && inode !== '0');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
