import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_FLAGS } from '../../src/setup/engine-process.ts';
import { signatureOf, toneDurationMs } from '../../src/speech/tones.ts';
import { startTestAsterisk, type TestAsterisk, type TestAsteriskOptions } from './asterisk.ts';
import { type CallOptions, openPhoneHouse, type Phone, type PhoneHouse } from './phone-house.ts';
import type { HeardTones } from './tones.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 60_000;
const LOST_MS = 150;
/** How long a caller listens for what must come. */
const PATIENCE_MS = 15_000;

export interface TestEngine {
  readonly url: string;
  readonly pid: number;
  /** Lines of its log, parsed where they are JSON. */
  readonly log: readonly Record<string, unknown>[];
  /** Resolves with the first line from `from` on (index into `log`) that fits, past or to come. */
  logged(fits: (line: Readonly<Record<string, unknown>>) => boolean, from?: number): Promise<Readonly<Record<string, unknown>>>;
  /** Of the first administrator, when this start made it. */
  readonly adminPassword: string | undefined;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** An engine in a process of its own, from the sources; resolves when it says that it is ready. */
export async function startEngine(
  asterisk: TestAsterisk,
  env: Readonly<Record<string, string>> = {},
  { built = false }: { /** As users run it (dist/), instead of from the sources. */ readonly built?: boolean } = {},
): Promise<TestEngine> {
  const child = spawn(process.execPath, built ? [...ENGINE_FLAGS, 'dist/main.js'] : ['--import', 'tsx', 'src/main.ts'], {
    cwd: PROJECT,
    env: { ...process.env, ...asterisk.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log: Record<string, unknown>[] = [];
  const readers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream?.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      log.push(...lines.map(parseLine));
      for (const look of readers) look();
    });
  }
  const ready = await readiness(child, log);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: `http://127.0.0.1:${asterisk.httpPort}`,
    pid: child.pid as number,
    log,
    logged: (fits, from = 0) => logged(log, readers, fits, from),
    adminPassword: ready.oneTimePassword,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function readiness(child: ChildProcess, log: readonly Record<string, unknown>[]): Promise<{ oneTimePassword?: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the engine did not start: ${JSON.stringify(log.slice(-5))}`)), START_MS);
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve(message as { oneTimePassword?: string });
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the engine ended with ${code}: ${JSON.stringify(log.slice(-5))}`));
    });
  });
}

function logged(
  log: readonly Record<string, unknown>[],
  readers: Set<() => void>,
  fits: (line: Readonly<Record<string, unknown>>) => boolean,
  from: number,
): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      readers.delete(look);
      reject(new Error(`the engine did not log what was waited for; its last lines: ${JSON.stringify(log.slice(-5))}`));
    }, START_MS);
    const look = (): void => {
      const line = log.slice(from).find(fits);
      if (line === undefined) return;
      clearTimeout(timer);
      readers.delete(look);
      resolve(line);
    };
    readers.add(look);
    look();
  });
}

/** Ready means that it serves; calls are taken from this line on. */
export const isConnected = (line: Readonly<Record<string, unknown>>): boolean => line['msg'] === 'Connected to Asterisk';

function parseLine(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return { msg: line };
  }
}

export interface StageOptions {
  /** Flow id to YAML; the project's own flows when absent. */
  readonly flows?: Readonly<Record<string, string>>;
  /** sounds/*.yaml; the project's own catalogue when absent. */
  readonly catalogue?: string;
  /** flows/numbers.yaml; when flows are given, every number leads to `main` in English. */
  readonly numbers?: string;
  /** flows/connectors.yaml, beside `flows`. */
  readonly connectors?: string;
  /** flows/queues.yaml; only beside flows of the test. */
  readonly queues?: string;
  /** flows/directory.yaml; only beside flows of the test. */
  readonly directory?: string;
  readonly env?: TestAsteriskOptions['env'];
  readonly bench?: boolean;
  /** The engine as users run it (dist/): it starts many times, and fast. */
  readonly built?: boolean;
  /** Outside numbers are dialled at the house of phones (`house.expect` says how it takes them); by default nowhere. */
  readonly trunk?: 'house';
}

/** Everything for a test at the phone: a real Asterisk, the engine in its own process with the test voice, phones with ears. */
export interface Stage {
  readonly asterisk: TestAsterisk;
  readonly house: PhoneHouse;
  engine(): TestEngine;
  /** Starts the engine (again). */
  startEngine(): Promise<TestEngine>;
  /** A phone that has dialled. */
  call(did?: string, options?: CallOptions): Promise<Caller>;
  close(): Promise<void>;
}

/** A text in the language of the call, or in one of its own. */
export type KnownText = string | readonly [language: string, text: string];

/** A caller as a test thinks of one: hears texts, presses keys. */
export interface Caller {
  readonly phone: Phone;
  /** Resolves when this text is being said, after whatever was awaited before. */
  hears(text: string, language?: string, timeoutMs?: number): Promise<HeardTones>;
  /** As `hears`, and then listens until it is over. */
  hearsOut(text: string, language?: string, timeoutMs?: number): Promise<HeardTones>;
  press: Phone['press'];
  say: Phone['say'];
  hangUp: Phone['hangUp'];
  ended: Phone['ended'];
  /** Everything heard so far as texts (of those the test knows), cut ones with an ellipsis; `?` could not be told. */
  heard(known: readonly KnownText[], language?: string): string[];
}

const EVERYTHING_TO_MAIN = 'numbers:\n  "*": { flow: main, language: en }\n';

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  let sipPort = 0;
  const house = await openPhoneHouse({ sipPortOfEngine: () => sipPort });
  const trunk: Record<string, string> = options.trunk === 'house' ? { SANTRAL_TRUNK: house.sip } : {};
  const asterisk = await startTestAsterisk({
    // What flows look up is on this machine, too.
    env: { SANTRAL_VOICE: 'tones', SANTRAL_LOG_LEVEL: 'info', SANTRAL_FLOW_PRIVATE: 'on', ...trunk, ...options.env },
    bench: options.bench ?? false,
  });
  sipPort = asterisk.sipPort;
  const dirs = layOut(asterisk.config.places.data, options);
  const start = async (): Promise<TestEngine> => {
    const started = await startEngine(asterisk, dirs, { built: options.built ?? false });
    await started.logged(isConnected);
    return started;
  };
  let engine = await start();
  return {
    asterisk,
    house,
    engine: () => engine,
    startEngine: async () => {
      engine = await start();
      return engine;
    },
    call: async (did = '1000', options = {}) => callerOf(await house.call(did, options)),
    async close() {
      await engine.stop();
      await house.stop();
      await asterisk.stop();
    },
  };
}

/** Writes the test's definitions beside its data; gives the settings that point there. */
function layOut(data: string, { flows, catalogue, numbers, connectors, queues, directory }: StageOptions): Record<string, string> {
  const env: Record<string, string> = {};
  if (flows !== undefined) {
    env['SANTRAL_FLOWS'] = path.join(data, 'flows');
    mkdirSync(env['SANTRAL_FLOWS'], { recursive: true });
    for (const [id, text] of Object.entries(flows)) writeFileSync(path.join(env['SANTRAL_FLOWS'], `${id}.yaml`), text);
    writeFileSync(path.join(env['SANTRAL_FLOWS'], 'numbers.yaml'), numbers ?? EVERYTHING_TO_MAIN);
    if (connectors !== undefined) writeFileSync(path.join(env['SANTRAL_FLOWS'], 'connectors.yaml'), connectors);
    if (queues !== undefined) writeFileSync(path.join(env['SANTRAL_FLOWS'], 'queues.yaml'), queues);
    if (directory !== undefined) writeFileSync(path.join(env['SANTRAL_FLOWS'], 'directory.yaml'), directory);
  }
  if (catalogue !== undefined) {
    env['SANTRAL_SOUNDS'] = path.join(data, 'sounds');
    mkdirSync(env['SANTRAL_SOUNDS'], { recursive: true });
    writeFileSync(path.join(env['SANTRAL_SOUNDS'], 'test.yaml'), catalogue);
  }
  return env;
}

function callerOf(phone: Phone): Caller {
  let next = 0;
  const hears: Caller['hears'] = async (text, language = 'en', timeoutMs = PATIENCE_MS) => {
    const signature = signatureOf(language, text);
    const found = await phone.ear.hears((tones) => tones.signature === signature, next, timeoutMs);
    next = found.index + 1;
    return found.tones;
  };
  return {
    phone,
    hears,
    async hearsOut(text, language, timeoutMs) {
      await hears(text, language, timeoutMs);
      return phone.ear.over(next - 1, toneDurationMs(text) + PATIENCE_MS);
    },
    press: phone.press,
    say: phone.say,
    hangUp: phone.hangUp,
    ended: phone.ended,
    heard(known, language = 'en') {
      const texts = new Map(
        known.map((one) => {
          const [spoken, text] = typeof one === 'string' ? [language, one] : one;
          return [signatureOf(spoken, text), text];
        }),
      );
      return phone.ear.heard().map(({ signature, fromMs, toMs }) => {
        const text = texts.get(signature ?? '');
        if (text === undefined) return signature ?? '?';
        // A busy machine loses a packet now and then: what is missing at the end must be more than that to be a cut.
        return toMs - fromMs < toneDurationMs(text) - LOST_MS ? `${text}…` : text;
      });
    },
  };
}
