import type { SimulationId, TokenId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { PromptItem } from '../../flow/commands.ts';
import type { Deed, Play, Played, Wait } from '../../flow/playing/play.ts';
import type { Release } from '../../flow/release.ts';
import { whomOf } from '../../flow/scenario/call.ts';
import { nameOfLookUp } from '../../flow/scenario/look-ups.ts';
import type { PlayedStep } from '../../flow/scenario/played-call.ts';
import type { Trigger } from '../../flow/session.ts';
import { hiding, type Told, tell, tellDeed, variablesOf } from './told.ts';

export type SimulationSource = 'published' | 'draft' | 'text';

/** One simulation in memory: changed in place, by one input at a time. */
export interface Simulation {
  readonly id: SimulationId;
  readonly login: TokenId;
  readonly flow: string;
  readonly source: SimulationSource;
  readonly release: Release;
  /** Look-ups are answered by the real systems without being asked for. */
  readonly live: boolean;
  /** Whether that may be asked for at all. */
  readonly mayAsk: boolean;
  /** null: the real clock. */
  readonly at: number | null;
  /** What chance says: the same for the whole call, so that it can be written down. */
  readonly random: number;
  readonly trigger: Trigger;
  /** Its clock when it began, UTC ms. */
  readonly begun: number;
  /** What was done, and what came of it. */
  readonly steps: PlayedStep[];
  /** Ends what is being looked up. */
  readonly stop: AbortController;
  play: Play;
  readonly told: Told[];
  /** The items of `told` that can be listened to, by place. */
  readonly items: Map<number, PromptItem>;
  /** How far the clock was moved on. */
  movedMs: number;
  /** How far it was moved on by hand since the last deed. */
  waitedMs: number;
  inputs: number;
  usedAt: number;
  busy: boolean;
}

/** What a simulation waits for, as data. */
export type Waiting =
  | {
      readonly kind: 'keys';
      readonly typed: number;
      readonly secret: boolean;
      readonly firstDigitMs: number;
      readonly interDigitMs: number;
      /** The options of a menu; empty for other input. */
      readonly options: readonly string[];
    }
  | { readonly kind: 'recording'; readonly maxMs: number; readonly silenceMs: number }
  | { readonly kind: 'look-up'; readonly name: string; readonly timeoutMs: number }
  | { readonly kind: 'dialling'; readonly to: string; readonly ringMs: number }
  | { readonly kind: 'queueing'; readonly queue: string; readonly keys: readonly string[] }
  | { readonly kind: 'ended'; readonly by: 'flow' | 'caller'; readonly cause: string }
  | { readonly kind: 'endless' };

/** A simulation as it is shown. */
export interface SimulationView {
  readonly id: SimulationId;
  readonly flow: string;
  readonly source: SimulationSource;
  /** The language of the call at this moment. */
  readonly language: Language;
  /** UTC ms on its clock. */
  readonly now: number;
  readonly live: boolean;
  readonly waiting: Waiting;
  /** Where the call stands, the outermost flow first; empty when it has ended. */
  readonly stack: readonly { readonly flow: string; readonly node: string }[];
  readonly variables: ValueMap;
  /** Variables that are kept secret. */
  readonly hidden: readonly string[];
  /** Lines of what happened; `first` is the place of the first one. */
  readonly first: number;
  readonly told: readonly Told[];
}

/** Takes down what a deed led to. */
export function note(simulation: Simulation, deed: Deed | null, before: Wait | null, { play, happenings }: Played): void {
  const { told, items, release } = simulation;
  const hide = hiding(play, release);
  if (deed !== null) {
    const secretAsked = before?.kind === 'keys' && before.command.spec.secret;
    const secretTaken = happenings.some((one) => one.kind === 'event' && one.event.kind === 'digits' && one.event.digits === null);
    const secretAhead = play.wait.kind === 'keys' && play.wait.command.spec.secret && play.wait.typed !== '';
    told.push(tellDeed(deed, secretAsked || secretTaken || secretAhead));
  }
  for (const happening of happenings) {
    const line = tell(happening, hide);
    if (line === null) continue;
    if (happening.kind === 'heard' || happening.kind === 'unheard') items.set(told.length, happening.item);
    told.push(line);
  }
  const waited = simulation.waitedMs === 0 ? {} : { waitedMs: simulation.waitedMs };
  simulation.steps.push({ at: before, deed, played: { play, happenings }, ...waited });
  simulation.waitedMs = 0;
  simulation.play = play;
}

/** `first`: lines before it are known already. */
export function viewOf(simulation: Simulation, now: number, first: number): SimulationView {
  const { id, flow, source, live, play, told, release } = simulation;
  return {
    id,
    flow,
    source,
    language: play.session.language,
    now,
    live,
    waiting: waitingOf(play.wait),
    stack: play.session.stack.map((frame) => ({ flow: frame.flow, node: frame.node })),
    ...variablesOf(play, release),
    first,
    told: told.slice(first),
  };
}

function waitingOf(wait: Wait): Waiting {
  switch (wait.kind) {
    case 'keys': {
      const { match, secret, firstDigitMs, interDigitMs } = wait.command.spec;
      const options = match.kind === 'options' ? match.options : [];
      return { kind: 'keys', typed: wait.typed.length, secret, firstDigitMs, interDigitMs, options };
    }
    case 'recording':
      return { kind: 'recording', maxMs: wait.command.maxMs, silenceMs: wait.command.silenceMs };
    case 'look-up':
      return { kind: 'look-up', name: nameOfLookUp(wait.command), timeoutMs: wait.command.timeoutMs };
    case 'dialling':
      return { kind: 'dialling', to: whomOf(wait.command), ringMs: wait.command.ringMs };
    case 'queueing':
      return { kind: 'queueing', queue: wait.command.queue, keys: wait.command.keys };
    case 'ended':
      return { kind: 'ended', by: wait.by, cause: wait.cause };
    case 'endless':
      return { kind: 'endless' };
  }
}
