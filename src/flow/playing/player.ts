import type { Command, Input } from '../commands.ts';
import { resume, start, type Turn } from '../interpreter.ts';
import type { Trigger } from '../session.ts';
import type { World } from '../world.ts';
import { deafen, type ImaginedPhone, openPhone, pause, press, runOut, say, typedSoFar } from './imagined-phone.ts';
import { type CallEnding, type Deed, fits, type Happening, type Play, type Played, type Wait } from './play.ts';

/** Turns between two deeds of somebody outside. The loop guard of the interpreter strikes long before, whatever its setting. */
const MOST_TURNS = 20_000;

/** How many keys may be pressed ahead where nobody says. */
export const TYPE_AHEAD_KEYS = 32;

/** A call in the middle of a deed: changed in place, never kept. */
interface Stage {
  readonly world: World;
  readonly phone: ImaginedPhone;
  readonly happenings: Happening[];
  end: CallEnding | null;
  /** The step of the look-up that was waited for already. */
  readonly waiting: number | null;
}

/** Places a call and plays it until somebody outside has to do something. Never throws. */
export function beginPlay(flow: string, trigger: Trigger, world: World, typeAheadKeys = TYPE_AHEAD_KEYS): Played {
  const stage: Stage = { world, phone: openPhone(typeAheadKeys), happenings: [], end: null, waiting: null };
  return follow(stage, start(flow, trigger, world));
}

/** Goes on with a call after a deed, to the next wait. A deed that does not fit changes nothing. Never throws, never changes `play`. */
export function goOn(play: Play, deed: Deed, world: World): Played {
  if (!fits(play.wait, deed)) return { play, happenings: [] };
  const { session, phone } = revived({ session: play.session, phone: play.phone });
  const { wait } = play;
  const waiting = wait.kind === 'look-up' ? wait.command.step : null;
  const end: CallEnding | null = play.end ?? (deed.kind === 'hang-up' ? { by: 'caller', cause: 'normal' } : null);
  const stage: Stage = { world, phone, happenings: [], end, waiting };
  if (end !== null && play.end === null) happened(stage, end);
  const input = inputOf(stage, wait, deed);
  const played =
    input === null
      ? { play: { ...play, session, phone, wait: waitAgain(wait, phone) }, happenings: stage.happenings }
      : follow(stage, resume(session, input, world));
  // Where no more keys follow, time passes until something else is done.
  if (deed.kind !== 'press' || !deed.more) pause(phone);
  return played;
}

/** Between two turns a session is what a store would give back. */
function revived<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** From turn to turn, until one waits for somebody outside. */
function follow(stage: Stage, first: Turn): Played {
  const { phone, happenings } = stage;
  const at = (turn: Turn, wait: Wait): Played => ({ play: { session: turn.session, phone, wait, end: stage.end }, happenings });
  let turn = first;
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    const next = carryOut(stage, turn);
    if (next.kind === 'wait') return at(turn, next.wait);
    turn = resume(revived(turn.session), next.input, stage.world);
  }
  return at(turn, { kind: 'endless' });
}

type Next = { readonly kind: 'input'; readonly input: Input } | { readonly kind: 'wait'; readonly wait: Wait };

/** Does what a turn asks for, as far as it can be done without anybody's doing. */
function carryOut(stage: Stage, turn: Turn): Next {
  const { command } = turn;
  const keys = note(stage, turn, command);
  if (command === null) return waiting({ kind: 'ended', ...(stage.end ?? NORMAL_END) });
  if (stage.end !== null && needsCaller(command)) return going({ kind: 'hung-up' });
  switch (command.kind) {
    case 'answer':
      return going({ kind: 'answered', step: command.step });
    case 'play':
      return going(talk(stage, command, keys) ?? { kind: 'finished', step: command.step, heard: 'failed' });
    case 'collect': {
      const input = talk(stage, command, keys) ?? late(stage.phone);
      return input === null ? waiting({ kind: 'keys', command, typed: '' }) : going(input);
    }
    case 'record':
      talk(stage, command, keys);
      deafen(stage.phone, true);
      return asked(stage, { kind: 'recording', command });
    case 'dial':
      deafen(stage.phone, true);
      return asked(stage, { kind: 'dialling', command });
    case 'queue':
      deafen(stage.phone, true);
      return asked(stage, { kind: 'queueing', command });
    case 'http':
    case 'action':
      return asked(stage, { kind: 'look-up', command });
    case 'hangup':
      return hangUp(stage, turn, command.cause);
  }
}

const NORMAL_END: CallEnding = { by: 'flow', cause: 'normal' };

/** The flow ends the call. What it does after it begins when nobody is there any more. */
function hangUp(stage: Stage, { session }: Turn, cause: CallEnding['cause']): Next {
  if (stage.end === null) happened(stage, (stage.end = { by: 'flow', cause }));
  return session.status === 'ended' ? waiting({ kind: 'ended', ...stage.end }) : going({ kind: 'hung-up' });
}

function happened({ happenings }: Stage, end: CallEnding): void {
  happenings.push({ kind: 'hung-up', ...end });
}

/** Whether the command is nothing without somebody at the telephone. */
function needsCaller(command: Command): boolean {
  switch (command.kind) {
    case 'answer':
    case 'play':
    case 'collect':
    case 'record':
    case 'dial':
    case 'queue':
      return true;
    case 'http':
    case 'action':
    case 'hangup':
      return false;
  }
}

/** Says what a command says. Gives the input that comes of it by itself. */
function talk({ phone, happenings }: Stage, command: Talking, keys: readonly (string | null)[]): Input | null {
  const { step, items } = command;
  const collect = command.kind === 'collect' ? command.spec : null;
  // A recording begins with a clean line, as on the telephone.
  const typeAhead = command.kind === 'play' ? command.typeAhead : (collect?.typeAhead ?? 'flush');
  return say(phone, { step, items, keys, typeAhead, collect }, (happening) => happenings.push(happening));
}
type Talking = Extract<Command, { kind: 'play' | 'collect' | 'record' }>;

/** Notes events and effects of a turn; gives the catalogue keys of what its command says. */
function note({ happenings }: Stage, { events, effects }: Turn, command: Command | null): readonly (string | null)[] {
  let keys: readonly (string | null)[] = [];
  for (const event of events) {
    happenings.push({ kind: 'event', event });
    if (event.kind === 'prompt') keys = event.keys;
  }
  for (const effect of effects) happenings.push({ kind: 'effect', effect });
  const items = command !== null && 'items' in command ? command.items : [];
  return keys.length === items.length ? keys : items.map(({ key }) => key);
}

function waiting(wait: Wait): Next {
  return { kind: 'wait', wait };
}

function going(input: Input): Next {
  return { kind: 'input', input };
}

function asked(stage: Stage, wait: Extract<Wait, { kind: 'recording' | 'dialling' | 'queueing' | 'look-up' }>): Next {
  if (stage.waiting !== wait.command.step) stage.happenings.push({ kind: 'asked', command: wait.command });
  return waiting(wait);
}

/** Keys pressed ahead that are not enough: nobody presses more, so the time for the next one runs out. */
function late(phone: ImaginedPhone): Input | null {
  return typedSoFar(phone) === '' ? null : runOut(phone);
}

/** What a deed makes of a wait; null when the wait goes on. */
function inputOf(stage: Stage, wait: Wait, deed: Deed): Input | null {
  const { phone } = stage;
  switch (deed.kind) {
    case 'hang-up':
      return deed.talked === true ? { kind: 'hung-up', talked: true } : { kind: 'hung-up' };
    case 'press':
      return pressed(phone, wait, deed);
    case 'silence':
      return runOut(phone);
    case 'recorded':
      deafen(phone, false);
      return wait.kind === 'recording' ? { kind: 'recorded', step: wait.command.step, outcome: deed.outcome } : null;
    case 'dialled':
      deafen(phone, false);
      return wait.kind === 'dialling'
        ? { kind: 'dialled', step: wait.command.step, outcome: deed.outcome, sipCode: deed.sipCode, talkMs: deed.talkMs }
        : null;
    case 'queued': {
      deafen(phone, false);
      const { kind: _kind, ...queued } = deed;
      return wait.kind === 'queueing' ? { ...queued, kind: 'queued', step: wait.command.step } : null;
    }
    case 'result':
      return wait.kind === 'look-up' ? answered(stage, wait.command, deed) : null;
  }
}

/** How long a recording lasts that a key ends. */
const SHORT_RECORDING_MS = 3000;

function pressed(phone: ImaginedPhone, wait: Wait, { keys, more }: Deed & { kind: 'press' }): Input | null {
  if (wait.kind === 'recording') {
    const { step, terminator } = wait.command;
    if (!keys.some((key) => terminator === 'any' || key === terminator)) return null;
    deafen(phone, false);
    return { kind: 'recorded', step, outcome: { kind: 'ok', name: 'recording', durationMs: SHORT_RECORDING_MS } };
  }
  if (wait.kind === 'queueing') {
    const key = keys.find((one) => wait.command.keys.includes(one));
    if (key === undefined) return null;
    deafen(phone, false);
    return { kind: 'queued', step: wait.command.step, how: 'key', key, waitedMs: 0, talkMs: 0, agent: null };
  }
  const input = press(phone, keys);
  return input ?? (more || wait.kind !== 'keys' ? null : late(phone));
}

/** An answer with its delay: the filler is heard, and what comes after the node's time is a timeout. */
function answered(stage: Stage, command: Extract<Command, { kind: 'http' | 'action' }>, deed: Deed & { kind: 'result' }): Input {
  const { step } = command;
  if (command.kind === 'http' && stage.end === null && deed.afterMs >= command.fillerAfterMs) {
    for (const item of command.filler) stage.happenings.push({ kind: 'heard', key: item.key, item });
  }
  if (deed.afterMs >= command.timeoutMs) return { kind: 'result', step, outcome: { kind: 'error', reason: 'timeout' } };
  return { kind: 'result', step, outcome: deed.outcome };
}

function waitAgain(wait: Wait, phone: ImaginedPhone): Wait {
  return wait.kind === 'keys' ? { ...wait, typed: typedSoFar(phone) } : wait;
}
