import { SantralError } from '../../domain/errors.ts';
import { LONGEST_RECORDING_MS } from '../../domain/recording-limits.ts';
import type { ReadyRecording, RecordingRemark, RecordingStudio } from '../../ports/prompt-recordings.ts';
import { measure, polish, toPcm16 } from '../level.ts';
import { isUsualRate, toPhoneRate } from '../resample.ts';
import {
  durationMs,
  HIGHEST_RATE,
  LOWEST_RATE,
  PLAIN_CODINGS,
  readWav,
  readWavHeader,
  type Sound,
  type WavFormat,
  writeWav,
} from '../wav.ts';
import { audioKind, isCutOff } from './audio-kind.ts';
import type { Decoder } from './decoder.ts';

const SHORTEST_MS = 200;
/** Quieter than this at its loudest, a sound is taken for silence; dB below full scale. */
const INAUDIBLE_DB = -50;
const QUIET_DB = -38;
/** Share of samples at full scale: audible, and hopeless. */
const CLIPPED = 0.0005;
const RUINED = 0.02;

/** Reads plain WAV of a usual rate itself and leaves the rest to the decoder. */
export function createStudio(decode: Decoder): RecordingStudio {
  return {
    async prepare(bytes, signal) {
      const source = await readSound(bytes, decode, signal);
      const seconds = source.samples.length / source.rate;
      if (seconds * 1000 > LONGEST_RECORDING_MS) throw tooLong();
      const shareClipped = measure(source.samples).clippedSamples / Math.max(1, source.samples.length);
      const samples = await toPhoneRate(source);
      const { peakDb, rmsDb } = measure(samples);
      if (peakDb < INAUDIBLE_DB)
        throw new SantralError('audio.silent', 'There is nothing to hear in the file. Record it with the microphone switched on.');
      if (shareClipped > RUINED) {
        const percent = Math.round(shareClipped * 100);
        throw new SantralError(
          'audio.clipped',
          `${percent} % of the recording is at full scale, which sounds torn. Record it with less gain.`,
        );
      }
      return ready(polish(samples), remarksOn(shareClipped, rmsDb));
    },
  };
}

async function readSound(bytes: Buffer, decode: Decoder, signal: AbortSignal): Promise<Sound> {
  if (bytes.length === 0) throw notAudio('The file is empty.');
  const kind = audioKind(bytes);
  if (kind === undefined) throw notAudio('The file is no WAV, MP3 or Ogg.');
  if (damagedIfFailed(() => isCutOff(kind, bytes)))
    throw new SantralError('audio.damaged', 'The end of the file is missing. Save or send it again.');
  if (kind !== 'wav') return read(await decode(kind, bytes, signal));
  const header = damagedIfFailed(() => readWavHeader(bytes));
  if (header.format !== undefined && !isOwnWork(header.format)) return read(await decode(kind, bytes, signal));
  // Told from the header alone, before a single sample is read.
  if (secondsOf(header) * 1000 > LONGEST_RECORDING_MS + 1000) throw tooLong();
  return read(bytes);
}

function secondsOf({ format, data }: ReturnType<typeof readWavHeader>): number {
  const { channels = 0, rate = 0, bits = 0 } = format ?? {};
  return data.length / Math.max(1, (channels * rate * bits) / 8);
}

/** Other codings within a WAV (A-law, GSM …) and odd rates are the decoder's: it is a process of its own, with limits. */
function isOwnWork({ coding, rate }: WavFormat): boolean {
  return PLAIN_CODINGS.includes(coding) && (isUsualRate(rate) || isNoSound(rate));
}

/** Rates that nothing can be made of; reading refuses them with what is wrong. */
function isNoSound(rate: number): boolean {
  return rate < LOWEST_RATE || rate > HIGHEST_RATE;
}

function read(wav: Buffer): Sound {
  return damagedIfFailed(() => readWav(wav));
}

function damagedIfFailed<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SantralError('audio.damaged', `The file cannot be played: ${why}.`, { cause: error });
  }
}

function ready(samples: Float32Array, remarks: readonly RecordingRemark[]): ReadyRecording {
  const pcm = toPcm16(samples);
  const heardMs = durationMs(pcm.length);
  if (heardMs < SHORTEST_MS)
    throw new SantralError('audio.too-short', `Only ${Math.round(heardMs)} ms of the file can be heard; ${SHORTEST_MS} ms are the least.`);
  return { wav: writeWav(pcm), durationMs: heardMs, remarks };
}

function remarksOn(shareClipped: number, rmsDb: number): RecordingRemark[] {
  return [...(shareClipped > CLIPPED ? (['clipped'] as const) : []), ...(rmsDb < QUIET_DB ? (['quiet'] as const) : [])];
}

function tooLong(): SantralError {
  return new SantralError(
    'audio.too-long',
    `A prompt may last ${LONGEST_RECORDING_MS / 1000} seconds at most. Cut it, or make several prompts of it.`,
  );
}

function notAudio(what: string): SantralError {
  return new SantralError('audio.not-audio', `${what} Bring a recording as WAV, MP3 or Ogg (Vorbis, Opus).`);
}
