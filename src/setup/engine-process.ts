import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { markProcess, type ProcessMark } from '../asterisk/provision/processes.ts';
import { readableLine } from './log-lines.ts';

const readySchema = z.object({
  kind: z.literal('ready'),
  /** Where its pages and API are. */
  url: z.string(),
  /** A number to try a call with; null when none leads to a flow. */
  number: z.string().nullable(),
  /** Of the first administrator; only when that one was made just now. */
  oneTimePassword: z.string().optional(),
});

/** What the engine says when it serves. */
export type EngineReady = z.infer<typeof readySchema>;

export interface RunningEngine {
  readonly mark: ProcessMark | undefined;
  /** Settles when the engine says so; undefined when it ended before. */
  readonly ready: Promise<EngineReady | undefined>;
  /** Settles when the process is gone. */
  readonly exited: Promise<string>;
  send(signal: NodeJS.Signals): void;
}

export const ENGINE = fileURLToPath(new URL('../main.js', import.meta.url));

/**
 * What Node is told for an engine. A call lives for seconds, and what it leaves must not outlive it into the old generation, whose
 * collection costs a fifth of the engine's CPU at 20 calls a second: room for the young (three times this, MB) makes it rare.
 */
export const ENGINE_FLAGS: readonly string[] = ['--max-semi-space-size=64'];

export interface EngineOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Log lines for people instead of JSON. */
  readonly readable: boolean;
  readonly write: (line: string) => void;
  readonly main?: string;
}

/**
 * Starts the engine with a channel for messages; when that channel closes (this process was killed) the engine ends by itself.
 * Like Asterisk it is out of reach of the terminal's Ctrl-C, so that the order of the end is ours.
 */
export function startEngine({ env, readable, write, main = ENGINE }: EngineOptions): RunningEngine {
  const child = fork(main, [], { env, execArgv: [...ENGINE_FLAGS], detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  pass(child, readable, write);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
  const said = new Promise<EngineReady>((resolve) => {
    child.on('message', (message) => {
      const parsed = readySchema.safeParse(message);
      if (parsed.success) resolve(parsed.data);
    });
  });
  return {
    mark: child.pid === undefined ? undefined : markProcess(child.pid),
    ready: Promise.race([said, exited.then(() => undefined)]),
    exited,
    send: (signal) => child.kill(signal),
  };
}

function pass(child: ChildProcess, readable: boolean, write: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => write(readable ? readableLine(line) : line));
  }
}
