import type { AuditEntry, Audited } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId, IdSource, UserId } from '../../domain/ids.ts';
import type { CustomerRecord, VerifyField } from '../../domain/matching/customer-record.ts';
import { dismiss, type Inquiry, type InquiryView, keyedIn, narrow, openInquiry, verify, viewOf } from '../../domain/matching/inquiry.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { MatchSettings } from '../../ports/matching.ts';
import type { Stores } from '../../ports/stores.ts';
import { customerNoText } from './customer-row.ts';
import { type ArrivedCall, createLookUp, DEFAULT_SETTINGS, type LookUp, rulesOf } from './look-up.ts';
import type { NumberTokens } from './number-tokens.ts';
import { createRate } from './rate.ts';

/** Who asks at a screen. */
export interface Asker {
  readonly id: UserId;
  readonly name: string;
}

/** What an agent may see of who calls. */
export interface CallerView {
  readonly callId: CallId;
  readonly view: InquiryView;
  /** What the caller keyed before an agent was there: narrows, and verifies nobody. */
  readonly keyed: readonly VerifyField[];
  /** What the agent asked to shorten the list. */
  readonly narrowedBy: readonly VerifyField[];
  /** The dealer whose number was dialled; null: nobody's. */
  readonly dealer: string | null;
}

/** Who calls: looked up when the call arrives, beside its greeting; shown to the one agent who has the call. */
export interface Matching {
  /** At StasisStart. Never throws, never waits; what it finds lives in memory until `ended`. */
  arrived(call: ArrivedCall): void;
  ended(id: CallId): void;
  /** The caller keyed their number at the brand: the match is made anew. False when it is nobody's. */
  identified(id: CallId, customerNo: string): Promise<boolean>;
  /** The caller keyed an answer before an agent was there: it narrows. */
  preVerified(id: CallId, field: VerifyField, answer: string): Promise<void>;
  /** For the pop: the agent whom the call is offered to. Rejects with `request.not-found` when there is no such call. */
  popFor(id: CallId, agent: Asker): Promise<CallerView>;
  /** The verified customer's record, for the agent whom the call is offered to; rejects with `request.forbidden` before verification. */
  recordFor(id: CallId, agent: Asker): Promise<CustomerRecord>;
  /** `changed` hears of each call of which more is known. Returns how to stop. */
  watch(changed: (id: CallId) => void): () => void;
  /** What follows is for the agent on whose line the call is; rejects with `request.not-found` without one, `request.too-many` past the rate. */
  candidates(agent: Asker): Promise<CallerView>;
  /** Judges an answer, which is neither kept nor shown. */
  verify(agent: Asker, candidate: string, field: VerifyField, answer: string): Promise<CallerView & { readonly right: boolean }>;
  question(agent: Asker, field: VerifyField, answer: string): Promise<CallerView>;
  none(agent: Asker): Promise<CallerView>;
  /** The whole record; rejects with `request.forbidden` before verification. */
  customer(agent: Asker): Promise<CustomerRecord>;
  settings(brand: BrandId): Promise<MatchSettings>;
  putSettings(brand: BrandId, settings: MatchSettings, by: string): Promise<void>;
  /** Customers were imported: what is kept of the brand is old. */
  forget(brand: BrandId): void;
}

export interface MatchingDeps {
  readonly stores: Pick<Stores, 'matching' | 'appointments' | 'audit'>;
  readonly tokens: NumberTokens;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly log: Log;
  /** The call on an agent's own line; null: none. */
  readonly callOfAgent: (agent: UserId) => CallId | null;
}

/** What one agent may look at and try within a minute: enough for any honest work, too little to fish. */
const ASKED_PER_MINUTE = 60;
const MINUTE_MS = 60_000;

interface Live {
  readonly call: ArrivedCall;
  /** One change after the other; each sees what the one before it left. */
  inquiry: Promise<Inquiry>;
  /** Who was shown what already, so that looking again at the same is one line of audit. */
  readonly shown: Set<string>;
}

export function createMatching(deps: MatchingDeps): Matching {
  const { stores, tokens, clock, ids, log } = deps;
  const lookUp = createLookUp(deps);
  const live = new Map<CallId, Live>();
  const watchers = new Set<(id: CallId) => void>();
  const rate = createRate(ASKED_PER_MINUTE, MINUTE_MS);

  function change(one: Live, next: (inquiry: Inquiry) => Inquiry | Promise<Inquiry>): Promise<Inquiry> {
    const before = one.inquiry;
    const after = (async () => next(await before))();
    // A change that fails leaves what was there.
    one.inquiry = after.catch(() => before);
    void one.inquiry.then(() => {
      for (const changed of watchers) changed(one.call.id);
    });
    return after;
  }

  function ownCall(agent: Asker): Live {
    if (!rate.take(agent.id, clock.now())) throw new SantralError('request.too-many', 'Too many look-ups within a minute. Wait a moment.');
    const id = deps.callOfAgent(agent.id);
    const found = id === null ? undefined : live.get(id);
    if (found === undefined) throw new SantralError('request.not-found', 'There is no call on your line.');
    return found;
  }

  function note({ call }: Live, agent: Asker, what: Audited, details: ValueMap): Promise<void> {
    const entry: AuditEntry = {
      id: ids.next('audit'),
      brand: call.brand,
      at: clock.now(),
      actor: agent.name,
      via: 'api',
      what,
      subject: call.id,
      details,
    };
    return stores.audit.add(entry);
  }

  async function show(one: Live, agent: Asker): Promise<CallerView> {
    const inquiry = await one.inquiry;
    const seen = viewOf(inquiry);
    const count = inquiry.candidates.length;
    const key = `${agent.id} ${seen.kind} ${count}`;
    if (!one.shown.has(key)) await note(one, agent, 'match-shown', { kind: seen.kind, count });
    one.shown.add(key);
    return callerView(one.call, inquiry);
  }

  async function recordIn(one: Live, agent: Asker): Promise<CustomerRecord> {
    const { verified: id, candidates } = await one.inquiry;
    const found = candidates.find((candidate) => candidate.id === id);
    if (found === undefined) throw new SantralError('request.forbidden', 'Verify the caller first: then the record may be read.');
    if (!one.shown.has(`${agent.id} record`)) await note(one, agent, 'match-customer-read', { candidate: found.id });
    one.shown.add(`${agent.id} record`);
    return found.record;
  }

  return {
    arrived(call) {
      const inquiry = lookUp.candidates(call).catch((error: unknown) => {
        log.warn({ callId: call.id, err: error }, 'who calls could not be looked up; the caller counts as unknown');
        return openInquiry(rulesOf(DEFAULT_SETTINGS), []);
      });
      live.set(call.id, { call, inquiry, shown: new Set() });
    },
    ended: (id) => void live.delete(id),

    async identified(id, customerNo) {
      const one = live.get(id);
      if (one === undefined) return false;
      const found = await stores.matching.get(one.call.brand, tokens.identity(one.call.brand, customerNoText(customerNo)));
      if (found === undefined) return false;
      await change(one, (inquiry) => {
        const known = inquiry.candidates.find(({ customer }) => customer === found.customer);
        return { ...inquiry, candidates: [known ?? { ...found, id: 'k1' }], beyond: false, keyed: ['customer-no'] };
      });
      return true;
    },
    async preVerified(id, field, answer) {
      const one = live.get(id);
      if (one !== undefined) await change(one, (inquiry) => keyedIn(inquiry, field, answer));
    },

    async popFor(id, agent) {
      const one = live.get(id);
      if (one === undefined) throw new SantralError('request.not-found', 'There is no such call.');
      return show(one, agent);
    },
    candidates: async (agent) => show(ownCall(agent), agent),

    async verify(agent, candidate, field, answer) {
      const one = ownCall(agent);
      let right = false;
      let judged = false;
      const inquiry = await change(one, (before) => {
        mayJudge(before, candidate);
        judged = true;
        const after = verify(before, candidate, field, answer);
        right = after.right;
        return after.inquiry;
      });
      if (judged) await note(one, agent, right ? 'match-verified' : 'match-refused', { candidate, field });
      if (viewOf(inquiry).kind === 'locked') await note(one, agent, 'match-locked', { wrong: inquiry.wrong });
      if (right) await verified(one, inquiry, deps, lookUp);
      return { ...callerView(one.call, inquiry), right };
    },

    async question(agent, field, answer) {
      const one = ownCall(agent);
      const inquiry = await change(one, (before) => {
        const seen = viewOf(before);
        if (seen.kind !== 'too-many')
          throw new SantralError('request.conflict', 'There is no question to be asked: the list is short enough.');
        if (!seen.fields.includes(field)) throw new SantralError('request.invalid', `body.field must be one of ${seen.fields.join(', ')}`);
        return narrow(before, field, answer);
      });
      await note(one, agent, 'match-question', { field, left: inquiry.candidates.length });
      if (viewOf(inquiry).kind === 'locked') await note(one, agent, 'match-locked', { wrong: inquiry.wrong });
      return callerView(one.call, inquiry);
    },

    async none(agent) {
      const one = ownCall(agent);
      const inquiry = await change(one, (before) => {
        if (before.verified !== null) throw new SantralError('request.conflict', 'The caller is verified already.');
        return dismiss(before);
      });
      await note(one, agent, 'match-dismissed', { count: inquiry.candidates.length });
      return callerView(one.call, inquiry);
    },

    customer: async (agent) => recordIn(ownCall(agent), agent),
    async recordFor(id, agent) {
      const one = live.get(id);
      if (one === undefined) throw new SantralError('request.not-found', 'There is no such call.');
      return recordIn(one, agent);
    },
    watch(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },

    settings: (brand) => lookUp.settings(brand),
    async putSettings(brand, settings, by) {
      const details = { mode: formName(settings), most: settings.most, tries: settings.tries, anonymous: settings.anonymous };
      const at = clock.now();
      await stores.matching.putSettings(brand, settings, {
        id: ids.next('audit'),
        brand,
        at,
        actor: by,
        via: 'api',
        what: 'match-settings-set',
        subject: 'matching',
        details,
      });
      lookUp.forget(brand);
    },
    forget: (brand) => lookUp.forget(brand),
  };
}

function callerView({ id: callId, dealer }: ArrivedCall, inquiry: Inquiry): CallerView {
  const { keyed, narrowedBy } = inquiry;
  return { callId, view: viewOf(inquiry), keyed, narrowedBy, dealer };
}

/** Throws unless answers are judged at this moment, and of this candidate. */
function mayJudge(inquiry: Inquiry, candidate: string): void {
  const { kind } = viewOf(inquiry);
  if (kind === 'locked')
    throw new SantralError('request.forbidden', 'Too many answers were wrong: the customer cannot be verified in this call any more.');
  if (kind !== 'one' && kind !== 'many') throw new SantralError('request.conflict', 'There is nobody to be verified at this moment.');
  if (!inquiry.candidates.some(({ id }) => id === candidate)) throw new SantralError('request.not-found', 'There is no such candidate.');
}

/** The customer was in contact now; and as their number is known at this moment, its key is remade in the form of the day. */
async function verified(one: Live, inquiry: Inquiry, deps: MatchingDeps, lookUp: LookUp): Promise<void> {
  const { stores, tokens, clock, log } = deps;
  const { brand, ani } = one.call;
  const customer = inquiry.candidates.find(({ id }) => id === inquiry.verified)?.customer;
  if (customer === undefined) return;
  try {
    await stores.matching.touched(brand, customer, clock.now());
    const form = tokens.form((await lookUp.settings(brand)).mode);
    const key = tokens.key(brand, form, ani);
    const old = (await lookUp.keys(brand, ani)).filter((one) => one.form !== form);
    for (const from of key === undefined ? [] : old) await stores.matching.rekey(brand, customer, from, { form, key: key ?? '' });
    if (old.length > 0) lookUp.forget(brand);
  } catch (error) {
    log.warn({ callId: one.call.id, err: error }, 'a verified customer’s row could not be brought up to date');
  }
}

function formName({ mode }: MatchSettings): string {
  return mode.kind === 'suffix' ? `suffix ${mode.digits}` : mode.kind === 'hmac-trunc' ? `hmac-trunc ${mode.bits}` : mode.kind;
}
