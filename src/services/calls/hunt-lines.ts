import type { RungLine } from '../../domain/attempts.ts';
import type { Telephone } from '../../domain/directory.ts';
import type { Language } from '../../domain/language.ts';

/** A telephone that is rung. */
export interface HuntLine {
  readonly endpoint: string;
  /** What its leg is shown as; numbers of people are not for everybody who sees the call. */
  readonly shown: string;
  /** Whose it is, for people. */
  readonly name: string;
  readonly ringMs: number;
  /** key: it may be a mailbox; who answers presses 1. */
  readonly accept: 'answer' | 'key';
  readonly language: Language;
}

/** Telephones that ring together, round after round. */
export type HuntRounds = readonly (readonly HuntLine[])[];

/** Asterisk's way to a telephone of the directory; null for what cannot be dialled. */
export function dialledLine({ telephone, ...line }: RungLine, endpointFor: (telephone: Telephone) => string | undefined): HuntLine | null {
  const endpoint = endpointFor(telephone);
  return endpoint === undefined ? null : { ...line, endpoint, shown: telephone.kind === 'number' ? 'outside' : endpoint };
}
