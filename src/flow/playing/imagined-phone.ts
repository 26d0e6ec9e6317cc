import type { Key } from '../../domain/keys.ts';
import type { CollectSpec, Input, PromptItem } from '../commands.ts';
import { type Dialogue, type DialogueEffect, type DialogueInput, dialogueStep, openDialogue } from '../dialogue.ts';
import type { Happening } from './play.ts';

/**
 * The telephone of a played call: the dialogue of real calls (`dialogue.ts`) with prompts that take no time. Its media are
 * the places of items in their list.
 */
export type ImaginedPhone = Dialogue<number>;

/** Prompts of a played call end at once: nothing can be stuck. */
const NO_MARGINS = { playbackMarginMs: 0, stopMarginMs: 0 } as const;

export function openPhone(typeAheadKeys: number): ImaginedPhone {
  return openDialogue<number>({ typeAheadKeys, ...NO_MARGINS });
}

/** What a list of prompts is said for. `keys`: the catalogue key of each item. */
export interface Saying {
  readonly step: number;
  readonly items: readonly PromptItem[];
  readonly keys: readonly (string | null)[];
  readonly typeAhead: 'keep' | 'flush';
  readonly collect: CollectSpec | null;
}

/** Says the items to their end. Gives the input that came of it; null: the caller is waited for. */
export function say(phone: ImaginedPhone, saying: Saying, happened: (happening: Happening) => void): Input | null {
  const { step, items, keys, collect, typeAhead } = saying;
  const groups = items.map((item, at) => ({ media: isSilent(item) ? [] : [at], bargeIn: item.bargeIn, durationMs: 0 }));
  const heard = new Set<number>();
  const done = settle(phone, { kind: 'begin', step, idPrefix: String(step), groups, collect, typeAhead }, (at) => heard.add(at));
  items.forEach((item, at) => {
    if (isSilent(item)) return;
    happened({ kind: heard.has(at) ? 'heard' : 'unheard', key: keys[at] ?? item.key, item });
  });
  return done;
}

/** Presses keys one after the other. Gives the input that they make; null when they make none (yet). */
export function press(phone: ImaginedPhone, keys: readonly Key[]): Input | null {
  let made: Input | null = null;
  for (const key of keys) made = settle(phone, { kind: 'key', key }, () => undefined) ?? made;
  return made;
}

/** The time for the next key runs out. Null when none is awaited. */
export function runOut(phone: ImaginedPhone): Input | null {
  return settle(phone, { kind: 'timer', name: 'digit', token: phone.tokens.digit }, () => undefined);
}

/** Time passes: a terminator that comes now is no longer the end of what was typed (behaviour 15). */
export function pause(phone: ImaginedPhone): void {
  dialogueStep(phone, { kind: 'timer', name: 'swallow', token: phone.tokens.swallow });
}

/** What has been pressed of an input that is not complete. */
export function typedSoFar(phone: ImaginedPhone): string {
  return phone.job?.typed ?? '';
}

/** Keys are thrown away while somebody else has the caller's ear. */
export function deafen(phone: ImaginedPhone, on: boolean): void {
  dialogueStep(phone, { kind: 'deaf', on });
}

/** Takes an input and plays everything that comes of it. */
function settle(phone: ImaginedPhone, input: DialogueInput<number>, play: (at: number) => void): Input | null {
  const effects: DialogueEffect<number>[] = dialogueStep(phone, input);
  let done: Input | null = null;
  for (let effect = effects.shift(); effect !== undefined; effect = effects.shift()) {
    if (effect.kind === 'done') done = effect.input;
    else if (effect.kind === 'play') {
      effect.media.forEach(play);
      effects.push(...dialogueStep(phone, { kind: 'playback-finished', playback: effect.playback, ok: true }));
    }
  }
  return done;
}

/** Neither words nor a recording. */
function isSilent(item: PromptItem): boolean {
  return item.text === '' && item.key === null;
}
