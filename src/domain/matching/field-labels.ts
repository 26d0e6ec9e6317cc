import type { Label } from '../label.ts';
import type { VerifyField } from './customer-record.ts';

/** What agents ask, and how the answer is typed. */
export const FIELD_LABELS: Readonly<Record<VerifyField, { readonly label: Label; readonly kind: 'digits' | 'text' }>> = {
  'customer-no': { label: { tr: 'Müşteri numarası', en: 'Customer number' }, kind: 'text' },
  'birth-year': { label: { tr: 'Doğum yılı', en: 'Year of birth' }, kind: 'digits' },
  surname: { label: { tr: 'Soyadı', en: 'Surname' }, kind: 'text' },
  city: { label: { tr: 'Şehir', en: 'City' }, kind: 'text' },
  postcode: { label: { tr: 'Posta kodu', en: 'Postcode' }, kind: 'digits' },
  plate: { label: { tr: 'Plaka', en: 'Number plate' }, kind: 'text' },
  'id-last4': { label: { tr: 'Kimlik numarasının son dört hanesi', en: 'Last four digits of the identity number' }, kind: 'digits' },
};
