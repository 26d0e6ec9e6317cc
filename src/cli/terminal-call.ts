import { TRANSFER_OUTCOMES, type TransferOutcome } from '../domain/dial-outcome.ts';
import { isKey } from '../domain/keys.ts';
import { maskNumber } from '../domain/mask-number.ts';
import type { Value } from '../domain/value.ts';
import { type Command, type Effect, type FlowEvent, type PromptItem, QUEUED_ENDS, type QueuedEnd } from '../flow/commands.ts';
import type { Deed, Happening, RecordOutcome, ResultOutcome, Wait } from '../flow/playing/play.ts';
import { beginPlay, goOn } from '../flow/playing/player.ts';
import { whomOf } from '../flow/scenario/call.ts';
import type { PlayedStep } from '../flow/scenario/played-call.ts';
import type { Trigger } from '../flow/session.ts';
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
  /** Told of everything, for who writes it down. */
  readonly onStep?: (step: PlayedStep) => void;
}

const TALK_MS = 60_000;
const RECORDING_MS = 3000;

/** Plays one call in the terminal and prints its transcript. Ends with the flow, or with the last key, and what the flow does after the call. */
export async function playCall(flow: string, trigger: Trigger, house: TerminalHouse): Promise<void> {
  const line = transcript();
  let played = beginPlay(flow, trigger, house.world);
  house.onStep?.({ deed: null, at: null, played });
  for (;;) {
    for (const happening of played.happenings) house.out(line(happening));
    const { wait } = played.play;
    const deed = await deedOf(wait, house);
    if (deed === null) return;
    played = goOn(played.play, deed, house.world);
    house.onStep?.({ deed, at: wait, played });
  }
}

/** What happens next; null when the call is over, which is told. */
function deedOf(wait: Wait, house: TerminalHouse): Promise<Deed | null> | null {
  switch (wait.kind) {
    case 'keys':
      return keys(wait, house);
    case 'recording':
      return recorded(house);
    case 'look-up':
      return lookedUp(wait.command, house);
    case 'dialling':
      return dialled(wait.command, house);
    case 'queueing':
      return queued(wait.command, house);
    case 'ended':
      return null;
    case 'endless':
      house.out('-- the flow goes on without end\n');
      return null;
  }
}

const HANG_UP: Deed = { kind: 'hang-up' };

async function keys({ command }: Wait & { kind: 'keys' }, { keypad, out }: TerminalHouse): Promise<Deed> {
  const typed = await keypad.keys();
  if (typed === null) return HANG_UP;
  out(`> ${typed === '' ? '(silence)' : command.spec.secret ? '*'.repeat(typed.length) : typed}\n`);
  const pressed = [...typed.toUpperCase()].filter(isKey);
  return pressed.length === 0 ? { kind: 'silence' } : { kind: 'press', keys: pressed, more: false };
}

async function recorded({ keypad }: TerminalHouse): Promise<Deed> {
  const word = await keypad.word('recording', ['ok', 'empty', 'failed']);
  if (word === null) return HANG_UP;
  const outcome: RecordOutcome =
    word === 'ok' ? { kind: 'ok', name: 'recording', durationMs: RECORDING_MS } : { kind: word as 'empty' | 'failed' };
  return { kind: 'recorded', outcome };
}

async function lookedUp(command: Command & { kind: 'http' | 'action' }, house: TerminalHouse): Promise<Deed> {
  const outcome = command.kind === 'http' ? requested(house.httpAnswer) : await acted(command, house);
  return { kind: 'result', outcome, afterMs: 0 };
}

function requested(value: Value | undefined): ResultOutcome {
  return value === undefined ? { kind: 'error', reason: 'unreachable' } : { kind: 'ok', value };
}

function acted(command: Command & { kind: 'action' }, house: TerminalHouse): Promise<ResultOutcome> {
  return house.act(command).then(
    (value) => ({ kind: 'ok', value }),
    () => ({ kind: 'error', reason: 'failed' }),
  );
}

async function dialled(command: Command & { kind: 'dial' }, house: TerminalHouse): Promise<Deed> {
  const who = whomOf(command);
  const word = await house.keypad.word(`dialling ${who}`, TRANSFER_OUTCOMES);
  if (word === null) return HANG_UP;
  house.out(`  dialled ${who}\n`);
  const outcome = word as TransferOutcome;
  return { kind: 'dialled', outcome, sipCode: null, talkMs: outcome === 'answered' ? TALK_MS : 0 };
}

async function queued({ queue, keys }: Command & { kind: 'queue' }, house: TerminalHouse): Promise<Deed> {
  const word = await house.keypad.word(`waiting in the queue ${queue}`, [...QUEUED_ENDS, ...keys]);
  if (word === null) return HANG_UP;
  if (isKey(word) && keys.includes(word)) return { kind: 'press', keys: [word], more: false };
  house.out(`  queue ${queue}: ${word}\n`);
  const how = word as QueuedEnd;
  return { kind: 'queued', how, key: null, waitedMs: 0, talkMs: how === 'served' ? TALK_MS : 0, agent: null };
}

/** Words for people: numbers in them are masked, as everywhere. */
const LONG_NUMBER = /\d[\d ]{5,}\d/g;

/** Makes lines of what happens; it remembers how often the question of the moment was heard. */
function transcript(): (happening: Happening) => string {
  let asking: Asking = { node: '', heard: 0, silences: 0 };
  return (happening) => {
    if (happening.kind === 'event') asking = asked(asking, happening.event);
    return line(happening, asking);
  };
}

/** How a node's question has fared since the node was entered. */
interface Asking {
  readonly node: string;
  readonly heard: number;
  readonly silences: number;
}

function asked(before: Asking, event: FlowEvent): Asking {
  switch (event.kind) {
    case 'node-entered':
      return { node: event.node, heard: 0, silences: 0 };
    case 'prompt':
      return { ...before, heard: before.heard + 1 };
    case 'no-input':
      return { ...before, silences: event.count };
    default:
      return before;
  }
}

function line(happening: Happening, asking: Asking): string {
  switch (happening.kind) {
    case 'event':
      return sentence(happening.event, asking);
    case 'heard':
      return `  ${heard(happening.item)}\n`;
    case 'effect':
      return `  + ${causedBy(happening.effect)}\n`;
    case 'hung-up':
      return happening.by === 'caller' ? '-- the caller hung up\n' : `-- the flow hung up (${happening.cause})\n`;
    case 'unheard':
    case 'asked':
      return '';
  }
}

function heard(item: PromptItem): string {
  return item.kind === 'recording' ? '(what was recorded)' : `${item.language}: ${item.text.replace(LONG_NUMBER, maskNumber)}`;
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
    case 'record-call':
      return effect.on ? 'the call is recorded' : 'the call is recorded no more';
    case 'consent':
      return `consent ${effect.draft.type}: ${effect.draft.status}`;
    case 'callback':
      return `callback: ${effect.draft.group}`;
    case 'missed':
      return `missed call: ${effect.draft.target.kind} ${effect.draft.target.id}`;
  }
}

/** Why a question is asked no more. */
function givenUp(node: string, exit: string, { node: asked, heard, silences }: Asking): string {
  if (heard === 0 || node !== asked || (exit !== 'exhausted' && exit !== 'noInput' && exit !== 'noMatch')) return '';
  const wrong = heard - silences;
  const how = [silences === 0 ? '' : `${silences} without keys`, wrong === 0 ? '' : `${wrong} with keys that do not fit`];
  return ` (${node} was heard ${times(heard)}, as often as its attempts allow: ${how.filter((one) => one !== '').join(', ')})`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function sentence(event: FlowEvent, asking: Asking): string {
  switch (event.kind) {
    case 'node-entered':
      return `${event.flow}/${event.node} (${event.type})\n`;
    case 'prompt':
      // What is heard of it is told by itself.
      return '';
    case 'digits':
      return event.end === 'matched' ? '' : `  (${event.end}: ${event.digits ?? `${event.length} keys`})\n`;
    case 'no-input':
      return `  (no input, ${event.count})\n`;
    case 'exit':
      return event.exit === 'next' ? '' : `  ${event.exit} -> ${event.to ?? 'built-in end'}${givenUp(event.node, event.exit, asking)}\n`;
    case 'language':
      return `  (language: ${event.language})\n`;
    case 'result':
      return `  ${event.name}: ${event.outcome}\n`;
    case 'fault':
      return `  ! ${event.code}: ${event.message}\n`;
  }
}
