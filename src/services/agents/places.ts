import type { AgentPlace, AgentProfile } from '../../domain/agent.ts';
import { SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import { parsePhoneNumber } from '../../domain/phone-number.ts';

/** What the house knows of telephones. */
export interface PlaceRules {
  /** The account of a user's own desk phone. */
  readonly phoneOf: (userId: UserId) => string | undefined;
  /** Accounts of the house that belong to nobody in particular (`santral config` lists them). */
  readonly extensions: ReadonlySet<string>;
  /** Everybody who is an agent. */
  readonly profiles: readonly AgentProfile[];
}

/**
 * The place an agent may have, an outside number in the one form it is dialled in. A desk phone is the agent's own, or one of the
 * house that no other agent has: any other name would ring, and bug, a colleague. Throws `request.invalid`, `request.conflict`.
 */
export function checkedPlace(agent: UserId, place: AgentPlace, { phoneOf, extensions, profiles }: PlaceRules): AgentPlace {
  switch (place.kind) {
    case 'web':
      return place;
    case 'outside': {
      const parsed = parsePhoneNumber(place.number);
      if (parsed.kind !== 'ok')
        throw new SantralError('request.invalid', 'This is no telephone number that can be called. Write it with its area code.');
      return { kind: 'outside', number: parsed.e164 };
    }
    case 'sip': {
      if (place.extension === phoneOf(agent)) return place;
      if (!extensions.has(place.extension)) throw notTheirs(place.extension);
      const other = profiles.some((one) => one.userId !== agent && one.place.kind === 'sip' && one.place.extension === place.extension);
      if (other)
        throw new SantralError('request.conflict', `The telephone "${place.extension}" is another agent’s. Choose one that is free.`);
      return place;
    }
  }
}

function notTheirs(extension: string): SantralError {
  const remedy = 'Make the agent a desk phone (POST /api/v1/agents/:id/phone) and give its account, or an extension of the house.';
  return new SantralError('request.invalid', `"${extension}" is not a telephone of this agent. ${remedy}`);
}
