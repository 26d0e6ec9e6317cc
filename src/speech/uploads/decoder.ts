import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SantralError } from '../../domain/errors.ts';
import type { AudioKind } from './audio-kind.ts';

/** What one conversion may use at most. */
export interface DecoderLimits {
  readonly timeoutMs: number;
  /** Seconds of the processor. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
  /** Seconds of sound that are read; more is left unread. */
  readonly seconds: number;
}

/** A file that some other program wrote, turned into a WAV of 8 kHz, mono, 16 bit. */
export type Decoder = (kind: AudioKind, bytes: Buffer, signal: AbortSignal) => Promise<Buffer>;

/** Debian's packages of these programs; `src/setup/debian-packages.mjs` brings them. */
const PACKAGES = { sox: 'sox libsox-fmt-mp3', opusdec: 'opus-tools' } as const;
const LIMITS: DecoderLimits = { timeoutMs: 15_000, cpuSeconds: 10, memoryBytes: 600_000_000, seconds: 125 };
const WAV_HEADER_BYTES = 4096;

/**
 * Debian's decoders as child processes: the file on their standard input, a WAV from their standard output, no shell, no
 * file of their own (prlimit lets them write none), bounded in time, processor, memory and output. Rejects with `audio.*`.
 */
export function createDecoder(limits: Partial<DecoderLimits> = {}, programs: Readonly<Record<string, string>> = {}): Decoder {
  const set = { ...LIMITS, ...limits };
  return async (kind, bytes, signal) => {
    const [program, ...args] = commandFor(kind, set.seconds);
    const bounded = [`--cpu=${set.cpuSeconds}`, `--as=${set.memoryBytes}`, '--fsize=0', '--core=0', '--', programs[program] ?? program];
    return runBounded(['prlimit', ...bounded, ...args], program, bytes, set, AbortSignal.any([signal, AbortSignal.timeout(set.timeoutMs)]));
  };
}

function commandFor(kind: AudioKind, seconds: number): readonly [keyof typeof PACKAGES, ...string[]] {
  if (kind === 'opus') return ['opusdec', '--quiet', '--rate', '8000', '--force-wav', '-', '-'];
  // The kind is named, so that no other of sox's many readers gets to see the file.
  return ['sox', '-V1', '-t', kind, '-', '-t', 'wav', '-r', '8000', '-c', '1', '-b', '16', '-', 'trim', '0', String(seconds)];
}

async function runBounded(
  [command = '', ...args]: readonly string[],
  program: keyof typeof PACKAGES,
  input: Buffer,
  { seconds }: DecoderLimits,
  signal: AbortSignal,
): Promise<Buffer> {
  // Stereo is more than any of them gives; opusdec keeps two channels.
  const most = WAV_HEADER_BYTES + seconds * 8000 * 2 * 2;
  const child: ChildProcess = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '' },
    signal,
    killSignal: 'SIGKILL',
  });
  // Waited for before anything else: without free file descriptors there are no pipes, and the error comes at once.
  const end = ended(child, signal);
  const output: Buffer[] = [];
  let size = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    // Enough to see that it is too long.
    if (size > most) child.kill('SIGKILL');
    else output.push(chunk);
    size += chunk.length;
  });
  // A program that has seen enough closes the pipe; what it gave tells the rest.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  const code = await end;
  if (code === 127 || code === 126) throw noProgram(program);
  if (size > most) return Buffer.concat(output);
  if (code !== 0 || size === 0)
    throw new SantralError('audio.damaged', 'The file begins like sound but cannot be played. Save it anew, best as 16-bit WAV.');
  return Buffer.concat(output);
}

async function ended(child: ChildProcess, signal: AbortSignal): Promise<number | null> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  } catch (error) {
    if (!signal.aborted) throw cannotStart(error);
    throw new SantralError('audio.damaged', 'The file took too long to convert. Save it anew, best as 16-bit WAV.', { cause: error });
  }
}

function cannotStart(error: unknown): SantralError {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const remedy = isMissing ? 'Debian’s package util-linux has it' : 'the machine is short of something just now; try again';
  return new SantralError('audio.no-converter', `prlimit cannot be started: ${String(error)}. Remedy: ${remedy}.`, { cause: error });
}

function noProgram(program: keyof typeof PACKAGES): SantralError {
  const how = `apt-get install ${PACKAGES[program]}`;
  return new SantralError(
    'audio.no-converter',
    `${program} is not installed, which reads this kind of file (Debian: ${how}). A WAV of 16-bit PCM needs no program.`,
  );
}
