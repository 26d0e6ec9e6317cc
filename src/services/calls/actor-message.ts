import type { Input } from '../../flow/commands.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';

/** What comes through a call's mailbox. */
export type ActorMessage =
  | { readonly kind: 'event'; readonly event: TelephonyEvent }
  | { readonly kind: 'input'; readonly input: Input }
  | { readonly kind: 'run'; readonly run: () => void | Promise<void> };
