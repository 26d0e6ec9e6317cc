import type { Language } from '../../domain/language.ts';
import type { PromptItem, RecordingItem, SpeechItem } from '../../flow/commands.ts';
import type { PromptGroup } from '../../flow/dialogue.ts';
import type { Release } from '../../flow/release.ts';
import type { Spoken } from '../../ports/speech.ts';
import type { Media } from '../../ports/telephony.ts';
import type { CallDeps } from './deps.ts';

/** Where audio comes from. */
export type Audio = Pick<CallDeps, 'speech' | 'recordings'>;

export interface Prepared {
  readonly groups: readonly PromptGroup<Media>[];
  /** What could not be said as wanted. */
  readonly incidents: readonly { readonly text: string; readonly reason: string }[];
}

/** Turns prompt items into audio, and joins neighbours that stop together into one playback. Never rejects. */
export async function preparePrompts(audio: Audio, items: readonly PromptItem[]): Promise<Prepared> {
  const spoken = await Promise.all(items.map((item) => (item.kind === 'speech' ? audio.speech.say(item) : recorded(audio, item))));
  const groups: { media: Media[]; bargeIn: boolean; durationMs: number }[] = [];
  const incidents: { text: string; reason: string }[] = [];
  spoken.forEach((one, index) => {
    const item = items[index] as PromptItem;
    if (one.kind === 'nothing') return;
    if (one.kind === 'beep') incidents.push({ text: item.key ?? item.text, reason: one.reason });
    else if (one.fallback) incidents.push({ text: item.key ?? item.text, reason: `said in another language than ${item.language}` });
    const media: Media = { kind: 'file', path: one.clip.path };
    const last = groups.at(-1);
    if (last !== undefined && last.bargeIn === item.bargeIn) {
      last.media.push(media);
      last.durationMs += one.clip.durationMs;
    } else groups.push({ media: [media], bargeIn: item.bargeIn, durationMs: one.clip.durationMs });
  });
  return { groups, incidents };
}

/** What the caller said, as it lies on the disk; a playback of a file that is not there would not tell. Never rejects. */
async function recorded({ speech, recordings }: Audio, { recording, durationMs }: RecordingItem): Promise<Spoken> {
  const size = await recordings.size(recording).catch(() => undefined);
  if (size === undefined || size === 0) return { kind: 'beep', clip: speech.beep(), reason: 'there is no audio of the recording' };
  return { kind: 'clip', clip: { path: recordings.pathOf(recording), durationMs }, source: 'recording', fallback: false };
}

/** A prompt of the engine itself, to its end, in one language. Empty when the catalogue lacks it: then nothing is heard. */
export function cataloguePrompt(release: Release, key: string, language: Language): SpeechItem {
  return { kind: 'speech', key, language, text: release.catalogue.get(key)?.text[language] ?? '', bargeIn: false, fallback: [] };
}
