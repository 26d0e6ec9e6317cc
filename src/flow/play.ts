import type { Value } from '../domain/value.ts';
import type { CollectSpec } from './commands.ts';
import type { Outcome } from './compiled.ts';
import type { Machine } from './machine.ts';
import type { Prompts, Rendered } from './prompts.ts';

/** Plays prompts; null when there is nothing to be heard, which takes no time (behaviour 27). */
export function play(m: Machine, prompts: Prompts, typeAhead: 'keep' | 'flush', over?: Readonly<Record<string, Value>>): Outcome | null {
  const rendered = prompts.render(m, over);
  if (rendered.items.length === 0) return null;
  heard(m, rendered);
  return { kind: 'wait', command: { kind: 'play', items: rendered.items, typeAhead } };
}

/** Plays prompts and gathers keys. */
export function collect(m: Machine, rendered: Rendered, spec: CollectSpec): Outcome {
  heard(m, rendered);
  return { kind: 'wait', command: { kind: 'collect', items: rendered.items, spec } };
}

/** Notes what is about to be heard. */
export function heard(m: Machine, rendered: Rendered): void {
  if (rendered.items.length === 0) return;
  m.lastPrompt = rendered.items;
  m.events.push({ kind: 'prompt', keys: rendered.keys, text: rendered.text, language: rendered.items[0]?.language ?? m.language });
}
