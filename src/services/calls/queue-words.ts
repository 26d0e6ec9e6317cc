import type { Key } from '../../domain/keys.ts';
import type { Language } from '../../domain/language.ts';
import type { Queue } from '../../domain/queue.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { PromptItem } from '../../flow/commands.ts';
import type { Release } from '../../flow/release.ts';
import { renderCataloguePrompt } from '../../flow/render-prompt.ts';
import type { Place } from '../floor/seat.ts';

const MINUTE_MS = 60_000;

/** What is said of a queue by itself. The catalogue's text of the same key wins. */
const WORDS = {
  position: {
    key: 'queue.position',
    text: { tr: 'Sıradaki yeriniz: {{position|number}}.', en: 'You are number {{position|number}} in the queue.' },
  },
  next: {
    key: 'queue.position-next',
    text: { tr: 'Sırada ilk siz varsınız.', en: 'You are next in line.' },
  },
  soon: {
    key: 'queue.estimated-wait-soon',
    text: { tr: 'Tahmini bekleme süreniz bir dakikadan az.', en: 'Your estimated wait is less than a minute.' },
  },
  wait: {
    key: 'queue.estimated-wait',
    text: {
      tr: 'Tahmini bekleme süresi: {{minutes|number}} dakika.',
      en: 'The estimated waiting time in minutes: {{minutes|number}}.',
    },
  },
  accept: {
    key: 'queue.accept-call',
    text: {
      tr: '{{queue}} kuyruğundan bir çağrınız var. Kabul etmek için bir tuşlayın.',
      en: 'You have a call from the queue {{queue}}. To take it, press one.',
    },
  },
  passed: {
    key: 'queue.accept-passed',
    text: {
      tr: 'Bir iş arkadaşınız size bir çağrı aktarıyor. Kabul etmek için bir tuşlayın.',
      en: 'A colleague passes a call on to you. To take it, press one.',
    },
  },
  own: {
    key: 'queue.accept-own',
    text: {
      tr: 'Yapmak istediğiniz arama hazır. Müşteriye bağlanmak için bir tuşlayın.',
      en: 'The call you asked for is ready. To be put through to the customer, press one.',
    },
  },
} as const;

export interface Saying {
  readonly release: Release;
  readonly zone: string;
  readonly now: number;
}

/** A catalogue prompt with values of its own; empty where nothing can be said. */
export function say(key: string, values: ValueMap, language: Language, { release, zone, now }: Saying, words = {}): readonly PromptItem[] {
  const item = renderCataloguePrompt(release, key, values, { language, zone, now }, words);
  return item === null ? [] : [item];
}

/** Before the first offer: heard to its end. Empty where the queue has none. */
export function welcomeWords({ welcome, recordingNotice, label }: Queue, language: Language, saying: Saying): readonly PromptItem[] {
  return [welcome, recordingNotice].flatMap((key) => (key === null ? [] : say(key, { queue: label[language] }, language, saying)));
}

/** The `count`th announcement to a waiting caller (0, 1, …) whom `keys` lead out of the queue. */
export function comfortWords(place: Place, count: number, keys: readonly Key[], language: Language, saying: Saying): readonly PromptItem[] {
  const { comfort, label } = place.queue;
  const said = [comfort.prompts[count % Math.max(1, comfort.prompts.length)], ...keys.map((key) => comfort.keys[key])];
  const prompt = said.flatMap((key) => (key === undefined ? [] : say(key, { queue: label[language] }, language, saying)));
  if (!comfort.position && !comfort.estimatedWait) return prompt;
  const { position, estimatedWaitMs } = place.tell();
  const rank = position === 1 ? WORDS.next : WORDS.position;
  const where = comfort.position ? say(rank.key, { position }, language, saying, rank.text) : [];
  if (!comfort.estimatedWait || estimatedWaitMs === null) return [...where, ...prompt];
  const wait = estimatedWaitMs < MINUTE_MS ? WORDS.soon : WORDS.wait;
  const minutes = Math.ceil(estimatedWaitMs / MINUTE_MS);
  return [...where, ...say(wait.key, { minutes }, language, saying, wait.text), ...prompt];
}

/** For the agent, before the caller is there. */
export function whisperWords({ whisper, label }: Queue, language: Language, saying: Saying): readonly PromptItem[] {
  return whisper === null ? [] : say(whisper, { queue: label[language] }, language, saying);
}

/** For a telephone that may be a mailbox. */
export function acceptWords({ label }: Queue, language: Language, saying: Saying): readonly PromptItem[] {
  return say(WORDS.accept.key, { queue: label[language] }, language, saying, WORDS.accept.text);
}

/** The same for a call that a colleague passes on. */
export function acceptPassedWords(language: Language, saying: Saying): readonly PromptItem[] {
  return say(WORDS.passed.key, {}, language, saying, WORDS.passed.text);
}

/** And for a call that the agent makes. */
export function acceptOwnWords(language: Language, saying: Saying): readonly PromptItem[] {
  return say(WORDS.own.key, {}, language, saying, WORDS.own.text);
}
