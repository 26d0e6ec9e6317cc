import type { Attempts } from '../../domain/attempts.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { Call } from '../../domain/call.ts';
import type { CallbackDraft } from '../../domain/callback-request.ts';
import type { DirectoryRef, Telephone } from '../../domain/directory.ts';
import type { IdSource, RecordingId } from '../../domain/ids.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Language } from '../../domain/language.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { Release } from '../../flow/release.ts';
import type { FlowLimits } from '../../flow/world.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { CallEnds } from '../../ports/call-ends.ts';
import type { CallKeyStore } from '../../ports/call-keys.ts';
import type { CallAudioFiles, CallRecordingStore } from '../../ports/call-recordings.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConsentStore } from '../../ports/consents.ts';
import type { HttpClient } from '../../ports/http-client.ts';
import type { Log } from '../../ports/log.ts';
import type { RecordingFiles } from '../../ports/recordings.ts';
import type { Speech } from '../../ports/speech.ts';
import type { CallStore } from '../../ports/stores.ts';
import type { Telephony } from '../../ports/telephony.ts';
import type { TransferTarget } from '../floor/seat.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { CallWatch } from './call-watch.ts';
import type { Reach } from './conversation/reached.ts';
import type { FloorOfCalls } from './floor-of-calls.ts';

/** Where a dialled number leads. */
export interface Route {
  readonly brand: BrandId;
  readonly flow: string;
  readonly language: Language;
  /** What the flow is given; absent: nothing. */
  readonly params?: ValueMap;
  /** Whether its calls are recorded; absent: as the flow and the settings say. */
  readonly record?: boolean;
}

export interface CallSettings {
  readonly zone: string;
  readonly limits: FlowLimits;
  /** What a call without a route is counted under. */
  readonly noRoute: Route;
  readonly typeAheadKeys: number;
  readonly maxCallMs: number;
  /** How much longer than its length a playback may take before it counts as stuck. */
  readonly playbackMarginMs: number;
  readonly stopMarginMs: number;
  /** After a hang-up was announced, how long the channel's end is waited for before the call is closed anyway. */
  readonly endMarginMs: number;
  /** First pause before a change that could not be stored is tried again; doubles up to a minute. */
  readonly storeRetryMs: number;
  /** How long what callers said is kept. */
  readonly recordingKeepMs: number;
  /** Whether calls are recorded whose number and flow say nothing of it. */
  readonly recordCalls: boolean;
  /** How long recordings of calls are kept whose queue does not say. */
  readonly callRecordingKeepMs: number;
  /** An agent's pause of a recording ends by itself after this time. */
  readonly recordingPauseMs: number;
  /** How long whom a call is passed on to is rung. */
  readonly transferRingMs: number;
  /** Who greets for longer is a machine. */
  readonly machineGreetingMs: number;
  /** How long the caller is kept with music for an agent whose telephone is gone. */
  readonly agentLostMs: number;
}

export interface CallDeps {
  readonly telephony: Telephony;
  readonly store: CallStore;
  readonly keys: CallKeyStore;
  readonly consents: Pick<ConsentStore, 'of'>;
  readonly speech: Speech;
  readonly recordings: Pick<RecordingFiles, 'pathOf' | 'size' | 'remove'>;
  readonly callRecordings: Pick<CallRecordingStore, 'put' | 'ofCall'>;
  readonly callAudio: Pick<CallAudioFiles, 'partSize'>;
  /** A recorded call is over: its recording can be put together. */
  readonly callRecorded: (id: RecordingId) => void;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: () => number;
  readonly log: Log;
  readonly meter: Metrics;
  readonly releases: { newest(): Release | null; get(id: number): Promise<Release | undefined> };
  readonly routeFor: (did: string) => Route | undefined;
  readonly actions: Readonly<Record<string, ActionHandler>>;
  readonly http: HttpClient;
  /** Where callers wait for agents. */
  readonly floor: FloorOfCalls;
  /** The Asterisk endpoint that reaches the target, or undefined when nothing can. */
  readonly endpointFor: (target: Telephone) => string | undefined;
  /** Whom to ring for somebody of the directory, at this moment. */
  readonly directory: {
    attempts(ref: DirectoryRef, brand: BrandId): Promise<Attempts>;
    /** The system that hears of calls missed for them; null: none. */
    webhookOf(ref: DirectoryRef): string | null;
  };
  /** How whom an agent passes a call on to is reached; undefined: unknown, or never to be dialled. */
  readonly reach: (to: TransferTarget) => Reach | undefined;
  /** When calls ended that nobody watched. */
  readonly ends: CallEnds;
  readonly publish: (entries: readonly JournalEntry[]) => void;
  /** Whether who called and whose call is over is to be called back, though they came to no queue; absent, or null: no. */
  readonly hungUp?: (call: Call) => CallbackDraft | null;
  /** Absent: nobody else wants to know. */
  readonly watch?: CallWatch;
  readonly settings: CallSettings;
}
