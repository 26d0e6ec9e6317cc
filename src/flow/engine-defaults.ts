/**
 * What the engine takes where neither a node nor the flow's `defaults:` says. The one place for these values: nodes are
 * compiled with them, and reference and schema print them beside their fields.
 */
export const ENGINE_DEFAULTS = {
  say: { bargeIn: 'any', typeAhead: 'keep' },
  menu: { firstDigit: '5s', interDigit: '2s', attempts: 3, bargeIn: 'any', typeAhead: 'keep', terminator: 'none' },
  collect: {
    firstDigit: '6s',
    interDigit: '3s',
    attempts: 3,
    bargeIn: 'any',
    typeAhead: 'keep',
    terminator: '#',
    keys: '0123456789',
  },
  record: { bargeIn: 'any', max: '60s', silence: '3s', beep: true, terminator: 'any', kind: 'message' },
  http: {
    method: 'GET',
    timeout: '8s',
    retries: 0,
    maxBytes: 65_536,
    /** Heard when the catalogue has it (behaviour 36). */
    filler: 'general.one-moment',
    fillerAfter: '1500ms',
    onHangup: 'abort',
  },
  action: { timeout: '3s' },
  transfer: { ring: '25s', maxTalk: 'none' },
  hangup: { bargeIn: 'any', cause: 'normal' },
  answer: { settle: '300ms' },
} as const;

/** Reading back what was typed. */
export const CONFIRM_DEFAULTS = { yes: 1, no: 2, attempts: 3 } as const;

/** What a caller presses after a recording. */
export const REVIEW_DEFAULTS = { listen: 1, keep: 2, again: 3, discard: '*', attempts: 3 } as const;

/** A question about consent: heard to its end, so that the answer is to all of it. */
export const CONSENT_DEFAULTS = { yes: 1, no: 2, bargeIn: 'none' } as const;

/** What a caller presses who wants to be called back. */
export const CALLBACK_DEFAULTS = { yes: 1, no: 2, leave: '*', end: '#' } as const;

/** How long the terminator after a full input is swallowed (behaviour 15). */
export const TERMINATOR_SWALLOW_MS = 1000;

/** What all after-call sections of a call may take together: nodes, and time (ms) before the next command is refused. */
export const AFTER_CALL_LIMITS = { maxTransitions: 100, maxMs: 300_000 } as const;

/** Limits that the checker keeps where the settings (SANTRAL_MAX_SUBFLOW_DEPTH, SANTRAL_MAX_TEXT_LENGTH) do not say. */
export const CHECK_LIMITS = { maxSubflowDepth: 8, maxTextLength: 2000 } as const;

/** The engine's value of a field, as it would be written; undefined where there is none. */
export function engineDefault(type: string, field: string): string | undefined {
  const fields: Readonly<Record<string, unknown>> = Object.hasOwn(ENGINE_DEFAULTS, type)
    ? ENGINE_DEFAULTS[type as keyof typeof ENGINE_DEFAULTS]
    : {};
  return Object.hasOwn(fields, field) ? String(fields[field]) : undefined;
}
