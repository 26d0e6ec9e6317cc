import type { ValueMap } from '../../domain/value.ts';
import type { Effect, FlowEvent } from '../commands.ts';
import type { Happening, Play, Wait } from '../playing/play.ts';
import type { Heard } from './hearing.ts';
import { sayHeard } from './hearing.ts';
import { askedWith, nameOfLookUp } from './look-ups.ts';
import type { TranscriptLine } from './report.ts';
import { oneLine } from './words.ts';

/** What a scenario has seen of its call so far. Changed in place while it runs. */
export interface Observed {
  /** Since the caller last did something. */
  heard: Heard[];
  /** How much of `heard` earlier steps have named. */
  next: number;
  /** `flow/node`. */
  readonly nodes: Set<string>;
  /** `flow/node` to the exits taken. */
  readonly exits: Map<string, Set<string>>;
  readonly effects: Effect[];
  /** What each look-up was last asked with, by its name, and an action's or address' count of askings. */
  readonly asked: Map<string, ValueMap>;
  readonly faults: (FlowEvent & { kind: 'fault' })[];
  /** Of the level the call stood at last. */
  vars: ValueMap;
  readonly transcript: TranscriptLine[];
}

export function nothingObserved(): Observed {
  return { heard: [], next: 0, nodes: new Set(), exits: new Map(), effects: [], asked: new Map(), faults: [], vars: {}, transcript: [] };
}

/** Takes down what happened. */
export function observe(observed: Observed, happenings: readonly Happening[], play: Play): void {
  for (const happening of happenings) {
    take(observed, happening);
    const line = lineOf(happening);
    if (line !== null) observed.transcript.push(line);
  }
  observed.vars = play.session.stack.at(-1)?.vars ?? observed.vars;
}

function take(observed: Observed, happening: Happening): void {
  switch (happening.kind) {
    case 'heard':
      observed.heard.push(happening);
      break;
    case 'unheard':
    case 'hung-up':
      break;
    case 'effect':
      observed.effects.push(happening.effect);
      break;
    case 'asked':
      if (happening.command.kind === 'http' || happening.command.kind === 'action')
        observed.asked.set(nameOfLookUp(happening.command), askedWith(happening.command));
      break;
    case 'event':
      takeEvent(observed, happening.event);
  }
}

function takeEvent(observed: Observed, event: FlowEvent): void {
  if (event.kind === 'node-entered') observed.nodes.add(`${event.flow}/${event.node}`);
  else if (event.kind === 'exit') {
    const node = `${event.flow}/${event.node}`;
    const taken = observed.exits.get(node);
    if (taken === undefined) observed.exits.set(node, new Set([event.exit]));
    else taken.add(event.exit);
  } else if (event.kind === 'fault') observed.faults.push(event);
}

/** A happening as people read it; null for what they need not read. */
function lineOf(happening: Happening): TranscriptLine | null {
  switch (happening.kind) {
    case 'heard':
      return { who: 'flow', text: `says ${sayHeard(happening)}` };
    case 'unheard':
      return { who: 'flow', text: `would say ${happening.key ?? 'something'}, but keys cut it` };
    case 'effect':
      return { who: 'flow', text: `causes ${nameOfEffect(happening.effect)}` };
    case 'asked':
      return { who: 'flow', text: nameOfAsking(happening.command) };
    case 'hung-up':
      return happening.by === 'flow' ? { who: 'flow', text: `hangs up (${happening.cause})` } : null;
    case 'event':
      return lineOfEvent(happening.event);
  }
}

function lineOfEvent(event: FlowEvent): TranscriptLine | null {
  switch (event.kind) {
    case 'node-entered':
      return { who: 'system', text: `${event.flow}/${event.node}` };
    case 'fault':
      return { who: 'system', text: `fault ${event.code}: ${event.message}` };
    case 'no-input':
      return { who: 'system', text: 'no input' };
    case 'digits':
      return event.end === 'matched' ? null : { who: 'system', text: event.end };
    case 'prompt':
    case 'exit':
    case 'language':
    case 'result':
      return null;
  }
}

function nameOfEffect(effect: Effect): string {
  switch (effect.kind) {
    case 'message':
      return `the ${effect.draft.channel} message ${effect.draft.template}`;
    case 'recording':
      return `a recording that is kept (${effect.draft.kind})`;
    case 'discard':
      return 'a recording that is removed';
    case 'record-call':
      return effect.on ? 'a recording of the call' : 'the end of a recording of the call';
    case 'consent':
      return `the consent ${effect.draft.type} ${effect.draft.status}`;
    case 'callback':
      return `a callback by ${effect.draft.group}`;
    case 'missed':
      return `a missed call of ${effect.draft.target.kind} ${effect.draft.target.id}`;
  }
}

function nameOfAsking(command: Extract<Happening, { kind: 'asked' }>['command']): string {
  switch (command.kind) {
    case 'dial':
      return `dials ${whomOf(command)}`;
    case 'queue':
      return `waits in the queue ${command.queue}`;
    case 'record':
      return 'records';
    case 'http':
      return `asks ${nameOfLookUp(command)}`;
    case 'action':
      return `asks ${nameOfLookUp(command)} with ${oneLine(command.params)}`;
  }
}

/** Who is dialled, as a step names it: the number, the extension, or `dealer IST-01`. */
export function whomOf({ target }: Extract<Wait, { kind: 'dialling' }>['command']): string {
  switch (target.kind) {
    case 'extension':
      return target.extension;
    case 'number':
      return target.number;
    default:
      return `${target.kind} ${target.id}`;
  }
}

/** What the call waits for, as people say it. */
export function sayWait(wait: Wait): string {
  switch (wait.kind) {
    case 'keys':
      return 'the call waits for keys';
    case 'recording':
      return 'the call records the caller';
    case 'look-up':
      return `the call waits for ${nameOfLookUp(wait.command)}`;
    case 'dialling':
      return `the call is dialling ${whomOf(wait.command)}`;
    case 'queueing':
      return `the call waits in the queue ${wait.command.queue}`;
    case 'ended':
      return wait.by === 'caller' ? 'the caller has hung up' : 'the flow has hung up';
    case 'endless':
      return 'the flow goes on without end';
  }
}

/** An effect as a plain value: `kind`, and what it holds. */
export function effectValue(effect: Effect): ValueMap {
  switch (effect.kind) {
    case 'message':
    case 'consent':
    case 'callback':
      return { kind: effect.kind, ...effect.draft };
    case 'recording':
      return { ...effect.draft, kind: effect.kind, of: effect.draft.kind };
    case 'record-call':
      return { kind: effect.kind, on: effect.on };
    case 'missed':
      return { kind: effect.kind, ...effect.draft, target: { ...effect.draft.target } };
    case 'discard':
      return { kind: effect.kind, recording: effect.recording };
  }
}
