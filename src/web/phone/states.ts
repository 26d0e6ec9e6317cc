/** The way to Asterisk. `offline` mends itself; `refused` asks for new credentials. */
export type Line =
  | { readonly kind: 'off' }
  | { readonly kind: 'preparing' }
  | { readonly kind: 'registering' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused' }
  /** The engine did not give us a phone; `code` is its error code. */
  | { readonly kind: 'no-phone'; readonly code: string };

export const END_REASONS = [
  'you-hung-up',
  'they-hung-up',
  'busy',
  'no-answer',
  'rejected',
  'not-found',
  'unavailable',
  'media',
  'connection',
  'failed',
] as const;
export type EndReason = (typeof END_REASONS)[number];

export type CallState =
  | { readonly kind: 'idle' }
  /** Waiting for the microphone, perhaps for the caller's permission. */
  | { readonly kind: 'microphone'; readonly number: string }
  | { readonly kind: 'calling'; readonly number: string }
  | { readonly kind: 'ringing'; readonly number: string }
  /** Somebody calls us. */
  | { readonly kind: 'incoming'; readonly number: string }
  /** Taken; the microphone is being opened. */
  | { readonly kind: 'answering'; readonly number: string }
  /** `since`: UTC ms of the answer. */
  | { readonly kind: 'talking'; readonly number: string; readonly since: number }
  | {
      readonly kind: 'ended';
      readonly number: string;
      readonly reason: EndReason;
      readonly sipCode: number | null;
      /** null when it was never answered. */
      readonly seconds: number | null;
    };

/** Why there is no microphone. The call goes on without one: listening and keys work. */
export const MICROPHONE_PROBLEMS = ['denied', 'missing', 'busy', 'insecure', 'failed'] as const;
export type MicrophoneProblem = (typeof MICROPHONE_PROBLEMS)[number];

export interface PhoneState {
  readonly line: Line;
  readonly call: CallState;
  readonly muted: boolean;
  readonly microphoneProblem: MicrophoneProblem | null;
  /** Keys pressed in this call. */
  readonly keys: string;
  /** What the far end sends. */
  readonly audio: MediaStream | null;
}

export const IDLE_PHONE: PhoneState = {
  line: { kind: 'off' },
  call: { kind: 'idle' },
  muted: false,
  microphoneProblem: null,
  keys: '',
  audio: null,
};

/** True from the moment a call is asked for until it has ended. */
export function isBusy(call: CallState): boolean {
  return call.kind !== 'idle' && call.kind !== 'ended';
}

/** The twelve keys of the pad, in reading order. */
export const PAD_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
export type PadKey = (typeof PAD_KEYS)[number];

export function isPadKey(text: string): text is PadKey {
  return PAD_KEYS.some((key) => key === text);
}

/** What may be dialled: digits, star and pound, at most 32, a plus only in front. */
export const DIALLABLE = /^\+?[0-9*#]{1,32}$/;
