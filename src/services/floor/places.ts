import { announced } from '../../acd/estimate.ts';
import type { FloorState } from '../../acd/floor-state.ts';
import { position } from '../../acd/order.ts';
import type { CallId } from '../../domain/ids.ts';
import type { Queue, WaitEnd } from '../../domain/queue.ts';
import type { FloorDeps } from './floor-shape.ts';
import type { FloorWriter } from './floor-writer.ts';
import type { Offers } from './offers.ts';
import type { Roster } from './roster.ts';
import type { Place, Talk, TalkControl } from './seat.ts';
import { isCallers, type OpenOffer, storedWait, type Wait } from './waits.ts';

/** What places need of the floor. */
export interface PlaceHost {
  readonly deps: Pick<FloorDeps, 'clock' | 'brand'>;
  readonly roster: Pick<Roster, 'step'>;
  readonly writer: Pick<FloorWriter, 'wait'>;
  readonly waits: ReadonlyMap<CallId, Wait>;
  readonly endOffer: Offers['endOffer'];
  state(): FloorState;
  /** ms; null while too little is known. */
  estimate(queue: string, place: number): number | null;
  connect(wait: Wait, offer: OpenOffer, control: TalkControl, at: number): Talk;
  endWait(wait: Wait, how: WaitEnd, at: number): void;
  waitsChanged(): void;
  /** Decides anew. */
  turn(): void;
}

/** The call's hold on its wait, also where the wait goes on in another queue and the call has not heard of it yet. */
export function createPlaces(host: PlaceHost): (wait: Wait, queue: Queue) => Place {
  const { clock, brand } = host.deps;

  return ({ callId, waitId, since }, queue) => {
    const wait = (): Wait | undefined => host.waits.get(callId);
    return {
      waitId,
      queue,
      since,
      tell() {
        const now = wait();
        const place = position(host.state(), callId, clock.now()) ?? 1;
        const estimatedWaitMs = host.estimate(now?.queue ?? queue.id, place);
        const told = announced(now?.told ?? null, { position: place, estimatedWaitMs });
        if (now === undefined) return told;
        now.told = told;
        if (isCallers(now)) host.writer.wait(storedWait(now, brand));
        host.waitsChanged();
        return told;
      },
      busy(on) {
        const now = wait();
        if (now !== undefined) now.callBusy = on;
        host.turn();
      },
      ringing(id) {
        const offer = wait()?.offer;
        if (offer?.id === id) host.roster.step(offer.agent, { kind: 'ring', callId });
      },
      connected(id, control, at) {
        const now = wait();
        return now?.offer?.id === id ? host.connect(now, now.offer, control, at) : null;
      },
      offerOver(id, how, at) {
        const now = wait();
        if (now?.offer?.id !== id) return;
        host.endOffer(now, how, at);
        host.turn();
      },
      left(how, at) {
        const now = wait();
        if (now !== undefined) host.endWait(now, how, at);
        host.turn();
      },
    };
  };
}
