import type { UserId } from '../../../domain/ids.ts';
import type { TelephonyEvent } from '../../../ports/telephony.ts';
import type { Asked, EarHow, EarView, Listener } from '../../floor/seat.ts';
import { done, refused } from './asks.ts';
import type { Circle, Party } from './circle.ts';
import { Ear } from './ear.ts';
import type { Standing } from './rooms.ts';

/** Supervisors at one talk, one ear each. */
export class Ears {
  readonly #circle: Circle;
  readonly #callerId: string | null;
  readonly #ears = new Map<UserId, { readonly ear: Ear; readonly party: Party }>();

  constructor(circle: Circle, callerId: string | null) {
    this.#circle = circle;
    this.#callerId = callerId;
  }

  /** Whom this agent is heard by. */
  of(party: Party): readonly EarView[] {
    return [...this.#ears.values()].filter((one) => one.party === party).map(({ ear }) => ear.view());
  }

  /** Rings the supervisor, or lets one who is there already listen otherwise. */
  lend(party: Party, listener: Listener, how: EarHow): Asked {
    const there = this.#ears.get(listener.user);
    if (there !== undefined) {
      if (there.party !== party) return refused('not-now');
      there.ear.become(how);
      return done;
    }
    const circle = this.#circle;
    const about = {
      host: circle.host,
      rooms: circle.rooms,
      agentsChannel: () => (party === circle.main || party === circle.target ? party.leg.channelId : null),
      gone: (ear: Ear) => {
        this.#ears.delete(ear.user);
        circle.told();
      },
      changed: () => circle.told(),
    };
    this.#ears.set(listener.user, { ear: new Ear(about, listener, how, this.#callerId), party });
    circle.told();
    return done;
  }

  leave(user: UserId): Asked {
    const there = this.#ears.get(user);
    if (there === undefined) return refused('not-now');
    there.ear.end();
    return done;
  }

  onEvent(channelId: string, event: TelephonyEvent): boolean {
    return [...this.#ears.values()].some(({ ear }) => ear.onEvent(channelId, event));
  }

  /** The talk is over, or there was no line. */
  close(): void {
    for (const { ear } of [...this.#ears.values()]) ear.end();
  }

  /** Who was left in the room by a former process and is nobody of the call: a supervisor, whom nobody knows any more. */
  static drop({ host }: Circle, standing: Standing): void {
    const { record, deps } = host;
    for (const id of standing.flatMap(({ channelIds }) => channelIds))
      if (record.legOf(id) === undefined) void host.command('hangup', () => deps.telephony.hangup(id, 'normal'));
  }
}
