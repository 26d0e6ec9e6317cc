import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningAsterisk, startAsterisk } from '../../src/asterisk/provision/launch-asterisk.ts';
import { type Config, readConfig } from '../../src/config/config.ts';
import { loadSecrets, type Secrets } from '../../src/config/secrets.ts';
import type { Log } from '../../src/ports/log.ts';
import { type Ports, takePorts } from './ports.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** Shared by all tests and read-only; fetched by the first that needs it. */
export const TEST_DISTRIBUTION = process.env['SANTRAL_ASTERISK_DIST'] ?? path.join(PROJECT, 'var/asterisk-dist');

export interface TestAsteriskOptions {
  /** Settings beside the ports and the data directory, e.g. `{ SANTRAL_HOLD_SECONDS: '3' }`. */
  readonly env?: { readonly [variable: string]: string };
  readonly bench?: boolean;
  readonly log?: Log;
}

export interface TestAsterisk {
  /** Usable as the engine's own configuration: its data directory, its ports. */
  readonly config: Config;
  /** The environment that gives `config`, for an engine in a process of its own. */
  readonly env: { readonly [variable: string]: string };
  readonly secrets: Secrets;
  /** `http://127.0.0.1:port`, without `/ari`. */
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
  readonly sipPort: number;
  /** Asterisk's HTTP server: ARI, and browser phones at /ws. */
  readonly ariPort: number;
  /** For the engine under test; nothing listens there yet. */
  readonly httpPort: number;
  /** 90 ports from here are free for the test. */
  readonly sparePort: number;
  /** The process as it runs now. */
  process(): RunningAsterisk;
  rx(command: string): Promise<string>;
  /** Ends the process (politely, or as a crash does) and starts it again with the same files. */
  restart(how?: 'stop' | 'kill'): Promise<void>;
  /** Ends the process and leaves the rest in place; `restart` brings it back. */
  halt(how?: 'stop' | 'kill'): Promise<void>;
  /** Warnings and errors Asterisk has written, to its log and to its console. */
  complaints(): string[];
  stop(): Promise<void>;
}

/** A real Asterisk of its own: private ports, a data directory that vanishes with it (SANTRAL_TEST_KEEP=1 keeps it). */
export async function startTestAsterisk(options: TestAsteriskOptions = {}): Promise<TestAsterisk> {
  const ports = await takePorts();
  const data = mkdtempSync(path.join(os.tmpdir(), 'santral-'));
  chmodSync(data, 0o755);
  const env = environment(data, ports, options.env ?? {});
  const config = readConfig(env, PROJECT);
  const secrets = loadSecrets(config);
  const start = () => startAsterisk({ config, secrets, log: options.log ?? silentLog, bench: options.bench ?? false });
  const clean = () => {
    ports.release();
    if (process.env['SANTRAL_TEST_KEEP'] === undefined) rmSync(data, { recursive: true, force: true });
  };
  let running: RunningAsterisk;
  try {
    running = await start();
  } catch (error) {
    clean();
    throw error;
  }
  const halt = async (how: 'stop' | 'kill' = 'stop') => {
    if (how === 'kill') process.kill(running.pid, 'SIGKILL');
    await running.stop();
  };
  return {
    config,
    env,
    secrets,
    ariUrl: config.ariBase,
    ariUser: config.ariUser,
    ariPassword: secrets.ariPassword,
    sipPort: config.sipPort,
    ariPort: config.ariPort,
    httpPort: config.httpPort,
    sparePort: ports.spare,
    process: () => running,
    rx: (command) => running.rx(command),
    halt,
    restart: async (how) => {
      await halt(how);
      running = await start();
    },
    complaints: () => complaintsIn(path.join(config.places.asterisk, 'log')),
    stop: async () => {
      await running.stop();
      clean();
    },
  };
}

function environment(data: string, ports: Ports, more: { readonly [variable: string]: string }): { readonly [variable: string]: string } {
  return {
    SANTRAL_DATA: data,
    SANTRAL_HTTP_PORT: String(ports.http),
    SANTRAL_SIP_PORT: String(ports.sip),
    SANTRAL_ARI_PORT: String(ports.ari),
    SANTRAL_RTP_PORTS: ports.rtp,
    SANTRAL_ASTERISK_DIST: TEST_DISTRIBUTION,
    ...more,
  };
}

/** What Asterisk says on its console when nothing is wrong. asterisk-config/README.md explains the one that sounds like a complaint. */
const ROUTINE: readonly RegExp[] = [
  /^Setting max files open to \d+$/,
  // The first start in a data directory.
  /^PBX UUID: \S+$/,
  /^Could not find option 'minimum_size' with type 'threadpool' in module 'stasis'$/,
  /^Asterisk Ready\.$/,
  /^Executing last minute cleanups$/,
  /^Asterisk cleanly ending \(\d+\)\.$/,
];

/** The console has what is said before the log is open, and libraries' own words; both have the rest. */
function complaintsIn(folder: string): string[] {
  const linesOf = (name: string) => readFileSync(path.join(folder, name), 'utf8').split('\n');
  const logged = linesOf('messages.log').filter((line) => /\] (WARNING|ERROR)\[/.test(line));
  const said = linesOf('console.log').filter((line) => line !== '' && !ROUTINE.some((routine) => routine.test(line)));
  return [...new Set([...logged, ...said])];
}

const nothing = () => undefined;
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => silentLog };
