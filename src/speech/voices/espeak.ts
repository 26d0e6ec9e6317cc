import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SantralError } from '../../domain/errors.ts';
import type { Voice } from '../../ports/speech.ts';
import { polish, toPcm16 } from '../level.ts';
import { toPhoneRate } from '../resample.ts';
import { readWav, writeWav } from '../wav.ts';

export interface EspeakOptions {
  /** The program; `espeak-ng` is looked up in PATH. */
  readonly program?: string;
  /** Words per minute; espeak's own 175 is too quick for a telephone. */
  readonly wordsPerMinute?: number;
  /** 0 to 99; a little below espeak's 50 its formants sit better within 300–3400 Hz. */
  readonly pitch?: number;
  /** Extra pause between words, 10 ms each: keeps digits apart. */
  readonly wordGap?: number;
  /** espeak's voice for each of our languages. */
  readonly voices?: Readonly<Record<string, string>>;
}

const VOICES: Readonly<Record<string, string>> = { tr: 'tr', en: 'en-us' };
/** Ten minutes at espeak's 22.05 kHz, 16 bit. */
const MAX_OUTPUT_BYTES = 27_000_000;
const MAX_COMPLAINT_BYTES = 2000;

/** espeak-ng as a child process per text: text on its standard input, WAV from its standard output, no shell in between. */
export async function createEspeakVoice(options: EspeakOptions = {}): Promise<Voice> {
  const { program = 'espeak-ng', wordsPerMinute = 160, pitch = 45, wordGap = 1, voices = VOICES } = options;
  const version = await espeakVersion(program);
  return {
    id: `espeak-ng/${version}/s${wordsPerMinute}/p${pitch}/g${wordGap}/${Object.entries(voices).join(';')}`,
    async render(text, language, signal) {
      const voice = voices[language];
      if (voice === undefined) throw new SantralError('speech.failed', `espeak-ng has no voice set for the language "${language}"`);
      const settings = ['-v', voice, '-s', String(wordsPerMinute), '-p', String(pitch), '-g', String(wordGap)];
      const wav = await run(program, [...settings, '-b', '1', '--stdin', '--stdout'], plain(text), signal);
      const samples = polish(await toPhoneRate(readWav(wav)));
      if (samples.length === 0) throw new SantralError('speech.failed', 'espeak-ng gave no sound for this text');
      return writeWav(toPcm16(samples));
    },
  };
}

/** espeak-ng reads `[[…]]` as phonemes; in a prompt it is text. */
function plain(text: string): string {
  return text.replaceAll('[[', '[ [').replaceAll(']]', '] ]');
}

async function espeakVersion(program: string): Promise<string> {
  try {
    const output = await run(program, ['--version'], '', AbortSignal.timeout(5000));
    return /\d+(?:\.\d+)+/.exec(output.toString())?.[0] ?? 'unknown';
  } catch {
    // Without the program every text fails, each with its own clear error; a later installation works without a restart.
    return 'unknown';
  }
}

/** Runs the program to its end; its output, or `speech.failed` with what it said. Killed when the signal fires. */
async function run(program: string, args: readonly string[], input: string, signal: AbortSignal): Promise<Buffer> {
  const child: ChildProcess = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], signal, killSignal: 'SIGKILL' });
  // Waited for before anything else: without free file descriptors there are no pipes, and the error comes at once.
  const end = once(child, 'close');
  const output: Buffer[] = [];
  let size = 0;
  let complaint = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    output.push(chunk);
    if (size > MAX_OUTPUT_BYTES) child.kill('SIGKILL');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(0, MAX_COMPLAINT_BYTES);
  });
  // A program that ends before it has read everything closes the pipe; its exit code tells the rest.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  let exit: unknown[];
  try {
    exit = await end;
  } catch (error) {
    throw new SantralError('speech.failed', cannotRun(program, error, signal), { cause: error });
  }
  if (size > MAX_OUTPUT_BYTES) throw new SantralError('speech.failed', `${program} gave more than ${MAX_OUTPUT_BYTES} bytes of sound`);
  const [code, killedBy] = exit;
  if (code !== 0) throw new SantralError('speech.failed', `${program} ended with ${String(code ?? killedBy)}: ${complaint.trim()}`);
  return Buffer.concat(output);
}

function cannotRun(program: string, error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return `${program} was stopped: it took too long, or nobody needs the text any more`;
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isMissing
    ? `${program} is not installed (Debian: apt-get install espeak-ng)`
    : `${program} cannot be started: ${error instanceof Error ? error.message : String(error)}`;
}
