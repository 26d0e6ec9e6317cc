import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { IdSource, UserId } from '../../domain/ids.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Floor } from '../floor/floor-shape.ts';
import type { Asked, EarHow, TalkControl } from '../floor/seat.ts';

/** Who listens: the user, and the name that is written down. */
export interface Supervisor {
  readonly id: UserId;
  readonly name: string;
}

/** A supervisor at an agent's talk. All reject with `request.conflict` where there is none, or where it cannot be done now. */
export interface EarActs {
  /** Calls the supervisor's own phone; who listens already does so otherwise from now on. */
  listen(agent: UserId, supervisor: Supervisor, how: EarHow): Promise<void>;
  leave(agent: UserId, supervisor: Supervisor): Promise<void>;
}

export interface EarNeeds {
  readonly floor: Pick<Floor, 'talks'>;
  /** The endpoint of a user's desk phone, or of their phone in the browser; undefined when none is open. */
  readonly phoneOf: (user: UserId) => string | undefined;
  readonly audit: Pick<AuditStore, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly brand: BrandId;
}

export function createEarActs({ floor, phoneOf, audit, clock, ids, brand }: EarNeeds): EarActs {
  function talkOf(agent: UserId): TalkControl {
    const talk = floor.talks().of(agent);
    if (talk === undefined || talk.over || talk.control === null) throw no('This agent talks with nobody at the moment.');
    return talk.control;
  }

  return {
    async listen(agent, { id, name }, how) {
      const control = talkOf(agent);
      if (agent === id) throw no('This is your own talk.');
      const phone = phoneOf(id);
      if (phone === undefined) throw no('Your phone in the browser is not open. Open the page again, and allow the microphone.');
      // Written down before anything can be heard.
      const entry = {
        id: ids.next('audit'),
        brand,
        at: clock.now(),
        actor: name,
        via: 'api',
        what: 'call-listened',
        subject: agent,
      } as const;
      await audit.add({ ...entry, details: { how, call: control.callId } });
      answer(await control.lendEar({ user: id, name, endpoint: `PJSIP/${phone}` }, how));
    },
    async leave(agent, { id }) {
      answer(await talkOf(agent).takeEar(id));
    },
  };
}

function answer(asked: Asked): void {
  if (asked.kind === 'refused') throw no('This is not possible at the moment: the talk is over, or you listen to somebody else in it.');
}

function no(message: string): SantralError {
  return new SantralError('request.conflict', message);
}
