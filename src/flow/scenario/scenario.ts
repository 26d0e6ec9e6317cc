import type { TransferOutcome } from '../../domain/dial-outcome.ts';
import type { Key } from '../../domain/keys.ts';
import type { Language } from '../../domain/language.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { QueuedEnd } from '../commands.ts';
import type { RecordOutcome, ResultOutcome } from '../playing/play.ts';

/** A place in a scenario file. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A scenario file, read. */
export interface ScenarioFile {
  readonly path: string;
  readonly flow: string;
  /** Of the key `flow`. */
  readonly place: Place;
  readonly scenarios: readonly Scenario[];
}

/** One call, told beforehand. What it does not say comes from the top of its file. */
export interface Scenario extends Setting {
  readonly name: string;
  readonly place: Place;
  /** Codes of the faults that the flow is to meet; any other one fails. */
  readonly faults: readonly string[];
  readonly steps: readonly PlacedStep[];
}

/** What a call begins with. */
export interface Setting {
  /** It is run once in each of them; null: in each language of the flow. */
  readonly languages: readonly Language[] | null;
  /** `2026-11-23T10:00`, on the clocks of the brand's zone where it has no offset. */
  readonly at: string;
  readonly direction: 'inbound' | 'outbound';
  readonly caller: string;
  readonly dialled: string;
  readonly params: ValueMap;
  /** What chance says, 0 to 1. */
  readonly random: number;
  /** The first that fits is asked. */
  readonly lookUps: readonly GivenLookUp[];
}

/** The answers to one action or address, one after the other; the last one is given again and again. */
export interface GivenLookUp {
  /** `dealers.by-province`, `https://crm.example/orders/*`, `POST https://…`. */
  readonly name: string;
  readonly place: Place;
  readonly answers: readonly GivenAnswer[];
}

export interface GivenAnswer {
  readonly outcome: ResultOutcome;
  readonly afterMs: number;
  /** What it must be asked with; null: anything. */
  readonly with: ValueMap | null;
  readonly place: Place;
}

/** What is to be heard. Texts are parts of what is said: in any language, in Turkish, in English. */
export interface ExpectedPrompt extends Readonly<Partial<Record<Language, string | undefined>>> {
  readonly key: string | null | undefined;
  readonly text: string | null | undefined;
}

/** What is to be found at this moment; what is not said may be anything. */
export interface Expectation {
  readonly node?: string | undefined;
  readonly visited?: readonly string[] | undefined;
  readonly notVisited?: readonly string[] | undefined;
  readonly exits?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly variables?: ValueMap | undefined;
  readonly language?: Language | undefined;
  readonly messages?: readonly ValueMap[] | undefined;
  readonly effects?: readonly ValueMap[] | undefined;
  readonly asked?: Readonly<Record<string, ValueMap>> | undefined;
  readonly cause?: 'normal' | 'busy' | 'congestion' | undefined;
}

export type Step =
  | { readonly kind: 'hears'; readonly how: 'in-order' | 'only' | 'not'; readonly prompts: readonly ExpectedPrompt[] }
  | { readonly kind: 'presses'; readonly keys: Readonly<Record<Language, readonly Key[]>> }
  | { readonly kind: 'says-nothing' }
  | { readonly kind: 'hangs-up'; readonly talked: boolean }
  | { readonly kind: 'flow-hangs-up' }
  | { readonly kind: 'records'; readonly outcome: RecordOutcome }
  | { readonly kind: 'transfer'; readonly outcome: TransferOutcome; readonly to: string | null; readonly talkMs: number | null }
  | {
      readonly kind: 'queue';
      readonly outcome: QueuedEnd;
      readonly to: string | null;
      readonly key: Key | null;
      readonly waitedMs: number;
      readonly talkMs: number;
    }
  | { readonly kind: 'waits'; readonly ms: number }
  | { readonly kind: 'expect'; readonly expectation: Expectation };

export interface PlacedStep {
  readonly step: Step;
  readonly place: Place;
  /** As it is written, on one line. */
  readonly written: string;
}
