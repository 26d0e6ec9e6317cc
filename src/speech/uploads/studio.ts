import { SantralError } from '../../domain/errors.ts';
import { LONGEST_RECORDING_MS } from '../../domain/recording-limits.ts';
import type { ReadyRecording, RecordingRemark, RecordingStudio } from '../../ports/prompt-recordings.ts';
import { measure, polish, toPcm16 } from '../level.ts';
import { toPhoneRate } from '../resample.ts';
import { durationMs, readWav, type Sound, writeWav } from '../wav.ts';
import { audioKind, isCutOff } from './audio-kind.ts';
import type { Decoder } from './decoder.ts';

const SHORTEST_MS = 200;
/** Quieter than this at its loudest, a sound is taken for silence; dB below full scale. */
const INAUDIBLE_DB = -50;
const QUIET_DB = -38;
/** Share of samples at full scale: audible, and hopeless. */
const CLIPPED = 0.0005;
const RUINED = 0.02;

/** Reads plain WAV itself and leaves the rest to the decoder. */
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
  if (isCutOff(kind, bytes)) throw new SantralError('audio.damaged', 'The end of the file is missing. Save or send it again.');
  if (kind !== 'wav' || !isPlainPcm(bytes)) return read(await decode(kind, bytes, signal));
  if (secondsOf(bytes) * 1000 > LONGEST_RECORDING_MS + 1000) throw tooLong();
  return read(bytes);
}

/** Told from the header alone, before a single sample is read. */
function secondsOf(wav: Buffer): number {
  const at = wav.indexOf('fmt ', 12, 'latin1');
  if (at < 0 || at + 24 > wav.length) return 0;
  const [channels, rate, bits] = [wav.readUInt16LE(at + 10), wav.readUInt32LE(at + 12), wav.readUInt16LE(at + 22)];
  return wav.length / Math.max(1, (channels * rate * bits) / 8);
}

/** Other codings within a WAV (A-law, GSM …) are the decoder's. */
function isPlainPcm(bytes: Buffer): boolean {
  const at = bytes.indexOf('fmt ', 12, 'latin1');
  return at >= 0 && at + 10 <= bytes.length && [1, 3, 0xfffe].includes(bytes.readUInt16LE(at + 8));
}

function read(wav: Buffer): Sound {
  try {
    return readWav(wav);
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
