import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessMark } from '../../src/asterisk/provision/processes.ts';
import { TEST_DISTRIBUTION } from '../kit/asterisk.ts';
import type { Ports } from '../kit/ports.ts';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface Start {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly exit: Promise<number | null>;
  /** Settles when that was printed; rejects when the process ends before. */
  until(text: string): Promise<void>;
  marks(): Record<'launcher' | 'engine' | 'asterisk', ProcessMark>;
}

export interface StartOptions {
  readonly data: string;
  readonly ports: Ports;
  readonly env?: Readonly<Record<string, string>>;
  /** A program and its arguments that are put in front. */
  readonly before?: readonly string[];
}

/** `npm start`, without npm. */
export function startSantral({ data, ports, env = {}, before = [] }: StartOptions): Start {
  const [wrapper, ...words] = before;
  const start = [process.execPath, 'src/setup/start.mjs'] as const;
  const child = spawn(wrapper ?? start[0], wrapper === undefined ? [start[1]] : [...words, ...start], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      SANTRAL_DATA: data,
      SANTRAL_HTTP_PORT: String(ports.http),
      SANTRAL_SIP_PORT: String(ports.sip),
      SANTRAL_ARI_PORT: String(ports.ari),
      SANTRAL_RTP_PORTS: ports.rtp,
      SANTRAL_ASTERISK_DIST: TEST_DISTRIBUTION,
      SANTRAL_VOICE: 'tones',
      SANTRAL_NO_INSTALL: '1',
      ...env,
    },
  });
  let text = '';
  const more = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      for (const look of more) look();
    });
  }
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const run: Start = {
    process: child,
    said: () => text,
    exit,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!text.includes(wanted)) return;
          more.delete(look);
          resolve();
        };
        more.add(look);
        look();
        void exit.then((code) => reject(new Error(`it ended with ${code} and never said "${wanted}":\n${text}`)));
      }),
    marks: () => JSON.parse(readFileSync(path.join(data, 'run.json'), 'utf8')),
  };
  return run;
}
