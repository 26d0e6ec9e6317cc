/** What is known of who answered. Times in UTC ms. */
export interface Greeting {
  readonly answeredAt: number;
  /** Since when they speak; null: they have not begun. */
  readonly since: number | null;
  /** They spoke and fell silent. */
  readonly isOver: boolean;
}

/** unsure: to be asked again at `until`, or when something is heard. */
export type WhoAnswers = { readonly kind: 'person' } | { readonly kind: 'machine' } | { readonly kind: 'unsure'; readonly until: number };

/** Who says nothing for so long waits for us to speak. */
export const FIRST_WORD_MS = 2500;
/** Silent for so long, they have stopped speaking: shorter pauses are breaths. */
export const PAUSE_MS = 600;

/**
 * Machines greet at length; people say a word or two and wait. Whoever is not known for a machine is a person: to hang up on
 * a person is worse than to speak to a mailbox.
 */
export function whoAnswers({ answeredAt, since, isOver }: Greeting, longestGreetingMs: number, now: number): WhoAnswers {
  if (isOver) return { kind: 'person' };
  const until = since === null ? answeredAt + FIRST_WORD_MS : since + longestGreetingMs + PAUSE_MS;
  if (now < until) return { kind: 'unsure', until };
  return { kind: since === null ? 'person' : 'machine' };
}
