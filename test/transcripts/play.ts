import { expect } from 'vitest';
import type { JournalKind } from '../../src/domain/journal.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Value } from '../../src/domain/value.ts';
import { signatureOf } from '../../src/speech/tones.ts';
import { type AppointmentOnRecord, filledIn } from './filled-in.ts';
import type { Step, Transcript } from './transcript.ts';

/** What was heard of one prompt; `signature` is null when it was cut before it could be told. */
export interface HeardWords {
  readonly signature: string | null;
  readonly complete: boolean;
  /** The words themselves, where somebody knows them: they help to write a transcript. */
  readonly text?: string;
}

/** A telephone in one call, on the fake or on the real Asterisk. */
export interface Telephone {
  /** Resolves when these words can be told, after whatever was waited for before. */
  hears(signature: string): Promise<void>;
  /** Resolves when the words that were waited for last are over. */
  heardOut(): Promise<void>;
  press(keys: string): Promise<void>;
  say(text: string): Promise<void>;
  /** Resolves when somebody at that outside number has talked with the caller and hung up. */
  talk(number: string): Promise<void>;
  hangUp(): Promise<void>;
  ended(): Promise<void>;
  heard(): readonly HeardWords[];
  /** The call's n-th appointment (from 1), as soon as there is one. */
  appointment(n: number): Promise<AppointmentOnRecord>;
  /** The journal of the call, once it is over. */
  journal(): Promise<readonly Fact[]>;
}

export interface Fact {
  readonly kind: JournalKind;
  readonly data: { readonly [key: string]: Value };
}

/** Plays the conversation, then compares what was heard, how it ended and what the journal tells. */
export async function play(transcript: Transcript, phone: Telephone): Promise<void> {
  const names = new Map<string, string>();
  try {
    for (const step of transcript.steps) await take(step, phone, names);
    await phone.ended();
  } catch (error) {
    const heard = wordsOf(names, phone.heard()).map((words) => `  ${words}`);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nHeard until then:\n${heard.join('\n')}`, { cause: error });
  }
  const facts = await phone.journal();
  expect(wordsOf(names, phone.heard())).toEqual(transcript.heard);
  // What a flow does after the call is told after its end.
  expect(facts.filter(({ kind }) => kind === 'call-ended')).toMatchObject([{ data: { kind: transcript.ends } }]);
  const journal = transcript.journal.map((line) => filledIn(line, null, phone.appointment));
  expect(facts.flatMap(lineOf)).toEqual(await Promise.all(journal));
}

async function take(step: Step, phone: Telephone, names: Map<string, string>): Promise<void> {
  switch (step.kind) {
    case 'hears': {
      const { language, name, text } = step.words;
      const signature = signatureFor({ language, text: await filledIn(text, language, phone.appointment) });
      names.set(signature, name);
      await phone.hears(signature);
      if (step.presses !== null) await phone.press(await filledIn(step.presses, null, phone.appointment));
      if (!step.cut) await phone.heardOut();
      return;
    }
    case 'presses':
      return phone.press(await filledIn(step.keys, null, phone.appointment));
    case 'says':
      return phone.say(step.text);
    case 'talks':
      return phone.talk(step.number);
    case 'hangs-up':
      return phone.hangUp();
  }
}

export function signatureFor({ language, text }: { readonly language: Language; readonly text: string }): string {
  return text === 'beep' ? 'beep' : signatureOf(language, text);
}

function wordsOf(names: ReadonlyMap<string, string>, heard: readonly HeardWords[]): string[] {
  return heard
    .filter(({ signature, complete }) => signature !== null || complete)
    .map(({ signature, complete, text }) => `${names.get(signature ?? '') ?? `? ${text ?? signature}`}${complete ? '' : '…'}`);
}

/** The facts of a call that are the same each time. Prompts, exits and keys say again what stands in the conversation. */
function lineOf({ kind, data }: Fact): string[] {
  const text = (name: string): string => String(data[name]);
  switch (kind) {
    case 'call-answered':
      return [kind];
    case 'node-entered':
      return [`${text('flow')}/${text('node')}`];
    case 'digits':
      return [`digits ${data['digits'] === null ? `(${text('length')})` : text('digits')} ${text('end')}`];
    case 'no-input':
      return [`no-input ${text('count')}`];
    case 'language':
      return [`language ${text('language')}`];
    case 'result':
      return [`${text('name')} ${text('outcome')}`];
    case 'leg-ended':
      return [`leg ${text('outcome')}`];
    case 'recording':
    case 'key-dropped':
      return [kind];
    case 'fault':
    case 'incident':
      return [`${kind} ${text('code')}`];
    default:
      return [];
  }
}
