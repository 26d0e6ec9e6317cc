import { answerable, answerFits, type CustomerRecord, maskName, type VerifyField } from './customer-record.ts';

/** A customer who may be the caller. `id` is made for this call and means nothing elsewhere. */
export interface Candidate {
  readonly id: string;
  /** The store's own key; never leaves the services. */
  readonly customer: string;
  readonly record: CustomerRecord;
}

/** What limits the search for a caller. */
export interface InquiryRules {
  /** Longest list that is shown; beyond it a question comes first. */
  readonly most: number;
  /** Wrong answers before the call is locked. */
  readonly tries: number;
  readonly verify: readonly VerifyField[];
  readonly questions: readonly VerifyField[];
}

/** What is known in one call of who calls; never changed in place. Answers are judged and forgotten. */
export interface Inquiry {
  readonly rules: InquiryRules;
  readonly candidates: readonly Candidate[];
  /** More share the key than were read: a question is all there is. */
  readonly beyond: boolean;
  /** A question has narrowed the list. */
  readonly narrowedBy: readonly VerifyField[];
  /** What the caller keyed before an agent was there, and which of it was right. */
  readonly keyed: readonly VerifyField[];
  readonly wrong: number;
  readonly verified: string | null;
  /** The agent said that the caller is none of them. */
  readonly dismissed: boolean;
}

/** A candidate as it is shown before verification: enough to ask, too little to know. */
export interface CandidateCard {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly segment: string;
  readonly dealer: string;
  readonly lastContactAt: number | null;
  readonly appointmentAt: number | null;
  /** What can be asked to verify this one. */
  readonly fields: readonly VerifyField[];
}

export type InquiryView =
  | { readonly kind: 'none' }
  | { readonly kind: 'one' | 'many'; readonly cards: readonly CandidateCard[]; readonly triesLeft: number }
  | { readonly kind: 'too-many'; readonly count: number; readonly fields: readonly VerifyField[]; readonly triesLeft: number }
  | { readonly kind: 'locked' }
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'verified'; readonly id: string };

/** How candidates are put in order; `dealer` is the one the dialled number belongs to, null when it is nobody's. */
export interface OrderBy {
  readonly now: number;
  readonly dealer: string | null;
}

const DAY_MS = 86_400_000;

/** Who was in contact last comes first, by days; of one day who has an appointment ahead, then who belongs to the dealer that is called. */
export function inOrder(candidates: readonly Candidate[], { now, dealer }: OrderBy): readonly Candidate[] {
  const rank = ({ record }: Candidate): readonly number[] => [
    record.lastContactAt === null ? Number.MAX_SAFE_INTEGER : Math.floor(Math.max(0, now - record.lastContactAt) / DAY_MS),
    record.appointmentAt !== null && record.appointmentAt >= now ? 0 : 1,
    dealer !== null && record.dealer === dealer ? 0 : 1,
    -(record.lastContactAt ?? 0),
  ];
  return candidates.toSorted((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const first = left.findIndex((value, index) => value !== right[index]);
    if (first >= 0) return (left[first] ?? 0) - (right[first] ?? 0);
    return a.customer < b.customer ? -1 : 1;
  });
}

export function openInquiry(rules: InquiryRules, candidates: readonly Candidate[], beyond = false): Inquiry {
  return { rules, candidates, beyond, narrowedBy: [], keyed: [], wrong: 0, verified: null, dismissed: false };
}

/** What may be shown at this moment. Nothing is ever selected. */
export function viewOf(inquiry: Inquiry): InquiryView {
  const { rules, candidates, beyond, wrong, verified, dismissed } = inquiry;
  const triesLeft = rules.tries - wrong;
  if (verified !== null) return { kind: 'verified', id: verified };
  if (triesLeft <= 0) return { kind: 'locked' };
  if (dismissed) return { kind: 'dismissed' };
  if (candidates.length === 0) return { kind: 'none' };
  if (beyond || candidates.length > rules.most) {
    const known = new Set(candidates.flatMap(({ record }) => answerable(record)));
    const fields = rules.questions.filter((field) => known.has(field) && !inquiry.narrowedBy.includes(field));
    return { kind: 'too-many', count: candidates.length, fields, triesLeft };
  }
  return { kind: candidates.length === 1 ? 'one' : 'many', cards: candidates.map((one) => cardOf(one, rules)), triesLeft };
}

/** An answer to the question that comes before a list: those whom it does not fit are left out. Nobody left counts as a wrong answer. */
export function narrow(inquiry: Inquiry, field: VerifyField, answer: string): Inquiry {
  const fitting = inquiry.candidates.filter(({ record }) => answerFits(record, field, answer));
  if (fitting.length === 0) return { ...inquiry, wrong: inquiry.wrong + 1 };
  // Those beyond what was read were not asked: the list stays unfinished, and another question comes.
  return { ...inquiry, candidates: fitting, narrowedBy: [...inquiry.narrowedBy, field] };
}

/** An answer that shall prove that the caller is this candidate. */
export function verify(
  inquiry: Inquiry,
  id: string,
  field: VerifyField,
  answer: string,
): { readonly inquiry: Inquiry; readonly right: boolean } {
  const candidate = inquiry.candidates.find((one) => one.id === id);
  const right = candidate !== undefined && inquiry.rules.verify.includes(field) && answerFits(candidate.record, field, answer);
  return right ? { inquiry: { ...inquiry, verified: id }, right } : { inquiry: { ...inquiry, wrong: inquiry.wrong + 1 }, right };
}

/** What the caller keyed before an agent was there: it narrows, and is shown as keyed; it verifies nobody by itself. */
export function keyedIn(inquiry: Inquiry, field: VerifyField, answer: string): Inquiry {
  const fitting = inquiry.candidates.filter(({ record }) => answerFits(record, field, answer));
  if (fitting.length === 0) return inquiry;
  return { ...inquiry, candidates: fitting, keyed: [...new Set([...inquiry.keyed, field])] };
}

export function dismiss(inquiry: Inquiry): Inquiry {
  return { ...inquiry, dismissed: true };
}

function cardOf({ id, record }: Candidate, rules: InquiryRules): CandidateCard {
  const { name, city, segment, dealer, lastContactAt, appointmentAt } = record;
  const fields = answerable(record).filter((field) => rules.verify.includes(field));
  return { id, name: maskName(name), city, segment, dealer, lastContactAt, appointmentAt, fields };
}
