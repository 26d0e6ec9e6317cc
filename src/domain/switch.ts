import type { BrandId } from './brand.ts';
import type { Language } from './language.ts';

/** What can be switched on and off while calls come in. */
export const SWITCHES = ['emergency'] as const;
export type SwitchName = (typeof SWITCHES)[number];

export function isSwitch(text: unknown): text is SwitchName {
  return SWITCHES.some((name) => name === text);
}

/** How a switch stands. */
export interface SwitchState {
  readonly brand: BrandId;
  readonly name: SwitchName;
  readonly on: boolean;
  /** What callers hear; a language without words takes the prompt of the catalogue (and its recording). */
  readonly text: Readonly<Partial<Record<Language, string>>>;
  /** UTC ms; null: at once. */
  readonly from: number | null;
  /** UTC ms, exclusive; null: until it is switched off. */
  readonly until: number | null;
  readonly changedAt: number;
  readonly changedBy: string;
  readonly changedVia: 'api' | 'phone';
}

/** Whether callers meet it now. */
export function isInForce({ on, from, until }: Pick<SwitchState, 'on' | 'from' | 'until'>, now: number): boolean {
  return on && (from === null || from <= now) && (until === null || now < until);
}
