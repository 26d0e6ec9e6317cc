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

const SWITCH = { required: true, doc: 'The name of the switch: emergency.' };
const BY = { required: false, doc: 'Who does it; a number is kept masked.' };
const PIN = { required: true, doc: 'The secret that the caller typed.' };

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
  {
    name: 'switches.get',
    doc: 'How a switch stands at this moment.',
    params: { switch: SWITCH },
    result: '{ on, tr, en }: whether callers are to hear it, and its words in each language, empty where the catalogue has them.',
    exits: [],
  },
  {
    name: 'switches.check-pin',
    doc: 'Whether a secret is the one that turns the switch. Three wrong ones, by whomever, lock the telephone for 15 minutes.',
    params: { switch: SWITCH, pin: PIN, by: BY },
    result: 'right, wrong, locked (too many were wrong) or unset (nobody chose a secret).',
    exits: [],
  },
  {
    name: 'switches.set',
    doc: 'Turns a switch on or off for the next callers; needs the secret once more.',
    params: { switch: SWITCH, on: { required: true, doc: 'true or false.' }, pin: PIN, by: BY },
    result: '{ on, tr, en }, as it stands now.',
    exits: [],
  },
];
