/** A prompt that is longer keeps a caller from choosing; longer texts are several prompts. */
export const LONGEST_RECORDING_MS = 120_000;
/** Bytes of one upload: two minutes of stereo WAV at 48 kHz take 23 MB. */
export const MOST_RECORDING_BYTES = 25_000_000;
