import { type CallRecording, partName, type RecordedPart, type RecordingPause } from '../../domain/call-recording.ts';
import { hasCode } from '../../domain/errors.ts';
import type { RecordingId } from '../../domain/ids.ts';
import type { Effect } from '../../flow/commands.ts';
import type { Release } from '../../flow/release.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';

/** How often it is looked whether Asterisk still writes; also the pause before a recording that failed is begun again. */
const LOOK_EVERY_MS = 10_000;
const DAY_MS = 86_400_000;
/** Both sides, 16 bits, 8 kHz. */
const BYTES_PER_MS = 32;

export interface CallRecorderHost {
  readonly deps: CallDeps;
  readonly record: CallRecord;
  readonly release: Release;
  post(run: () => void | Promise<void>): void;
  later(ms: number, fire: () => void): () => void;
}

/** The queue a caller is in, as far as recording goes. */
export interface RecordedQueue {
  readonly id: string;
  readonly record: boolean | null;
  readonly recordingDays: number | null;
}

/**
 * The recording of one call from the moment it is wanted to the call's end. Asterisk does it by itself, so that it goes on
 * without us; a pause ends one part of it and begins another. Nothing here ever holds up or ends the call: what fails is
 * told (journal, log, metrics) and tried again.
 */
export class CallRecorder {
  readonly #host: CallRecorderHost;
  #row: CallRecording | null = null;
  /** The flow, or the number, or the settings want it. */
  #wanted = false;
  /** Reasons against it, also from before it was wanted. */
  readonly #pauses = new Set<RecordingPause>();
  #over = false;
  #offline = false;
  #working: Promise<boolean> = Promise.resolve(true);
  #queue: { readonly id: string; readonly keepDays: number | null } | null = null;
  #seenBytes = 0;
  #failing = false;
  #cancelLook: () => void = () => undefined;
  #cancelPause: () => void = () => undefined;
  #told: () => void = () => undefined;

  constructor(host: CallRecorderHost) {
    this.#host = host;
  }

  get state(): 'off' | 'on' | 'paused' {
    if (!this.#wanted || this.#over || this.#pauses.has('queue') || this.#pauses.has('flow')) return 'off';
    return this.#pauses.size > 0 ? 'paused' : 'on';
  }

  /** Who is told when `state` may be another. */
  watchedBy(told: () => void): void {
    this.#told = told;
  }

  /** The call was answered: it is recorded from here on, where the flow, the number or the settings want it. */
  answered(): void {
    const { deps, release, record } = this.#host;
    const { call } = record;
    const number = call.direction === 'inbound' ? deps.routeFor(call.did)?.record : undefined;
    if (release.flows.get(call.flow)?.record ?? number ?? deps.settings.recordCalls) this.begin();
  }

  /** What a turn of the flow says of recording; done before the flow goes on. */
  async follow(effects: readonly Effect[]): Promise<void> {
    for (const effect of effects) if (effect.kind === 'record-call') await this.#asFlowSays(effect.on);
  }

  /** Records from now on; nothing when it does so already. */
  begin(): void {
    if (this.#wanted || this.#over) return;
    this.#wanted = true;
    void this.#sync();
  }

  /** The flow's word. A refusal is written down even where nothing was recorded yet: it counts for the whole call. */
  #asFlowSays(on: boolean): Promise<boolean> {
    if (on) {
      this.begin();
      return this.resume('flow');
    }
    this.#row ??= this.#fresh(this.#host.deps.clock.now());
    return this.pause('flow');
  }

  /** True when nothing is being recorded any more. An agent's pause ends by itself. */
  pause(why: RecordingPause): Promise<boolean> {
    if (this.#over || this.#pauses.has(why)) return this.#working;
    this.#pauses.add(why);
    this.#told();
    if (why === 'agent') this.#limitPause(this.#host.deps.clock.now() + this.#host.deps.settings.recordingPauseMs);
    this.#note('record-paused', { why });
    return this.#sync();
  }

  /** True when it is recorded again, or still has another reason not to be. */
  resume(why: RecordingPause): Promise<boolean> {
    if (!this.#pauses.delete(why)) return this.#working;
    this.#told();
    if (why === 'agent') this.#cancelPause();
    this.#note('record-resumed', { why });
    return this.#sync();
  }

  /** The caller joins a queue: its word counts until they leave it. */
  enters({ id, record, recordingDays }: RecordedQueue): void {
    this.#queue = { id, keepDays: recordingDays };
    if (record === false) void this.pause('queue');
    else void this.resume('queue');
    if (record === true) this.begin();
    void this.#sync();
  }

  leavesQueue(): void {
    void this.resume('queue');
  }

  /** There is no line: it goes on by itself, and nothing can be changed. */
  freeze(): void {
    this.#offline = true;
    this.#cancelLook();
    this.#cancelPause();
  }

  /** What a former process recorded of this call. */
  async recall(): Promise<void> {
    if (this.#row !== null || this.#over) return;
    const { callRecordings } = this.#host.deps;
    const found = await callRecordings.ofCall(this.#host.record.call.id).catch((error: unknown) => this.#alarm('recording.lost', error));
    if (found === undefined) return;
    this.#row = found;
    // One without a part was refused before it began.
    this.#wanted = found.parts.length > 0 || !found.pausedBy.includes('flow');
    for (const why of found.pausedBy) this.#pauses.add(why);
  }

  /** There is a line again, or another process had the call: goes on with what is recorded. Resolves when that is known. */
  async goOn(): Promise<void> {
    this.#offline = false;
    await this.recall();
    if (this.#row === null) return;
    if (this.#pauses.has('agent')) this.#limitPause(this.#row.pausedUntil ?? this.#host.deps.clock.now());
    void this.#sync(() => this.#check());
  }

  /** The call is over; what there is of it is put together. */
  async end(at: number): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#cancelLook();
    this.#cancelPause();
    await this.#working;
    if (this.#row === null) return;
    const open = this.#openPart();
    const parts = this.#row.parts.map((part) => (part.to === null ? { ...part, to: Math.max(part.from, at) } : part));
    this.#row = { ...this.#row, endedAt: at, parts, pausedBy: [], pausedUntil: null };
    // The channel is gone, and Asterisk's part of the recording with it; what joined its two sides is not.
    if (open !== null) await this.#host.deps.telephony.stopMonitor(open.name).catch(() => undefined);
    await this.#store();
    this.#host.deps.callRecorded(this.#row.id);
  }

  /** The process lets go of the call; Asterisk goes on. */
  dispose(): void {
    this.#over = true;
    this.#cancelLook();
    this.#cancelPause();
  }

  get #goes(): boolean {
    return this.#wanted && !this.#over && this.#pauses.size === 0;
  }

  /** One thing after the other, and what is wanted by then: makes what Asterisk does what it should do. */
  #sync(first?: () => Promise<void>): Promise<boolean> {
    this.#working = this.#working.then(async () => {
      if (this.#offline || this.#over) return false;
      await first?.();
      const open = this.#openPart();
      if (this.#goes && open === null) return this.#open();
      if (!this.#goes && open !== null) return this.#close(open.name);
      await this.#store();
      return true;
    });
    return this.#working;
  }

  async #open(): Promise<boolean> {
    const { deps, record } = this.#host;
    const { clock, telephony } = deps;
    const row = this.#row ?? this.#fresh(clock.now());
    this.#row = { ...row, parts: [...row.parts, { from: clock.now(), to: null }] };
    // On record before Asterisk hears of it: what it writes is found after a restart.
    await this.#store();
    const index = this.#row.parts.length - 1;
    try {
      await telephony.monitor(record.call.channelId, partName(row.id, index));
    } catch (error) {
      this.#row = { ...this.#row, parts: this.#row.parts.slice(0, -1) };
      return this.#failed(error);
    }
    this.#putPart(index, { from: clock.now(), to: null });
    this.#seenBytes = 0;
    await this.#store();
    if (index === 0) this.#note('record-begun', {});
    this.#look();
    return true;
  }

  async #close(name: string): Promise<boolean> {
    const { telephony, clock } = this.#host.deps;
    this.#cancelLook();
    try {
      await telephony.stopMonitor(name);
    } catch (error) {
      this.#alarm('recording.not-stopped', error);
      this.#cancelLook = this.#host.later(LOOK_EVERY_MS, () => void this.#sync());
      return false;
    }
    const index = (this.#row?.parts.length ?? 0) - 1;
    const part = this.#row?.parts[index];
    if (part !== undefined) this.#putPart(index, { ...part, to: clock.now() });
    await this.#store();
    return true;
  }

  /** After an outage: whether the part that was open still is. */
  async #check(): Promise<void> {
    const open = this.#openPart();
    if (open === null) return;
    const { telephony } = this.#host.deps;
    const lives = await telephony.isMonitored(open.name).catch(() => true);
    if (lives) return this.#look();
    await this.#breakOff(open);
  }

  /** Writes nothing any more, or is gone: the part ends where its audio does, and the next one begins. */
  async #breakOff({ name, index, part }: OpenPart): Promise<void> {
    const { telephony, callAudio, clock } = this.#host.deps;
    await telephony.stopMonitor(name).catch(() => undefined);
    const bytes = (await callAudio.partSize(name).catch(() => undefined)) ?? 0;
    this.#putPart(index, { from: part.from, to: Math.min(clock.now(), part.from + Math.round(bytes / BYTES_PER_MS)) });
  }

  #look(): void {
    this.#cancelLook();
    this.#cancelLook = this.#host.later(LOOK_EVERY_MS, () => void this.#sync(() => this.#grows()));
  }

  /** A full disk is told to nobody: Asterisk goes on, and the file does not grow. */
  async #grows(): Promise<void> {
    const open = this.#openPart();
    if (open === null) return;
    const bytes = (await this.#host.deps.callAudio.partSize(open.name).catch(() => undefined)) ?? 0;
    if (bytes > this.#seenBytes) {
      this.#seenBytes = bytes;
      this.#failing = false;
      return this.#look();
    }
    this.#alarm('recording.not-written', new Error(`the file of ${open.name} does not grow: is the disk full?`));
    await this.#breakOff(open);
  }

  #failed(error: unknown): boolean {
    // A call that ends in this moment is no trouble.
    if (hasCode(error, 'telephony.gone', 'telephony.disconnected')) return false;
    this.#alarm('recording.not-begun', error);
    void this.#store();
    this.#cancelLook();
    this.#cancelLook = this.#host.later(LOOK_EVERY_MS, () => void this.#sync());
    return false;
  }

  #limitPause(until: number): void {
    const { clock } = this.#host.deps;
    if (this.#row !== null) this.#row = { ...this.#row, pausedUntil: until };
    this.#cancelPause();
    this.#cancelPause = this.#host.later(Math.max(0, until - clock.now()), () => void this.resume('agent'));
  }

  #fresh(now: number): CallRecording {
    const { record, deps } = this.#host;
    const { id: callId, brand } = record.call;
    const nothing = { endedAt: null, parts: [], pausedBy: [], pausedUntil: null, durationMs: 0, peaks: '' };
    const id: RecordingId = deps.ids.next('recording');
    const keepUntil = now + deps.settings.callRecordingKeepMs;
    return { id, brand, callId, queue: null, state: 'open', startedAt: now, keepUntil, ...nothing };
  }

  #openPart(): OpenPart | null {
    const index = (this.#row?.parts.length ?? 0) - 1;
    const part = this.#row?.parts[index];
    return this.#row === null || part === undefined || part.to !== null ? null : { name: partName(this.#row.id, index), index, part };
  }

  #putPart(index: number, part: RecordedPart): void {
    if (this.#row !== null) this.#row = { ...this.#row, parts: this.#row.parts.with(index, part) };
  }

  /** How long it is kept, as the last queue said. */
  #kept(startedAt: number): Partial<Pick<CallRecording, 'queue' | 'keepUntil'>> {
    if (this.#queue === null) return {};
    const { id: queue, keepDays } = this.#queue;
    return { queue, ...(keepDays === null ? {} : { keepUntil: startedAt + keepDays * DAY_MS }) };
  }

  /** A database that refuses now is told again with the next change. */
  async #store(): Promise<void> {
    if (this.#row === null) return;
    const pausedUntil = this.#pauses.has('agent') ? this.#row.pausedUntil : null;
    this.#row = { ...this.#row, pausedBy: [...this.#pauses], pausedUntil, ...this.#kept(this.#row.startedAt) };
    await this.#host.deps.callRecordings.put(this.#row).catch((error: unknown) => this.#alarm('recording.not-stored', error));
  }

  #note(kind: 'record-begun' | 'record-paused' | 'record-resumed', data: Readonly<Record<string, string>>): void {
    if (!this.#wanted || this.#over) return;
    this.#host.record.note(kind, data);
    void this.#host.record.save();
  }

  /** Told once for as long as it lasts; the call goes on. */
  #alarm(code: string, error: unknown): undefined {
    const { log, meter } = this.#host.deps;
    meter.callRecordingFailed();
    log.error({ callId: this.#host.record.call.id, code, err: error }, 'a call is not recorded as it should be; the call goes on');
    if (!this.#failing) this.#host.record.note('incident', { code });
    void this.#host.record.save();
    this.#failing = true;
    return undefined;
  }
}

interface OpenPart {
  readonly name: string;
  readonly index: number;
  readonly part: RecordedPart;
}
