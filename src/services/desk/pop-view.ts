import type { VerifyField as AskedField, CandidateCard, CustomerRecord, Pop, VerificationView } from '../../domain/desk-view.ts';
import type { Label } from '../../domain/label.ts';
import { answerable, type CustomerRecord as KeptRecord, type VerifyField } from '../../domain/matching/customer-record.ts';
import { FIELD_LABELS } from '../../domain/matching/field-labels.ts';
import type { CandidateCard as Card, InquiryView } from '../../domain/matching/inquiry.ts';
import type { CallerView } from '../matching/matching.ts';

/** Who may be calling, as the agent's page shows it. Nobody is chosen. */
export function popOf(seen: CallerView): Pop {
  const { view } = seen;
  const verification = verificationOf(seen);
  const nobody = { count: 0, candidates: [], question: null, verification };
  switch (view.kind) {
    case 'none':
    case 'dismissed':
    case 'locked':
      return { ...nobody, kind: 'none' };
    case 'verified':
      return { ...nobody, kind: 'one', count: 1 };
    case 'too-many': {
      const [first] = view.fields;
      return { ...nobody, kind: 'too-many', count: view.count, question: first === undefined ? null : asked(first) };
    }
    case 'one':
    case 'many': {
      const candidates = view.cards.map((card) => cardOf(card, seen.dealer));
      return { ...nobody, kind: view.kind, count: candidates.length, candidates };
    }
  }
}

/** How far the verification is. */
export function verificationOf({ view, keyed }: CallerView): VerificationView {
  const [first] = keyed;
  return {
    state: view.kind === 'verified' || view.kind === 'locked' ? view.kind : 'open',
    triesLeft: triesOf(view),
    candidate: view.kind === 'verified' ? view.id : null,
    keyed: first === undefined ? null : asked(first),
    noneOfThese: view.kind === 'dismissed',
  };
}

/** The verified customer, whole. `id` names them for this call alone. */
export function recordOf(record: KeptRecord, id: string): CustomerRecord {
  const shown = answerable(record).filter((field) => field !== 'customer-no' && field !== 'city' && field !== 'surname');
  return {
    id,
    name: record.name,
    customerNumber: record.customerNo || null,
    city: record.city || null,
    segment: labelOrNull(record.segment),
    dealer: record.dealer || null,
    lastContactAt: record.lastContactAt,
    openAppointmentAt: record.appointmentAt,
    fields: shown.map((field) => ({ label: FIELD_LABELS[field].label, value: valueOf(record, field) })),
  };
}

function cardOf({ id, name, city, segment, dealer, lastContactAt, appointmentAt, fields }: Card, dialled: string | null): CandidateCard {
  return {
    id,
    name,
    city: city || null,
    segment: labelOrNull(segment),
    lastContactAt,
    openAppointmentAt: appointmentAt,
    dealer: dealer || null,
    sameDealer: dealer !== '' && dealer === dialled,
    fields: fields.map(asked),
  };
}

function triesOf(view: InquiryView): number {
  return 'triesLeft' in view ? view.triesLeft : 0;
}

function asked(field: VerifyField): AskedField {
  return { field, ...FIELD_LABELS[field] };
}

/** A word of the customer's own system: the same in every language. */
function labelOrNull(word: string): Label | null {
  return word === '' ? null : { tr: word, en: word };
}

function valueOf(record: KeptRecord, field: Exclude<VerifyField, 'customer-no' | 'city' | 'surname'>): string {
  switch (field) {
    case 'birth-year':
      return record.birthYear;
    case 'postcode':
      return record.postcode;
    case 'plate':
      return record.plate;
    case 'id-last4':
      return record.idLast4;
  }
}
