import type { Key } from '../domain/keys.ts';
import type { CollectSpec, Input } from './commands.ts';
import { matchKey, matchTimeout, type Verdict } from './matching.ts';

/**
 * What happens at the phone while one command of a flow is carried out: prompts one after the other, barge-in, the
 * type-ahead buffer, the three timers. A value machine like the interpreter: inputs in, effects out, nothing waits.
 *
 * Invariants: at most one playback is under way; `done` is given once per begun job, after its last playback has
 * finished; every timer and playback input is fenced by its id, so late and double events change nothing.
 */

/** Prompts that stop together: one playback on the channel. `M` is whatever the caller plays; never looked at here. */
export interface PromptGroup<M> {
  readonly media: readonly M[];
  readonly bargeIn: boolean;
  readonly durationMs: number;
}

export type TimerName = 'digit' | 'swallow' | 'watchdog';

export type DialogueInput<M> =
  | {
      readonly kind: 'begin';
      readonly step: number;
      /** Makes this job's playback ids: `<idPrefix>.<n>`, n from 1. */
      readonly idPrefix: string;
      readonly groups: readonly PromptGroup<M>[];
      readonly collect: CollectSpec | null;
      readonly typeAhead: 'keep' | 'flush';
    }
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'playback-finished'; readonly playback: string; readonly ok: boolean }
  | { readonly kind: 'timer'; readonly name: TimerName; readonly token: number }
  /** Keys are not for the flow now (recording, talking): they are thrown away while `on`. */
  | { readonly kind: 'deaf'; readonly on: boolean }
  /** Gives up the job without a result: what is heard stops. */
  | { readonly kind: 'abort' };

export type DialogueEffect<M> =
  | { readonly kind: 'play'; readonly playback: string; readonly media: readonly M[] }
  | { readonly kind: 'stop'; readonly playback: string }
  | { readonly kind: 'set-timer'; readonly name: TimerName; readonly token: number; readonly ms: number }
  | { readonly kind: 'clear-timer'; readonly name: TimerName }
  | { readonly kind: 'done'; readonly input: Input }
  | { readonly kind: 'key-dropped'; readonly total: number }
  /** It ended by itself and not well: nothing, or not all of it, was heard. */
  | { readonly kind: 'failed'; readonly playback: string }
  /** PlaybackFinished never came: the prompt was given up. */
  | { readonly kind: 'stuck'; readonly playback: string };

interface Job<M> {
  readonly step: number;
  readonly spec: CollectSpec | null;
  readonly flush: boolean;
  readonly idPrefix: string;
  playbacks: number;
  groups: readonly PromptGroup<M>[];
  playing: { readonly id: string; readonly bargeIn: boolean; stopping: boolean } | null;
  typed: string;
  heard: 'all' | 'cut' | 'failed';
  result: Input | null;
}

export interface Dialogue<M> {
  buffer: Key[];
  dropped: number;
  deaf: boolean;
  swallow: Key | null;
  job: Job<M> | null;
  tokens: Record<TimerName, number>;
  readonly limits: DialogueLimits;
}

export interface DialogueLimits {
  /** Keys kept ahead of the flow; more are dropped and counted (behaviour 8). */
  readonly typeAheadKeys: number;
  /** How much longer than its length a playback may take before it counts as stuck. */
  readonly playbackMarginMs: number;
  /** How long Asterisk may take to confirm a stop. */
  readonly stopMarginMs: number;
}

/** A fresh dialogue. */
export function openDialogue<M>(limits: DialogueLimits): Dialogue<M> {
  return { buffer: [], dropped: 0, deaf: false, swallow: null, job: null, tokens: { digit: 0, swallow: 0, watchdog: 0 }, limits };
}

/** Takes one input, changes the dialogue, gives the effects to be carried out in order. */
export function dialogueStep<M>(dialogue: Dialogue<M>, input: DialogueInput<M>): DialogueEffect<M>[] {
  const effects: DialogueEffect<M>[] = [];
  switch (input.kind) {
    case 'begin':
      begin(dialogue, input, effects);
      break;
    case 'key':
      if (!dialogue.deaf) takeKey(dialogue, input.key, effects);
      break;
    case 'playback-finished':
      if (!input.ok && isUncut(dialogue, input.playback)) effects.push({ kind: 'failed', playback: input.playback });
      playbackEnded(dialogue, input.playback, input.ok, effects);
      break;
    case 'timer':
      if (dialogue.tokens[input.name] === input.token) timerFired(dialogue, input.name, effects);
      break;
    case 'deaf':
      dialogue.deaf = input.on;
      if (input.on) dialogue.buffer = [];
      break;
    case 'abort':
      abort(dialogue, effects);
      break;
  }
  return effects;
}

function begin<M>(dialogue: Dialogue<M>, input: DialogueInput<M> & { kind: 'begin' }, effects: DialogueEffect<M>[]): void {
  const flush = input.typeAhead === 'flush';
  if (flush) dialogue.buffer = [];
  dialogue.job = {
    step: input.step,
    spec: input.collect,
    flush,
    idPrefix: input.idPrefix,
    playbacks: 0,
    groups: input.groups,
    playing: null,
    typed: '',
    heard: 'all',
    result: null,
  };
  proceed(dialogue, dialogue.job, effects);
}

/** Plays the next group that may be heard; after the last one listens, or ends. */
function proceed<M>(dialogue: Dialogue<M>, job: Job<M>, effects: DialogueEffect<M>[]): void {
  while (job.groups.length > 0 && job.playing === null) {
    const [group, ...rest] = job.groups as [PromptGroup<M>, ...PromptGroup<M>[]];
    job.groups = rest;
    if (group.media.length === 0) continue;
    // Keys that are there already cut a prompt before its first sample (behaviours 4 and 5).
    if (group.bargeIn && (job.typed !== '' || job.result !== null || dialogue.buffer.length > 0)) {
      job.heard = 'cut';
      continue;
    }
    startGroup(dialogue, job, group, effects);
  }
  if (job.playing !== null) return;
  if (job.result === null) listen(dialogue, job, effects);
  if (job.result !== null) finish(dialogue, job.result, effects);
}

function startGroup<M>(dialogue: Dialogue<M>, job: Job<M>, group: PromptGroup<M>, effects: DialogueEffect<M>[]): void {
  job.playbacks += 1;
  const id = `${job.idPrefix}.${job.playbacks}`;
  job.playing = { id, bargeIn: group.bargeIn, stopping: false };
  effects.push({ kind: 'play', playback: id, media: group.media });
  setTimer(dialogue, 'watchdog', group.durationMs + dialogue.limits.playbackMarginMs, effects);
}

/** All prompts are over: takes what was typed ahead, then waits for keys. A job without collecting ends here. */
function listen<M>(dialogue: Dialogue<M>, job: Job<M>, effects: DialogueEffect<M>[]): void {
  if (job.spec === null) {
    job.result = { kind: 'finished', step: job.step, heard: job.heard };
    return;
  }
  drain(dialogue, job, job.spec, effects);
  if (job.result === null && job.typed === '') setTimer(dialogue, 'digit', job.spec.firstDigitMs, effects);
}

function drain<M>(dialogue: Dialogue<M>, job: Job<M>, spec: CollectSpec, effects: DialogueEffect<M>[]): void {
  while (job.result === null && dialogue.buffer.length > 0) feed(dialogue, job, spec, dialogue.buffer.shift() as Key, effects);
}

function takeKey<M>(dialogue: Dialogue<M>, key: Key, effects: DialogueEffect<M>[]): void {
  if (swallowed(dialogue, key, effects)) return;
  const { job } = dialogue;
  const held = job?.playing !== null && job?.playing !== undefined && !job.playing.bargeIn;
  if (job === null || job.result !== null || job.spec === null || held) {
    if (!(held && job.flush)) keep(dialogue, key, effects);
    if (job !== null && !held) bargeIn(dialogue, job, effects);
    return;
  }
  // A key before its turn (typed ahead of a mandatory prompt) comes first.
  dialogue.buffer.push(key);
  drain(dialogue, job, job.spec, effects);
  bargeIn(dialogue, job, effects);
  if (job.playing === null && job.result !== null) finish(dialogue, job.result, effects);
}

/** Stops what is being heard, if it may be stopped. The rest of the list is skipped by `proceed`. */
function bargeIn<M>(dialogue: Dialogue<M>, job: Job<M>, effects: DialogueEffect<M>[]): void {
  if (job.playing === null || !job.playing.bargeIn || job.playing.stopping) return;
  if (job.typed === '' && job.result === null && dialogue.buffer.length === 0) return;
  job.playing.stopping = true;
  job.heard = 'cut';
  effects.push({ kind: 'stop', playback: job.playing.id });
  setTimer(dialogue, 'watchdog', dialogue.limits.stopMarginMs, effects);
}

function keep<M>(dialogue: Dialogue<M>, key: Key, effects: DialogueEffect<M>[]): void {
  if (dialogue.buffer.length < dialogue.limits.typeAheadKeys) {
    dialogue.buffer.push(key);
    return;
  }
  dialogue.dropped += 1;
  effects.push({ kind: 'key-dropped', total: dialogue.dropped });
}

function feed<M>(dialogue: Dialogue<M>, job: Job<M>, spec: CollectSpec, key: Key, effects: DialogueEffect<M>[]): void {
  const verdict = matchKey(spec, job.typed, key);
  if (verdict.kind === 'ignored') return;
  if (verdict.kind === 'done') {
    conclude(dialogue, job, spec, verdict, effects);
    return;
  }
  job.typed += key;
  setTimer(dialogue, 'digit', spec.interDigitMs, effects);
}

function conclude<M>(
  dialogue: Dialogue<M>,
  job: Job<M>,
  spec: CollectSpec,
  verdict: Verdict & { kind: 'done' },
  effects: DialogueEffect<M>[],
): void {
  clearTimer(dialogue, 'digit', effects);
  job.typed = verdict.digits;
  job.result = { kind: 'digits', step: job.step, digits: verdict.digits, end: verdict.end };
  if (verdict.full && spec.terminator !== null && spec.terminatorSwallowMs > 0) armSwallow(dialogue, spec, effects);
}

/** A terminator right after the full length belongs to this node and must not leak into the next (behaviour 15). */
function armSwallow<M>(dialogue: Dialogue<M>, spec: CollectSpec, effects: DialogueEffect<M>[]): void {
  if (dialogue.buffer[0] === spec.terminator) {
    dialogue.buffer.shift();
    return;
  }
  if (dialogue.buffer.length > 0) return;
  dialogue.swallow = spec.terminator;
  setTimer(dialogue, 'swallow', spec.terminatorSwallowMs, effects);
}

function swallowed<M>(dialogue: Dialogue<M>, key: Key, effects: DialogueEffect<M>[]): boolean {
  if (dialogue.swallow === null) return false;
  const hit = key === dialogue.swallow;
  dialogue.swallow = null;
  clearTimer(dialogue, 'swallow', effects);
  return hit;
}

function isUncut<M>({ job }: Dialogue<M>, playback: string): boolean {
  return job?.playing?.id === playback && !job.playing.stopping;
}

function playbackEnded<M>(dialogue: Dialogue<M>, playback: string, ok: boolean, effects: DialogueEffect<M>[]): void {
  const { job } = dialogue;
  if (job?.playing?.id !== playback) return;
  if (!ok && !job.playing.stopping) job.heard = 'failed';
  job.playing = null;
  clearTimer(dialogue, 'watchdog', effects);
  proceed(dialogue, job, effects);
}

function timerFired<M>(dialogue: Dialogue<M>, name: TimerName, effects: DialogueEffect<M>[]): void {
  const { job } = dialogue;
  dialogue.tokens[name] += 1;
  if (name === 'swallow') {
    dialogue.swallow = null;
    return;
  }
  if (job === null) return;
  if (name === 'watchdog') {
    if (job.playing === null) return;
    const { id, stopping } = job.playing;
    effects.push({ kind: 'stuck', playback: id });
    if (!stopping) effects.push({ kind: 'stop', playback: id });
    playbackEnded(dialogue, id, false, effects);
    return;
  }
  if (job.spec === null || job.result !== null) return;
  if (job.typed === '') job.result = { kind: 'silence', step: job.step };
  else conclude(dialogue, job, job.spec, matchTimeout(job.spec, job.typed) as Verdict & { kind: 'done' }, effects);
  if (job.playing === null) finish(dialogue, job.result as unknown as Input, effects);
}

function abort<M>(dialogue: Dialogue<M>, effects: DialogueEffect<M>[]): void {
  const playing = dialogue.job?.playing;
  dialogue.job = null;
  if (playing !== null && playing !== undefined && !playing.stopping) effects.push({ kind: 'stop', playback: playing.id });
  clearTimer(dialogue, 'digit', effects);
  clearTimer(dialogue, 'watchdog', effects);
}

function finish<M>(dialogue: Dialogue<M>, input: Input, effects: DialogueEffect<M>[]): void {
  dialogue.job = null;
  clearTimer(dialogue, 'digit', effects);
  effects.push({ kind: 'done', input });
}

function setTimer<M>(dialogue: Dialogue<M>, name: TimerName, ms: number, effects: DialogueEffect<M>[]): void {
  dialogue.tokens[name] += 1;
  effects.push({ kind: 'set-timer', name, token: dialogue.tokens[name], ms });
}

function clearTimer<M>(dialogue: Dialogue<M>, name: TimerName, effects: DialogueEffect<M>[]): void {
  dialogue.tokens[name] += 1;
  effects.push({ kind: 'clear-timer', name });
}
