import type { FormRequestId } from './ids.ts';
import type { Label } from './label.ts';
import type { Language } from './language.ts';

/** Whether something is asked for, and whether it must be said. */
export const ASKED = ['required', 'optional', 'off'] as const;
export type Asked = (typeof ASKED)[number];

/** A web page's form that asks to be called back: one of flows/forms.yaml. */
export interface CallbackForm {
  readonly id: string;
  /** The callback group whose agents call. */
  readonly group: string;
  /** The first one is spoken where a page asks for none. */
  readonly languages: readonly Language[];
  /** Pages of these origins (`https://www.example.com`) may show the form; our own always may. */
  readonly origins: readonly string[];
  readonly title: Label;
  readonly intro: Label;
  /** What people agree to. A change of its words takes a new version. */
  readonly consent: { readonly version: string; readonly text: Label };
  readonly name: Asked;
  readonly topics: readonly { readonly id: string; readonly label: Label }[];
  readonly note: Asked;
  /** People may wish for a time within so long, ms; 0: they may not. */
  readonly wishMs: number;
}

/** What a page sends, checked by its schema. */
export interface FormAnswer {
  readonly language: Language;
  /** As it was typed. */
  readonly number: string;
  /** Empty: not said. */
  readonly name: string;
  readonly topic: string;
  readonly note: string;
  /** UTC ms; null: as soon as may be. */
  readonly notBefore: number | null;
  /** The version of the words they agreed to. */
  readonly consent: string;
}

/** What became of one sending. merged: somebody waited for a call already · not-called: they never want to be · number-limit: too often within a day. */
export const FORM_OUTCOMES = ['added', 'merged', 'not-called', 'number-limit'] as const;
export type FormOutcome = (typeof FORM_OUTCOMES)[number];

/** That somebody asked, and what they agreed to: kept as evidence, without number and name. Times are UTC ms. */
export interface FormRequest {
  readonly id: FormRequestId;
  readonly form: string;
  readonly at: number;
  /** Of the page; `own`: a page of ours. */
  readonly origin: string;
  readonly language: Language;
  readonly topic: string;
  readonly consentVersion: string;
  /** In the language they read. */
  readonly consentText: string;
  readonly outcome: FormOutcome;
}

const HOUR_MS = 3_600_000;

/** The full hours within `wishMs` at which people are called, from the next one on. Pure; UTC ms. */
export function wishTimes(now: number, wishMs: number, isOpen: (at: number) => boolean): readonly number[] {
  const times: number[] = [];
  for (let at = Math.floor(now / HOUR_MS) * HOUR_MS + HOUR_MS; at <= now + wishMs; at += HOUR_MS) if (isOpen(at)) times.push(at);
  return times;
}
