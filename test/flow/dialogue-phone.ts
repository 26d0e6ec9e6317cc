import { expect } from 'vitest';
import type { Key } from '../../src/domain/keys.ts';
import type { CollectSpec, Input } from '../../src/flow/commands.ts';
import { type DialogueEffect, type DialogueInput, dialogueStep, openDialogue, type PromptGroup } from '../../src/flow/dialogue.ts';

/** A caller and a clock around the pure dialogue: time is a number, prompts last as long as they say. */
export function phone(limits = { typeAheadKeys: 32, playbackMarginMs: 3000, stopMarginMs: 1000 }) {
  const dialogue = openDialogue<string>(limits);
  let now = 0;
  let playing: { id: string; media: readonly string[]; endsAt: number } | null = null;
  const timers = new Map<string, { token: number; at: number }>();
  const heard: string[] = [];
  const results: { at: number; input: Input }[] = [];
  const log: string[] = [];
  const durations = new Map<string, number>();
  let deadAsterisk = false;

  function apply(effects: DialogueEffect<string>[]): void {
    for (const effect of effects) {
      if (effect.kind === 'play') {
        const duration = effect.media.reduce((sum, media) => sum + (durations.get(media) ?? 1000), 0);
        playing = { id: effect.playback, media: effect.media, endsAt: now + duration };
        heard.push(`${effect.media.join('+')}@${now}`);
      } else if (effect.kind === 'stop') {
        log.push(`stop@${now}`);
        if (!deadAsterisk && playing?.id === effect.playback) playing = { ...playing, endsAt: now };
      } else if (effect.kind === 'set-timer') timers.set(effect.name, { token: effect.token, at: now + effect.ms });
      else if (effect.kind === 'clear-timer') timers.delete(effect.name);
      else if (effect.kind === 'done') results.push({ at: now, input: effect.input });
      else log.push(`${effect.kind}@${now}`);
    }
  }
  const send = (input: DialogueInput<string>): void => apply(dialogueStep(dialogue, input));

  /** Runs until `until`: whatever is due first happens first. */
  function wait(ms: number): void {
    const until = now + ms;
    for (;;) {
      const due = [...timers.entries()].map(([name, timer]) => ({ name, ...timer })).sort((a, b) => a.at - b.at)[0];
      const playEnd = playing !== null && !deadAsterisk ? playing.endsAt : Number.POSITIVE_INFINITY;
      const next = Math.min(due?.at ?? Number.POSITIVE_INFINITY, playEnd);
      if (next > until) break;
      now = Math.max(now, next);
      if (playEnd <= (due?.at ?? Number.POSITIVE_INFINITY)) {
        const { id } = playing as unknown as { id: string };
        playing = null;
        send({ kind: 'playback-finished', playback: id, ok: true });
      } else if (due !== undefined) {
        timers.delete(due.name);
        send({ kind: 'timer', name: due.name as 'digit', token: due.token });
      }
    }
    now = until;
  }
  let step = 0;
  return {
    heard,
    results,
    log,
    durations,
    dialogue,
    send,
    wait,
    press: (keys: string, gapMs = 0): void => {
      for (const key of keys) {
        send({ kind: 'key', key: key as Key });
        wait(gapMs);
      }
    },
    begin: (groups: readonly (PromptGroup<string> | string)[], collect: CollectSpec | null, typeAhead: 'keep' | 'flush' = 'keep'): void => {
      step += 1;
      const all = groups.map((group) =>
        typeof group === 'string' ? { media: [group], bargeIn: true, durationMs: durations.get(group) ?? 1000 } : group,
      );
      send({ kind: 'begin', step, idPrefix: `s${step}`, groups: all, collect, typeAhead });
      wait(0);
    },
    /** Timers that are running. */
    timers: (): readonly string[] => [...timers.keys()],
    killPlayback: (): void => {
      deadAsterisk = true;
    },
    last: () => results.at(-1)?.input,
    now: () => now,
  };
}

export const menu = (...options: string[]): CollectSpec => ({
  match: { kind: 'options', options },
  firstDigitMs: 5000,
  interDigitMs: 2000,
  terminator: null,
  terminatorSwallowMs: 1000,
  typeAhead: 'keep',
  secret: false,
});
export const digits = (min: number, max: number, terminator: Key | null = '#'): CollectSpec => ({
  match: { kind: 'digits', min, max, keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] },
  firstDigitMs: 5000,
  interDigitMs: 2000,
  terminator,
  terminatorSwallowMs: 1000,
  typeAhead: 'keep',
  secret: false,
});
export const firm = (name: string): PromptGroup<string> => ({ media: [name], bargeIn: false, durationMs: 1000 });
export const taken = (value: string, end = 'matched') => expect.objectContaining({ kind: 'digits', digits: value, end });
