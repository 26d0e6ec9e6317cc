import type { Language } from '../../domain/language.ts';
import type { PromptItem } from '../../flow/commands.ts';
import type { PromptGroup } from '../../flow/dialogue.ts';
import type { Release } from '../../flow/release.ts';
import type { Speech } from '../../ports/speech.ts';
import type { Media } from '../../ports/telephony.ts';

export interface Prepared {
  readonly groups: readonly PromptGroup<Media>[];
  /** What could not be said as wanted. */
  readonly incidents: readonly { readonly text: string; readonly reason: string }[];
}

/** Turns prompt items into audio, and joins neighbours that stop together into one playback. Never rejects. */
export async function preparePrompts(speech: Speech, items: readonly PromptItem[]): Promise<Prepared> {
  const spoken = await Promise.all(items.map((item) => speech.say(item)));
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

/** A prompt of the engine itself, to its end, in one language. Empty when the catalogue lacks it: then nothing is heard. */
export function cataloguePrompt(release: Release, key: string, language: Language): PromptItem {
  return { kind: 'speech', key, language, text: release.catalogue.get(key)?.text[language] ?? '', bargeIn: false, fallback: [] };
}
