import { createHash } from 'node:crypto';
import type { AgentProfile } from '../../domain/agent.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AgentStore, SipPhone } from '../../ports/floor-store.ts';
import type { Log } from '../../ports/log.ts';
import type { UserStore } from '../../ports/stores.ts';
import type { Telephony } from '../../ports/telephony.ts';
import type { Offer } from '../floor/seat.ts';
import { checkedPlace } from './places.ts';

/** What a desk phone proves itself in; it stands in the challenge. */
export const SIP_REALM = 'santral';
const NAME_BYTES = 4;
const SECRET_BYTES = 18;

/** What is typed into a desk phone; the password is shown this once. */
export interface SipAccountShown {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
}

export interface AgentsDeps {
  readonly store: AgentStore;
  readonly users: Pick<UserStore, 'list'>;
  readonly telephony: Pick<Telephony, 'putSipEndpoint' | 'removeSipEndpoint'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly brand: BrandId;
  readonly random: (bytes: number) => Uint8Array;
  /** Asterisk's endpoint of the page an agent has open last; undefined when there is none. */
  readonly webEndpointOf: (userId: UserId) => string | undefined;
  /** Asterisk's endpoint of an outside number; undefined for what cannot be dialled. */
  readonly outsideEndpoint: (number: string) => string | undefined;
  /** Accounts of the house's telephones that belong to nobody in particular. */
  readonly extensions: ReadonlySet<string>;
  /** The floor goes by the new profile. */
  readonly admit: (profile: AgentProfile) => void;
}

export interface Agents {
  /** Profiles, and desk phones for `lineOf` and `again`. */
  load(): Promise<void>;
  list(): Promise<readonly AgentProfile[]>;
  get(userId: UserId): Promise<AgentProfile | undefined>;
  /** Rejects with `request.not-found` for a user who is not there, and with what `checkedPlace` throws for a place that is not theirs. */
  put(profile: Omit<AgentProfile, 'brand' | 'updatedAt'>): Promise<AgentProfile>;
  /** Makes (or makes anew) the agent's desk phone. The password is told to nobody again. */
  makePhone(userId: UserId): Promise<SipAccountShown>;
  removePhone(userId: UserId): Promise<void>;
  phoneOf(userId: UserId): string | undefined;
  /** Pushes every desk phone again; to be called on every connect, as Asterisk's memory may be new. Never rejects. */
  again(): Promise<void>;
  /** The login of an agent; empty for a user who is gone. */
  nameOf(userId: UserId): string;
  /** How the agent is rung; null: nowhere at the moment. */
  lineOf(profile: Pick<AgentProfile, 'userId' | 'place'>): Pick<Offer, 'endpoint' | 'accept'> | null;
}

/** What is known of agents, and where their telephones are. */
export function createAgents(deps: AgentsDeps): Agents {
  const { store, telephony, clock, brand, log } = deps;
  const phones = new Map<UserId, SipPhone>();
  let names: ReadonlyMap<UserId, string> = new Map();

  async function readNames(): Promise<void> {
    names = new Map((await deps.users.list()).map(({ id, name }) => [id, name]));
  }

  function push({ name, realm, ha1 }: SipPhone): Promise<void> {
    return telephony
      .putSipEndpoint({ name, realm, ha1 })
      .catch((error: unknown) => log.warn({ endpoint: name, err: error }, 'a desk phone could not be brought to Asterisk'));
  }

  function lineOf({ userId, place }: Pick<AgentProfile, 'userId' | 'place'>): Pick<Offer, 'endpoint' | 'accept'> | null {
    switch (place.kind) {
      case 'web': {
        const endpoint = deps.webEndpointOf(userId);
        return endpoint === undefined ? null : { endpoint: `PJSIP/${endpoint}`, accept: 'answer' };
      }
      case 'sip': {
        // Whatever is stored: a colleague's telephone is never rung in an agent's name.
        const isTheirs = place.extension === phones.get(userId)?.name || deps.extensions.has(place.extension);
        return isTheirs ? { endpoint: `PJSIP/${place.extension}`, accept: 'answer' } : null;
      }
      case 'outside': {
        const endpoint = deps.outsideEndpoint(place.number);
        return endpoint === undefined ? null : { endpoint, accept: 'key' };
      }
    }
  }

  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: of two agents who take the same telephone at once one gets it. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  }

  const phoneOf = (userId: UserId): string | undefined => phones.get(userId)?.name;

  async function put(given: Omit<AgentProfile, 'brand' | 'updatedAt'>): Promise<AgentProfile> {
    if (!names.has(given.userId)) await readNames();
    if (!names.has(given.userId)) throw new SantralError('request.not-found', 'There is no such user.');
    const rules = { phoneOf, extensions: deps.extensions, profiles: await store.list(brand) };
    const place = checkedPlace(given.userId, given.place, rules);
    const profile: AgentProfile = { ...given, place, brand, updatedAt: clock.now() };
    await store.put(profile);
    deps.admit(profile);
    return profile;
  }

  return {
    async load() {
      await readNames();
      for (const phone of await store.phones()) phones.set(phone.userId, phone);
    },
    list: () => store.list(brand),
    get: (userId) => store.get(userId),
    put: (given) => inTurn(() => put(given)),
    async makePhone(userId) {
      const name = phones.get(userId)?.name ?? `desk-${Buffer.from(deps.random(NAME_BYTES)).toString('hex')}`;
      const password = Buffer.from(deps.random(SECRET_BYTES)).toString('base64url');
      const ha1 = createHash('md5').update(`${name}:${SIP_REALM}:${password}`).digest('hex');
      const phone: SipPhone = { name, userId, realm: SIP_REALM, ha1, madeAt: clock.now() };
      await telephony.putSipEndpoint({ name, realm: SIP_REALM, ha1 });
      await store.putPhone(phone);
      phones.set(userId, phone);
      return { username: name, password, realm: SIP_REALM };
    },
    async removePhone(userId) {
      const phone = phones.get(userId);
      if (phone === undefined) return;
      await store.removePhone(userId);
      phones.delete(userId);
      await telephony.removeSipEndpoint(phone.name);
    },
    phoneOf,
    async again() {
      await Promise.all([...phones.values()].map(push));
    },
    nameOf: (userId) => names.get(userId) ?? '',
    lineOf,
  };
}
