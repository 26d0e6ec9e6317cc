import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';
import type { PromptItem } from '../../flow/commands.ts';
import { type Saying, say } from './queue-words.ts';

/** What is said of the directory by itself. The catalogue's text of the same key wins. */
const WORDS = {
  accept: {
    key: 'directory.accept-call',
    text: {
      tr: '{{target}} için bir çağrı var. Kabul etmek için biri tuşlayın.',
      en: 'There is a call for {{target}}. To take it, press one.',
    },
  },
  whisper: {
    key: 'directory.whisper',
    text: {
      tr: '{{target}} için çağrı. Arayan numaranın sonu {{ending|digits}}.',
      en: 'A call for {{target}}. The caller’s number ends in {{ending|digits}}.',
    },
  },
  withheld: {
    key: 'directory.whisper-withheld',
    text: { tr: '{{target}} için çağrı. Arayan numara gizli.', en: 'A call for {{target}}. The caller’s number is withheld.' },
  },
} as const;

/** As much of a number as tells one caller from another, and no more. */
const ENDING_DIGITS = 4;

interface About {
  readonly label: Label;
  /** As presented; empty when withheld. */
  readonly caller: string;
}

/** For a telephone that may be a mailbox. */
export function reachAcceptWords({ label }: About, language: Language, saying: Saying): readonly PromptItem[] {
  return say(WORDS.accept.key, { target: label[language] }, language, saying, WORDS.accept.text);
}

/** Before the caller is there: who calls for whom. */
export function reachWhisperWords({ label, caller }: About, language: Language, saying: Saying): readonly PromptItem[] {
  const ending = caller.replaceAll(/\D/g, '').slice(-ENDING_DIGITS);
  const words = ending.length < ENDING_DIGITS ? WORDS.withheld : WORDS.whisper;
  return say(words.key, { target: label[language], ending }, language, saying, words.text);
}
