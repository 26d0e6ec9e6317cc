import { parsePlate, platesDigits } from '../appointments/plate.ts';
import { fold } from '../fold.ts';

/** What can be asked of a caller. Answers are compared with the record and never shown. */
export const VERIFY_FIELDS = ['customer-no', 'birth-year', 'surname', 'city', 'postcode', 'plate', 'id-last4'] as const;
export type VerifyField = (typeof VERIFY_FIELDS)[number];

/** Fields that prove something by default; name and city are known to too many people. */
export const DEFAULT_VERIFY: readonly VerifyField[] = ['customer-no', 'birth-year', 'postcode', 'plate', 'id-last4'];
/** What is asked first when too many customers share the digits. */
export const DEFAULT_QUESTIONS: readonly VerifyField[] = ['birth-year', 'postcode', 'plate', 'customer-no', 'city', 'surname', 'id-last4'];

/** A customer as screens show it after verification. There is no number in it: none is kept. */
export interface CustomerRecord {
  readonly name: string;
  readonly city: string;
  readonly customerNo: string;
  readonly birthYear: string;
  readonly postcode: string;
  readonly plate: string;
  /** Last four digits of an identity number. */
  readonly idLast4: string;
  /** A word of the customer's own system, shown only; decides nothing. */
  readonly segment: string;
  /** Code of the dealer they belong to; empty when unknown. */
  readonly dealer: string;
  /** UTC ms of the last contact; null: none is known. */
  readonly lastContactAt: number | null;
  /** UTC ms of an appointment that is ahead; null: none. */
  readonly appointmentAt: number | null;
}

/** Which questions this record has an answer to. */
export function answerable(record: CustomerRecord): readonly VerifyField[] {
  return VERIFY_FIELDS.filter((field) => valueOf(record, field) !== '');
}

/** Whether an answer is the record's: letters are compared folded, plates by their letters and digits, the rest by digits. */
export function answerFits(record: CustomerRecord, field: VerifyField, answer: string): boolean {
  // Keyed at the telephone a plate has digits only.
  if (field === 'plate' && /^\d+$/.test(answer.trim())) return record.plate !== '' && answer.trim() === platesDigits(record.plate);
  const wanted = valueOf(record, field);
  const given = usual(field, answer);
  return wanted !== '' && given !== '' && given === wanted;
}

/** `Ayşe Nur Yılmaz` as cards show it: `A*** N*** Y***`. Always three stars, so that no length is told. */
export function maskName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return words.map((word) => `${[...word][0]?.toLocaleUpperCase('tr') ?? ''}***`).join(' ');
}

function valueOf(record: CustomerRecord, field: VerifyField): string {
  switch (field) {
    case 'customer-no':
      return usual(field, record.customerNo);
    case 'birth-year':
      return usual(field, record.birthYear);
    case 'surname':
      return usual(field, record.name.split(/\s+/).length > 1 ? (record.name.split(/\s+/).at(-1) ?? '') : '');
    case 'city':
      return usual(field, record.city);
    case 'postcode':
      return usual(field, record.postcode);
    case 'plate':
      return usual(field, record.plate);
    case 'id-last4':
      return usual(field, record.idLast4);
  }
}

/** What an answer and a record are compared by: the same however it is written. */
export function usual(field: VerifyField, text: string): string {
  switch (field) {
    case 'surname':
    case 'city':
      return fold(text);
    case 'customer-no':
      return fold(text)
        .replace(/[\s./-]/g, '')
        .replace(/^0+(?=.)/, '');
    case 'plate':
      return parsePlate(text) ?? fold(text).replace(/[\s-]/g, '');
    case 'birth-year':
    case 'postcode':
    case 'id-last4':
      return text.replace(/\D/g, '');
  }
}
