import type { Command, Input } from '../../flow/commands.ts';
import type { TelephonyEvent } from '../../ports/telephony.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';
import type { Talk } from './talk.ts';

type RecordOutcome = (Input & { kind: 'recorded' })['outcome'];

export interface RecorderHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  command(what: string, run: () => Promise<void>): Promise<boolean>;
  post(run: () => void): void;
  finished(input: Input): void;
}

/** What the caller says into the telephone: one recording at a time. A recording with no voice in it is empty. */
export class Recorder {
  readonly #host: RecorderHost;
  readonly #talk: Talk;
  #current: { readonly name: string; readonly step: number } | null = null;

  constructor(host: RecorderHost, talk: Talk) {
    this.#host = host;
    this.#talk = talk;
  }

  start(command: Command & { kind: 'record' }): void {
    const { deps, record } = this.#host;
    const name = deps.ids.next('recording');
    this.#current = { name, step: command.step };
    this.#talk.deaf(true);
    const { maxMs, silenceMs, terminator, beep } = command;
    const request = { name, maxMs, silenceMs, terminator, beep };
    void this.#host
      .command('record', () => deps.telephony.record(record.call.channelId, request))
      .then((ok) => {
        if (!ok) this.#host.post(() => this.#over(name, { kind: 'failed' }));
      });
  }

  onFinished(event: TelephonyEvent & { kind: 'recording-finished' }): void {
    const voiced = event.ok && event.durationMs > 0 && event.talkingMs > 0;
    this.#over(
      event.name,
      voiced ? { kind: 'ok', name: event.name, durationMs: event.durationMs } : { kind: event.ok ? 'empty' : 'failed' },
    );
  }

  #over(name: string, outcome: RecordOutcome): void {
    const current = this.#current;
    if (current === null || current.name !== name) return;
    this.#current = null;
    if (outcome.kind === 'ok') this.#host.record.note('recording', { name, durationMs: outcome.durationMs });
    this.#talk.deaf(false);
    this.#host.finished({ kind: 'recorded', step: current.step, outcome });
  }
}
