import type { Call } from '../../domain/call.ts';
import type { CallWatch } from '../calls/call-watch.ts';
import type { FloorCallbacks } from '../floor/promised.ts';
import { createChanges } from './changes.ts';
import type { CallbackDeps } from './deps.ts';
import { type CallbackDesk, createCallbackDesk } from './desk.ts';
import { createDispatcher } from './dispatcher.ts';
import { createFinding, type Finding } from './finding.ts';
import { createLinks, type Links } from './links.ts';
import { rulesOf } from './rules.ts';
import { createShortTalks } from './short-talks.ts';
import { type CallbackWishes, createWishes } from './wishes.ts';

/** Entries that are wiped in one go. */
const WIPED_AT_ONCE = 500;
/** Numbers go so long before they have to: the job comes once a minute, and may fail for a while. */
const WIPED_EARLIER_MS = 5 * 60_000;

export interface Callbacks {
  /** What the floor asks. */
  readonly onFloor: FloorCallbacks;
  readonly watch: CallWatch;
  readonly desk: CallbackDesk;
  /** For those who ask without a call. */
  readonly wishes: CallbackWishes;
  /** See `Finding.hungUp`. */
  readonly hungUp: Finding['hungUp'];
  /** See `Links.byHand`. */
  readonly byHand: Links['byHand'];
  /** There is a line, and the calls are back: who is to be called back is looked at. */
  start(): void;
  /** Wipes the numbers of entries that are kept no longer, a little before they have to go; gives how many. Called once a minute. */
  sweep(): Promise<number>;
  /** Settles when what was to be looked at has been. */
  settled(): Promise<void>;
  stop(): void;
}

/** Who could not reach an agent is called back. */
export function createCallbacks(deps: CallbackDeps): Callbacks {
  const { log, settings, clock, store } = deps;
  const changes = createChanges(deps);
  const finding = createFinding(deps);
  const dispatcher = createDispatcher(deps, changes, finding);
  const links = createLinks({ deps, changes, linked: dispatcher.wake, runOf: dispatcher.runOf });
  const trouble = (call: Call) => (err: unknown) => {
    log.warn({ callId: call.id, err }, 'what a call was to those who are to be called back could not be stored; the next look does it');
  };
  const shortTalks = createShortTalks(deps, changes);
  const unstored = (err: unknown): void =>
    log.warn({ err }, 'a talk that was too short to be one counts as one, as it could not be stored');
  let stopWatching = (): void => undefined;
  let started = false;

  return {
    onFloor: { findingOf: finding.findingOf, contactOf: finding.contactOf, joined: links.joined },
    watch: {
      arrived: (call) => links.arrived(call),
      ended(call) {
        const left = async (): Promise<void> => {
          if (await links.callerLeft(call)) dispatcher.wake();
          if (call.direction === 'outbound') await dispatcher.callEnded(call);
        };
        void left().catch(trouble(call));
      },
      dropped(call) {
        links.forget(call.id);
        dispatcher.callDropped(call);
      },
      asked: () => dispatcher.wake(),
    },
    byHand: (dial) => links.byHand(dial),
    hungUp: finding.hungUp,
    desk: createCallbackDesk(deps, changes, dispatcher),
    wishes: createWishes(deps, finding, dispatcher),
    start() {
      if (!started) {
        started = true;
        const soon = (): void => void deps.floor().saved().then(dispatcher.wake);
        stopWatching = deps.floor().watch({
          fact(event) {
            void shortTalks.heard(event).then((changed) => changed && dispatcher.wake(), unstored);
            if (event.kind === 'entered' || event.kind === 'connected') dispatcher.customerThere(event.callId);
            if ((event.kind === 'left' && event.how === 'abandoned') || event.kind === 'connected') soon();
          },
          // Where the customer comes first, somebody who is free is what is waited for; else the floor sees to it.
          agentChanged(agent, before) {
            const isFree = agent.state.kind === 'available' && before.state.kind !== 'available';
            if (isFree && dispatcher.waitsForFree(agent.queues)) dispatcher.wake();
          },
        });
      }
      dispatcher.wake();
    },
    async sweep() {
      const closedBefore = (group: string): number => clock.now() - Math.max(0, rulesOf(deps, group).keepMs - WIPED_EARLIER_MS);
      let wiped = 0;
      for (let some = WIPED_AT_ONCE; some === WIPED_AT_ONCE; wiped += some)
        some = await store.wipe({ brand: settings.brand, closedBefore, limit: WIPED_AT_ONCE });
      if (wiped > 0) log.info({ wiped }, 'numbers of callbacks that are done with were wiped');
      return wiped;
    },
    settled: () => dispatcher.settled(),
    stop() {
      stopWatching();
      dispatcher.stop();
    },
  };
}
