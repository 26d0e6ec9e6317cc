import type { Key } from '../../domain/keys.ts';
import type { CollectSpec, Command, Input, PromptItem } from '../../flow/commands.ts';
import { type Dialogue, type DialogueEffect, type DialogueInput, dialogueStep, openDialogue } from '../../flow/dialogue.ts';
import type { Media } from '../../ports/telephony.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';
import { preparePrompts } from './prompts.ts';

/** What talking at the phone needs of its call. */
export interface TalkHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  command(what: string, run: () => Promise<void>): Promise<boolean>;
  /** Runs in the call's mailbox. */
  post(run: () => void): void;
  /** A prompt or an input has come to its end. */
  finished(input: Input): void;
}

/** Carries out the dialogue's effects on the caller's channel: playbacks, stops, timers. */
export class Talk {
  readonly #host: TalkHost;
  readonly #dialogue: Dialogue<Media>;
  readonly #timers = new Map<string, () => void>();
  /** The job being prepared; audio that is ready for another one comes too late. */
  #preparing: symbol | null = null;
  #disposed = false;
  /** Asterisk did not take it: the log says why, and when the caller is gone that is nothing to tell of. */
  #refused: string | null = null;

  constructor(host: TalkHost) {
    this.#host = host;
    const { typeAheadKeys, playbackMarginMs, stopMarginMs } = host.deps.settings;
    this.#dialogue = openDialogue<Media>({ typeAheadKeys, playbackMarginMs, stopMarginMs });
  }

  /** Says the items, and gathers keys where `collect` asks for them. Audio is prepared outside the mailbox, so keys and hang-ups are never held up. */
  say(step: number, items: readonly PromptItem[], typeAhead: 'keep' | 'flush', collect: CollectSpec | null): void {
    const mine = Symbol('job');
    this.#preparing = mine;
    void preparePrompts(this.#host.deps, items).then(({ groups, incidents }) => {
      this.#host.post(() => {
        if (this.#preparing !== mine) return;
        this.#preparing = null;
        const { record } = this.#host;
        for (const { text, reason } of incidents) record.note('incident', { code: 'speech.failed', prompt: text, reason });
        const idPrefix = playbackPrefix(record.call.sessionId, step);
        record.heard.begins(idPrefix, groups);
        this.#step({ kind: 'begin', step, idPrefix, groups, collect, typeAhead });
      });
    });
  }

  /** True when the key had an effect on the prompt or ended the input. */
  key(key: Key): boolean {
    return this.#step({ kind: 'key', key });
  }

  playbackFinished(playback: string, ok: boolean): void {
    this.#host.record.heard.finished(playback, this.#host.deps.clock.now());
    this.#step({ kind: 'playback-finished', playback, ok });
  }

  /** While deaf, keys belong to a recording or a conversation and not to the flow. */
  deaf(on: boolean): void {
    this.#step({ kind: 'deaf', on });
  }

  /** Falls silent and forgets the job. */
  abort(): void {
    this.#preparing = null;
    this.#step({ kind: 'abort' });
  }

  /** Stops what a former process left playing for this wait: its playbacks can be named. */
  silence(waiting: Command): void {
    const items = 'items' in waiting ? waiting.items.length : 1;
    const { telephony } = this.#host.deps;
    const prefix = playbackPrefix(this.#host.record.call.sessionId, waiting.step);
    for (let n = 1; n <= items; n += 1) void this.#host.command('stop', () => telephony.stopPlayback(`${prefix}.${n}`));
  }

  /** There is no line to the caller: the job is forgotten without a word to Asterisk; keys typed ahead are kept. */
  freeze(): void {
    this.#preparing = null;
    this.#cancelTimers();
    dialogueStep(this.#dialogue, { kind: 'abort' });
  }

  /** The caller is gone: nothing is said, stopped or awaited any more. */
  dispose(): void {
    this.#cancelTimers();
    this.#preparing = null;
    this.#disposed = true;
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #step(input: DialogueInput<Media>): boolean {
    if (this.#disposed) return false;
    const effects = dialogueStep(this.#dialogue, input);
    for (const effect of effects) this.#apply(effect);
    return effects.some(({ kind }) => kind === 'stop' || kind === 'done');
  }

  #apply(effect: DialogueEffect<Media>): void {
    const { deps, record } = this.#host;
    switch (effect.kind) {
      case 'play':
        this.#play(effect.playback, effect.media);
        return;
      case 'stop':
        void this.#host.command('stop', () => deps.telephony.stopPlayback(effect.playback));
        return;
      case 'set-timer': {
        const { name, token, ms } = effect;
        this.#timers.get(name)?.();
        this.#timers.set(
          name,
          deps.clock.setTimer(ms, () => this.#host.post(() => this.#step({ kind: 'timer', name, token }))),
        );
        return;
      }
      case 'clear-timer':
        this.#timers.get(effect.name)?.();
        this.#timers.delete(effect.name);
        return;
      case 'done':
        this.#host.finished(effect.input);
        return;
      case 'key-dropped':
        deps.meter.keyDropped();
        record.note('key-dropped', { total: effect.total });
        return;
      case 'failed':
        if (effect.playback !== this.#refused) record.note('incident', { code: 'playback.failed', playback: effect.playback });
        return;
      case 'stuck':
        deps.meter.playbackStuck();
        record.note('incident', { code: 'playback.stuck', playback: effect.playback });
        return;
    }
  }

  #play(playback: string, media: readonly Media[]): void {
    const { telephony, clock } = this.#host.deps;
    this.#host.record.heard.started(playback, clock.now());
    void this.#host
      .command('play', () => telephony.play(this.#host.record.call.channelId, playback, media))
      .then((ok) => {
        if (ok) return;
        this.#host.record.heard.refused(playback);
        this.#host.post(() => {
          this.#refused = playback;
          this.playbackFinished(playback, false);
        });
      });
  }
}

/** Playbacks of one wait are `<session>.<step>.<n>`: after a restart they can still be named and stopped. */
function playbackPrefix(sessionId: string, step: number): string {
  return `${sessionId}.${step}`;
}
