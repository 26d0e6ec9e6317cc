import type { ActionSignature } from './action-signature.ts';
import { APPOINTMENT_ACTIONS } from './appointment-actions.ts';

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
