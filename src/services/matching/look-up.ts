import type { Appointment } from '../../domain/appointments/appointment.ts';
import { callerOf } from '../../domain/appointments/caller.ts';
import type { BrandId } from '../../domain/brand.ts';
import type { CallId } from '../../domain/ids.ts';
import { DEFAULT_QUESTIONS, DEFAULT_VERIFY } from '../../domain/matching/customer-record.ts';
import { type Candidate, type Inquiry, type InquiryRules, inOrder, openInquiry } from '../../domain/matching/inquiry.ts';
import { DEFAULT_MODE, type MatchForm } from '../../domain/matching/match-mode.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MatchSettings, StoredCustomer } from '../../ports/matching.ts';
import type { Stores } from '../../ports/stores.ts';
import { customerNoText } from './customer-row.ts';
import type { MatchKey, NumberTokens } from './number-tokens.ts';

/** A call that may be somebody's whom we know. */
export interface ArrivedCall {
  readonly id: CallId;
  readonly brand: BrandId;
  /** As presented; empty when withheld. Lives in memory as long as the call does. */
  readonly ani: string;
  /** The dealer whose number was dialled; null when it is nobody's. */
  readonly dealer: string | null;
}

export const DEFAULT_SETTINGS: MatchSettings = {
  mode: DEFAULT_MODE,
  most: 10,
  tries: 3,
  verify: DEFAULT_VERIFY,
  questions: DEFAULT_QUESTIONS,
  anonymous: true,
};

/** Customers read of one key at most: a company's switchboard may be the number of hundreds. */
const MOST_READ = 500;
/** Settings and forms change by other processes, too (`santral customers import`). */
const FRESH_MS = 10_000;
const APPOINTMENTS_READ = 10;

export interface LookUpDeps {
  readonly stores: Pick<Stores, 'matching' | 'appointments'>;
  readonly tokens: NumberTokens;
  readonly clock: Pick<Clock, 'now'>;
}

export interface LookUp {
  settings(brand: BrandId): Promise<MatchSettings>;
  /** Who the caller may be, in order. */
  candidates(call: ArrivedCall): Promise<Inquiry>;
  /** The keys that the brand's customers may be found by for this number. */
  keys(brand: BrandId, number: string): Promise<readonly MatchKey[]>;
  /** What was read of the brand is old. */
  forget(brand: BrandId): void;
}

interface BrandFacts {
  readonly settings: MatchSettings;
  readonly forms: readonly MatchForm[];
}

/** Finds customers by callers' numbers: one read of the database, as what a brand's keys look like is kept in memory. */
export function createLookUp({ stores, tokens, clock }: LookUpDeps): LookUp {
  const kept = new Map<BrandId, { readonly facts: Promise<BrandFacts>; readonly readAt: number }>();

  function factsOf(brand: BrandId): Promise<BrandFacts> {
    const known = kept.get(brand);
    if (known !== undefined && clock.now() - known.readAt < FRESH_MS) return known.facts;
    const facts = readFacts(stores, brand);
    const entry = { facts, readAt: clock.now() };
    kept.set(brand, entry);
    facts.catch(() => {
      if (kept.get(brand) === entry) kept.delete(brand);
    });
    return facts;
  }

  async function keys(brand: BrandId, number: string): Promise<readonly MatchKey[]> {
    const { forms } = await factsOf(brand);
    return forms.flatMap((form) => {
      const key = tokens.key(brand, form, number);
      return key === undefined ? [] : [{ form, key }];
    });
  }

  return {
    keys,
    settings: async (brand) => (await factsOf(brand)).settings,
    forget: (brand) => void kept.delete(brand),
    async candidates({ brand, ani, dealer }) {
      const { settings } = await factsOf(brand);
      const found = await stores.matching.find(brand, await keys(brand, ani), MOST_READ + 1);
      const caller = callerOf(ani);
      // Of no use but to customers who were found, and most brands' callers are asked about at every call.
      const ahead =
        caller === null || found.length === 0 ? [] : await stores.appointments.byCaller(brand, caller, clock.now(), APPOINTMENTS_READ);
      const booked = nearestOf(ahead);
      const candidates = found.slice(0, MOST_READ).map((one) => candidateOf(one, booked));
      const ordered = inOrder(candidates, { now: clock.now(), dealer }).map((one, index) => ({ ...one, id: `c${index + 1}` }));
      return openInquiry(rulesOf(settings), ordered, found.length > MOST_READ);
    },
  };
}

export function rulesOf({ most, tries, verify, questions }: MatchSettings): InquiryRules {
  return { most, tries, verify, questions };
}

async function readFacts(stores: LookUpDeps['stores'], brand: BrandId): Promise<BrandFacts> {
  const [settings = DEFAULT_SETTINGS, forms] = await Promise.all([stores.matching.settings(brand), stores.matching.forms(brand)]);
  return { settings, forms };
}

/** The next appointment of each customer's number at the brand, however it was typed. */
function nearestOf(ahead: readonly Pick<Appointment, 'customer' | 'startsAt'>[]): ReadonlyMap<string, number> {
  const nearest = new Map<string, number>();
  for (const { customer, startsAt } of ahead) {
    if (customer === null || customer === '') continue;
    const no = customerNoText(customer);
    nearest.set(no, Math.min(startsAt, nearest.get(no) ?? startsAt));
  }
  return nearest;
}

/** An appointment that was made with us is known sooner than a file tells of it: by the customer's number at the brand. */
function candidateOf({ customer, record }: StoredCustomer, booked: ReadonlyMap<string, number>): Candidate {
  const startsAt = record.customerNo === '' ? undefined : booked.get(customerNoText(record.customerNo));
  return { id: '', customer, record: startsAt === undefined ? record : { ...record, appointmentAt: startsAt } };
}
