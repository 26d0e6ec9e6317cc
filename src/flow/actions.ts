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
  /** It changes nothing, so that flows on trial may let it be carried out. */
  readonly readsOnly?: true;
}

const DEALERS =
  'A list of dealers, the nearest first: { code, name, district, province, provinceName, address, postcode, phone, hours, distanceKm }; distanceKm is null when unknown.';

const QUESTION = '{ id, kind: nps, scale, choice or comment, spoken: { tr, en }, low, high }; low and high are null for a comment.';

export const ACTIONS: readonly ActionSignature[] = [
  {
    name: 'dealers.by-province',
    doc: 'Dealers of a province.',
    params: { province: { required: true, doc: 'Turkish plate code, 1 to 81.' } },
    result: DEALERS,
    exits: ['none'],
    readsOnly: true,
  },
  {
    name: 'dealers.by-postcode',
    doc: 'Dealers near a postcode.',
    params: { postcode: { required: true, doc: 'Five digits; the first two are the plate code.' } },
    result: DEALERS,
    exits: ['none'],
    readsOnly: true,
  },
  {
    name: 'surveys.begin',
    doc: 'Begins a survey of flows/surveys/ on this call. `none`: there is no such survey, or it was answered on this call before.',
    params: {
      survey: { required: true, doc: 'The survey’s name.' },
      language: { required: true, doc: 'In which language it is answered, such as "{{call.language}}".' },
      direction: { required: false, doc: 'Who called: "{{call.direction}}".' },
      dealer: { required: false, doc: 'The code of the dealer it is about.' },
      agent: { required: false, doc: 'The agent it is about.' },
      campaign: { required: false, doc: 'The campaign that asks.' },
    },
    result: `{ question, thanks: { tr, en } }; question is ${QUESTION}`,
    exits: ['none'],
  },
  {
    name: 'surveys.answer',
    doc: 'Stores an answer at once and gives the next question. `none`: that was the last one.',
    params: {
      survey: { required: true, doc: 'The survey’s name.' },
      question: { required: true, doc: 'The question’s id.' },
      answer: { required: false, doc: 'What was pressed, or what a record node gave; nothing: the question is passed over.' },
    },
    result: QUESTION,
    exits: ['none'],
  },
];
