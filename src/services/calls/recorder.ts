import type { RecordingId } from '../../domain/ids.ts';
import type { Key } from '../../domain/keys.ts';
import type { Command, Input, RecordOutcome } from '../../flow/commands.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';
import { discardAudio } from './discard-audio.ts';
import type { Talk } from './talk.ts';

/** How much longer than its limits a recording may take before it is given up: the beep, and a busy Asterisk. */
const MARGIN_MS = 5000;

interface Current {
  readonly name: RecordingId;
  readonly step: number;
  readonly terminator: Key | 'any' | null;
  readonly cancel: () => void;
}

export interface RecorderHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  command(what: string, run: () => Promise<void>): Promise<boolean>;
  post(run: () => void): void;
  later(ms: number, fire: () => void): () => void;
  finished(input: Input): void;
}

/** What the caller says into the telephone: one recording at a time. A recording with no voice in it is empty. */
export class Recorder {
  readonly #host: RecorderHost;
  readonly #talk: Talk;
  #current: Current | null = null;

  constructor(host: RecorderHost, talk: Talk) {
    this.#host = host;
    this.#talk = talk;
  }

  start(command: Command & { kind: 'record' }): void {
    const { deps, record } = this.#host;
    const name = deps.ids.next('recording');
    const limit = command.maxMs + command.silenceMs + MARGIN_MS;
    const cancel = this.#host.later(limit, () => this.#giveUp(name));
    this.#current = { name, step: command.step, terminator: command.terminator, cancel };
    this.#talk.deaf(true);
    const { maxMs, silenceMs, terminator, beep } = command;
    const request = { name, maxMs, silenceMs, terminator, beep };
    void this.#host
      .command('record', () => deps.telephony.record(record.call.channelId, request))
      .then((ok) => {
        if (!ok) this.#host.post(() => this.#over(name, { kind: 'failed' }));
      });
  }

  /** A key while it is recorded: the one that ends it, ends it. Asterisk itself knows # and * only. */
  key(key: Key): void {
    const { name, terminator } = this.#current ?? {};
    if (name === undefined || (terminator !== 'any' && terminator !== key)) return;
    void this.#host.command('stop recording', () => this.#host.deps.telephony.stopRecording(name));
  }

  /** There is no line: what was being recorded is asked for again later. */
  forget(): void {
    this.#current?.cancel();
    this.#current = null;
  }

  /**
   * The caller left. What was said stays. A hang-up during the beep is lost on Asterisk: it goes on to record, and waits
   * four seconds for a voice (tried on 22.10.1), so it is told once more.
   */
  leave(): void {
    if (this.#current === null) return;
    const { deps, record } = this.#host;
    void this.#host.command('hangup', () => deps.telephony.hangup(record.call.channelId, 'normal'));
  }

  onFinished(event: TelephonyEvent & { kind: 'recording-finished' }): void {
    const voiced = event.ok && event.durationMs > 0 && event.talkingMs > 0;
    this.#over(
      event.name,
      voiced ? { kind: 'ok', name: event.name, durationMs: event.durationMs } : { kind: event.ok ? 'empty' : 'failed' },
    );
  }

  /** Asterisk never told the end. */
  #giveUp(name: string): void {
    this.#host.record.note('incident', { code: 'recording.stuck', name });
    void this.#host.command('stop recording', () => this.#host.deps.telephony.stopRecording(name));
    this.#over(name, { kind: 'failed' });
  }

  #over(name: string, outcome: RecordOutcome): void {
    const current = this.#current;
    if (current === null || current.name !== name) return;
    this.forget();
    if (outcome.kind === 'ok') this.#host.record.note('recording', { name, durationMs: outcome.durationMs });
    else discardAudio(this.#host.deps, current.name);
    this.#talk.deaf(false);
    this.#host.finished({ kind: 'recorded', step: current.step, outcome });
  }
}
