import type { Language } from '../domain/language.ts';
import type { Spoken } from '../ports/speech.ts';

/** One text in one language; `key` when a recording of that prompt may stand for it. */
export interface Want {
  readonly key: string | null;
  readonly language: Language;
  readonly text: string;
}

export type Found = Extract<Spoken, { kind: 'clip' | 'nothing' }>;
export type Outcome = Found | { readonly kind: 'failed'; readonly reason: string };
