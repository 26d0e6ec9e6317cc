import type { CallId } from '../../domain/ids.ts';
import type { Command, Input } from '../../flow/commands.ts';
import { resume } from '../../flow/interpreter.ts';
import type { Release } from '../../flow/release.ts';
import type { CallRecord } from './call-record.ts';
import type { CallDeps } from './deps.ts';
import { requestForFlow, runAction } from './work.ts';
import { worldOf } from './world.ts';

export type WorkOutcome = (Input & { kind: 'result' })['outcome'];

/** The after-call sections that are under way. They know no channel: nothing can be said, and nothing hung up. */
export interface AfterCalls {
  /** Goes on with a call that has just ended; `late` is the request that its flow lets finish. */
  goOn(record: CallRecord, release: Release, late: Promise<WorkOutcome> | null): void;
  /** Goes on with a section that a former process left: what it waited for is asked for again. */
  revive(record: CallRecord, release: Release): void;
  /** Calls whose section is under way here. */
  readonly running: ReadonlyMap<CallId, CallRecord>;
  /** Lets go of all of them; the next start goes on. */
  stop(): readonly CallRecord[];
}

export function createAfterCalls(deps: CallDeps): AfterCalls {
  const running = new Map<CallId, CallRecord>();
  const stopped = new AbortController();

  async function run(record: CallRecord, release: Release, first: Promise<WorkOutcome> | null): Promise<void> {
    let late = first;
    for (let waiting = waitingOf(record); waiting !== null; waiting = waitingOf(record)) {
      const outcome = await (late ?? work(deps, record, waiting, stopped.signal));
      late = null;
      if (stopped.signal.aborted) return;
      record.take(resume(waitingSession(record), { kind: 'result', step: waiting.step, outcome }, worldOf(deps, release)));
      await record.save();
    }
    await record.saved();
    running.delete(record.call.id);
  }

  function begin(record: CallRecord, release: Release, late: Promise<WorkOutcome> | null): void {
    if (stopped.signal.aborted) return;
    running.set(record.call.id, record);
    void run(record, release, late).catch((error: unknown) => {
      running.delete(record.call.id);
      deps.log.error(
        { callId: record.call.id, err: error },
        'a fault in an after-call section; the next start of the engine goes on with it',
      );
    });
  }

  return {
    running,
    goOn: begin,
    revive(record, release) {
      record.take(resume(waitingSession(record), { kind: 'restarted' }, worldOf(deps, release)));
      void record.save();
      begin(record, release, null);
    },
    stop() {
      stopped.abort();
      return [...running.values()];
    },
  };
}

function waitingSession({ session, call }: CallRecord) {
  if (session === null) throw new Error(`the call ${call.id} has no session`);
  return session;
}

function waitingOf({ session }: CallRecord): Command | null {
  return session?.status === 'after-call' ? session.waiting : null;
}

/** Nothing but requests and actions can be waited for when nobody is there. */
function work(deps: CallDeps, { call }: CallRecord, command: Command, signal: AbortSignal): Promise<WorkOutcome> {
  if (command.kind === 'http') return requestForFlow(deps, command, `${call.sessionId}-${command.step}`, signal);
  if (command.kind === 'action') return runAction(deps, command, call.brand, signal);
  return Promise.resolve({ kind: 'error', reason: 'failed' });
}
