import { SantralError } from '../domain/errors.ts';
import type { Voice } from '../ports/speech.ts';
import { tonesVoice } from './tones.ts';
import { createEspeakVoice } from './voices/espeak.ts';
import { createHttpVoice } from './voices/http.ts';

export interface VoiceSettings {
  readonly voiceUrl: string | undefined;
  readonly voiceToken: string | undefined;
}

/** The registry of voices: the setting's value and how to make it. */
export const VOICES = {
  espeak: () => createEspeakVoice(),
  http: async (settings: VoiceSettings) => {
    if (settings.voiceUrl === undefined) {
      throw new SantralError('config.invalid', 'SANTRAL_VOICE is "http": set SANTRAL_VOICE_URL to the voice’s address');
    }
    return createHttpVoice({ url: settings.voiceUrl, token: settings.voiceToken });
  },
  tones: async () => tonesVoice,
} as const satisfies Readonly<Record<string, (settings: VoiceSettings) => Promise<Voice>>>;

/** The voice the settings ask for. */
export function createVoice(name: keyof typeof VOICES, settings: VoiceSettings): Promise<Voice> {
  return VOICES[name](settings);
}
