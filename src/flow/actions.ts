import { APPOINTMENT_ACTIONS } from './appointment-actions.ts';

/**
 * The built-in capabilities that an `action` node can call. Signatures only: what they do lives in the services, under
 * the same names.
 */
export interface ActionSignature {
  readonly name: string;
  readonly doc: string;
  readonly params: Readonly<Record<string, { readonly required: boolean; readonly doc: string }>>;
  /** What `into` gets. */
  readonly result: string;
  /** `none`: the answer is an empty list (or nothing). */
  readonly exits: readonly 'none'[];
}

const DEALERS =
  'A list of dealers, the nearest first: { code, name, district, province, provinceName, address, postcode, phone, hours, distanceKm }; distanceKm is null when unknown.';

export const ACTIONS: readonly ActionSignature[] = [
  {
    name: 'dealers.by-province',
    doc: 'Dealers of a province.',
    params: { province: { required: true, doc: 'Turkish plate code, 1 to 81.' } },
    result: DEALERS,
    exits: ['none'],
  },
  {
    name: 'dealers.by-postcode',
    doc: 'Dealers near a postcode.',
    params: { postcode: { required: true, doc: 'Five digits; the first two are the plate code.' } },
    result: DEALERS,
    exits: ['none'],
  },
  ...APPOINTMENT_ACTIONS,
];
