import type { Language } from '../../domain/language.ts';
import { isValueMap, type Value, type ValueMap } from '../../domain/value.ts';
import type { Effect, FlowEvent } from '../../flow/commands.ts';
import type { Deed, Happening, Play } from '../../flow/playing/play.ts';
import type { Release } from '../../flow/release.ts';
import { effectValue, whomOf } from '../../flow/scenario/call.ts';
import { askedWith, nameOfLookUp } from '../../flow/scenario/look-ups.ts';

/** One line of what happened in a simulation, for whoever watches. No secret digits in it. */
export type Told =
  | { readonly kind: 'heard' | 'cut'; readonly key: string | null; readonly language: Language; readonly text: string }
  /** What was done; `keys` are null where secret ones are among them. */
  | { readonly kind: 'did'; readonly what: Deed['kind'] | 'wait'; readonly keys: string | null; readonly outcome: string | null }
  | { readonly kind: 'entered'; readonly flow: string; readonly node: string; readonly type: string }
  | { readonly kind: 'exit'; readonly flow: string; readonly node: string; readonly exit: string; readonly to: string | null }
  | { readonly kind: 'digits'; readonly node: string; readonly digits: string | null; readonly end: string }
  | { readonly kind: 'no-input'; readonly node: string; readonly count: number }
  | { readonly kind: 'language'; readonly language: Language }
  | { readonly kind: 'result'; readonly node: string; readonly name: string; readonly outcome: string }
  | { readonly kind: 'fault'; readonly flow: string; readonly node: string; readonly code: string; readonly message: string }
  | { readonly kind: 'asked'; readonly name: string; readonly with: ValueMap }
  | { readonly kind: 'hung-up'; readonly by: 'flow' | 'caller'; readonly cause: string }
  /** Shown, never carried out. */
  | { readonly kind: 'effect'; readonly name: string; readonly data: ValueMap };

const HIDDEN = '•••';

/** What a deed and its happenings tell; null for what is told otherwise. */
export function tellDeed(deed: Deed, secret: boolean): Told {
  const keys = deed.kind === 'press' && !secret ? deed.keys.join('') : null;
  return { kind: 'did', what: deed.kind, keys, outcome: outcomeOf(deed) };
}

function outcomeOf(deed: Deed): string | null {
  switch (deed.kind) {
    case 'dialled':
      return deed.outcome;
    case 'queued':
      return deed.how;
    case 'recorded':
      return deed.outcome.kind;
    case 'result':
      return deed.outcome.kind === 'ok' ? 'ok' : deed.outcome.reason;
    case 'press':
    case 'silence':
    case 'hang-up':
      return null;
  }
}

export function tell(happening: Happening, hide: (value: Value) => Value): Told | null {
  switch (happening.kind) {
    case 'heard':
    case 'unheard': {
      const { key, item } = happening;
      return { kind: happening.kind === 'heard' ? 'heard' : 'cut', key, language: item.language, text: item.text };
    }
    case 'event':
      return tellEvent(happening.event);
    case 'asked':
      return tellAsking(happening.command, hide);
    case 'effect':
      return tellEffect(happening.effect, hide);
    case 'hung-up':
      return happening;
  }
}

function tellEvent(event: FlowEvent): Told | null {
  switch (event.kind) {
    case 'node-entered':
      return { kind: 'entered', flow: event.flow, node: event.node, type: event.type };
    case 'prompt':
      return null;
    case 'digits':
      return { kind: 'digits', node: event.node, digits: event.digits, end: event.end };
    case 'no-input':
    case 'exit':
    case 'language':
    case 'result':
    case 'fault':
      return event;
  }
}

function tellAsking(command: Extract<Happening, { kind: 'asked' }>['command'], hide: (value: Value) => Value): Told {
  switch (command.kind) {
    case 'http':
    case 'action':
      return { kind: 'asked', name: nameOfLookUp(command), with: asMap(hide(askedWith(command))) };
    case 'dial':
      return { kind: 'asked', name: 'dial', with: { to: whomOf(command) } };
    case 'queue':
      return { kind: 'asked', name: 'queue', with: { queue: command.queue, class: command.class, skills: { ...command.skills } } };
    case 'record':
      return { kind: 'asked', name: 'record', with: { maxMs: command.maxMs } };
  }
}

function tellEffect(effect: Effect, hide: (value: Value) => Value): Told {
  const { kind, ...data } = effectValue(effect);
  return { kind: 'effect', name: String(kind), data: asMap(hide(data)) };
}

function asMap(value: Value): ValueMap {
  return isValueMap(value) ? value : {};
}

/** Values that hold secrets at this moment, in every level of the call. */
function secretsOf({ session }: Play, { flows }: Release): readonly string[] {
  return session.stack.flatMap(({ flow, vars }) =>
    [...(flows.get(flow)?.secrets ?? [])].flatMap((name) => {
      const value = vars[name];
      return typeof value === 'string' && value !== '' ? [value] : [];
    }),
  );
}

/** Replaces secrets wherever a value is made of one. */
export function hiding(play: Play, release: Release): (value: Value) => Value {
  const secrets = secretsOf(play, release);
  const hide = (value: Value): Value => {
    if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, HIDDEN), value);
    if (Array.isArray(value)) return value.map((one: Value) => hide(one));
    if (!isValueMap(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hide(one)]));
  };
  return secrets.length === 0 ? (value) => value : hide;
}

/** The variables of the level where the call stands, without secrets; `hidden` names those. */
export function variablesOf(play: Play, { flows }: Release): { readonly variables: ValueMap; readonly hidden: readonly string[] } {
  const top = play.session.stack.at(-1);
  const secrets = flows.get(top?.flow ?? '')?.secrets ?? new Set<string>();
  const entries = Object.entries(top?.vars ?? {});
  return {
    variables: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
    hidden: entries.map(([name]) => name).filter((name) => secrets.has(name)),
  };
}
