/**
 * What is said of a secret that was typed: right · wrong: it does not match · locked: too many were wrong, nothing is judged for a
 * while · unset: there is none to match. Whoever judges one says it in these words.
 */
export const PIN_VERDICTS = ['right', 'wrong', 'locked', 'unset'] as const;
export type PinVerdict = (typeof PIN_VERDICTS)[number];
