import { DIAL_OUTCOMES, type DialOutcome } from '../domain/dial-outcome.ts';
import { isKey, type Key } from '../domain/keys.ts';
import { maskNumber } from '../domain/mask-number.ts';
import type { Value } from '../domain/value.ts';
import type { CollectSpec, Command, Effect, FlowEvent, Input } from '../flow/commands.ts';
import { resume, start, type Turn } from '../flow/interpreter.ts';
import { matchKey, matchTimeout } from '../flow/matching.ts';
import type { Session, Trigger } from '../flow/session.ts';
import type { World } from '../flow/world.ts';
import type { Keypad } from './keypad.ts';

/** What the call needs besides the flow. */
export interface TerminalHouse {
  readonly keypad: Keypad;
  readonly out: (text: string) => void;
  readonly world: World;
  act(command: Command & { kind: 'action' }): Promise<Value>;
  /** The answer to every request of a flow; undefined: nothing can be reached from here. */
  readonly httpAnswer: Value | undefined;
}

interface Line {
  /** Keys pressed ahead of the flow. */
  ahead: string;
}

type WithoutEvents = Exclude<Input, { kind: 'hung-up' | 'restarted' }>;

/** Plays one call in the terminal and prints its transcript. Ends with the flow, or with the last key, and what the flow does after the call. */
export async function playCall(flow: string, trigger: Trigger, house: TerminalHouse): Promise<void> {
  const line: Line = { ahead: '' };
  let turn: Turn = start(flow, trigger, house.world);
  for (;;) {
    print(turn, house);
    const { command } = turn;
    if (command === null) break;
    const input = await answer(command, house, line);
    if (input === null) house.out(command.kind === 'hangup' ? `-- the flow hung up (${command.cause})\n` : '-- the caller hung up\n');
    // Between two turns a session is what a store would give back.
    const session = JSON.parse(JSON.stringify(turn.session)) as Session;
    turn = resume(session, input ?? { kind: 'hung-up' }, house.world);
  }
}

function print({ events, effects }: Turn, { out }: TerminalHouse): void {
  for (const event of events) out(sentence(event));
  for (const effect of effects) out(`  + ${causedBy(effect)}\n`);
}

/** What a call would cause; here nothing is stored and nobody is written to. */
function causedBy(effect: Effect): string {
  switch (effect.kind) {
    case 'message':
      return `${effect.draft.channel} ${effect.draft.template} to ${maskNumber(effect.draft.to)}`;
    case 'recording':
      return `recording kept: ${effect.draft.kind}, ${Math.round(effect.draft.durationMs / 1000)} s`;
    case 'discard':
      return 'recording deleted';
    case 'consent':
      return `consent ${effect.draft.type}: ${effect.draft.status}`;
    case 'callback':
      return `return call: ${effect.draft.group}`;
  }
}

function sentence(event: FlowEvent): string {
  switch (event.kind) {
    case 'node-entered':
      return `${event.flow}/${event.node} (${event.type})\n`;
    case 'prompt':
      return `  ${event.language}: ${event.text}\n`;
    case 'digits':
      return event.end === 'matched' ? '' : `  (${event.end}: ${event.digits ?? `${event.length} keys`})\n`;
    case 'no-input':
      return `  (no input, ${event.count})\n`;
    case 'exit':
      return event.exit === 'next' ? '' : `  ${event.exit} -> ${event.to ?? 'built-in end'}\n`;
    case 'language':
      return `  (language: ${event.language})\n`;
    case 'result':
      return `  ${event.name}: ${event.outcome}\n`;
    case 'fault':
      return `  ! ${event.code}: ${event.message}\n`;
  }
}

/** Does what a command asks for, as far as a terminal can; null when the caller has gone. */
async function answer(command: Command, house: TerminalHouse, line: Line): Promise<WithoutEvents | null> {
  const { step } = command;
  switch (command.kind) {
    case 'answer':
      return { kind: 'answered', step };
    case 'play':
      if (command.typeAhead === 'flush') line.ahead = '';
      return { kind: 'finished', step, heard: line.ahead === '' ? 'all' : 'cut' };
    case 'collect':
      return collect(command.spec, step, house, line);
    case 'record':
      return recorded(step, house);
    case 'http':
      return result(step, house.httpAnswer);
    case 'action':
      return house.act(command).then(
        (value) => result(step, value),
        () => ({ kind: 'result', step, outcome: { kind: 'error', reason: 'failed' } }),
      );
    case 'dial':
      return dialled(command, house);
    case 'hangup':
      return null;
  }
}

function result(step: number, value: Value | undefined): WithoutEvents {
  if (value === undefined) return { kind: 'result', step, outcome: { kind: 'error', reason: 'unreachable' } };
  return { kind: 'result', step, outcome: { kind: 'ok', value } };
}

/** Keys until they mean something; the end of what was typed stands for the time that runs out. */
async function collect(spec: CollectSpec, step: number, house: TerminalHouse, line: Line): Promise<WithoutEvents | null> {
  if (spec.typeAhead === 'flush') line.ahead = '';
  if (line.ahead === '') {
    const keys = await house.keypad.keys();
    if (keys === null) return null;
    house.out(`> ${keys === '' ? '(silence)' : spec.secret ? '*'.repeat(keys.length) : keys}\n`);
    line.ahead = keys;
  }
  let typed = '';
  while (line.ahead !== '') {
    const key = line.ahead.charAt(0).toUpperCase();
    line.ahead = line.ahead.slice(1);
    if (!isKey(key)) continue;
    const verdict = matchKey(spec, typed, key as Key);
    if (verdict.kind === 'done') {
      // Behaviour 15: a terminator right after the full length belongs to this question.
      if (verdict.full && spec.terminatorSwallowMs > 0 && line.ahead.charAt(0) === spec.terminator) line.ahead = line.ahead.slice(1);
      return { kind: 'digits', step, digits: verdict.digits, end: verdict.end };
    }
    if (verdict.kind !== 'ignored') typed += key;
  }
  if (typed === '') return { kind: 'silence', step };
  const verdict = matchTimeout(spec, typed);
  return verdict.kind === 'done' ? { kind: 'digits', step, digits: verdict.digits, end: verdict.end } : { kind: 'silence', step };
}

async function recorded(step: number, house: TerminalHouse): Promise<WithoutEvents | null> {
  const word = await house.keypad.word('recording', ['ok', 'empty', 'failed']);
  if (word === null) return null;
  return {
    kind: 'recorded',
    step,
    outcome: word === 'ok' ? { kind: 'ok', name: 'recording', durationMs: 3000 } : { kind: word as 'empty' | 'failed' },
  };
}

async function dialled(command: Command & { kind: 'dial' }, house: TerminalHouse): Promise<WithoutEvents | null> {
  const { target } = command;
  const who = target.kind === 'extension' ? target.extension : target.number;
  const outcome = await house.keypad.word(`dialling ${who}`, DIAL_OUTCOMES);
  if (outcome === null) return null;
  house.out(`  dialled ${who}\n`);
  return {
    kind: 'dialled',
    step: command.step,
    outcome: outcome as DialOutcome,
    sipCode: null,
    talkMs: outcome === 'answered' ? 60_000 : 0,
  };
}
