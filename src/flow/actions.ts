import type { ActionSignature } from './action-signature.ts';
import { APPOINTMENT_ACTIONS } from './appointment-actions.ts';
import { HOUSE_ACTIONS } from './house-actions.ts';
import { MATCH_ACTIONS } from './match-actions.ts';

const DEALERS =
  'A list of dealers, the nearest first: { code, name, district, province, provinceName, address, postcode, phone, hours, distanceKm }; distanceKm is null when unknown.';

const QUESTION = '{ id, kind: nps, scale, choice or comment, spoken: { tr, en }, low, high }; low and high are null for a comment.';
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
    forTrials: true,
  },
  {
    name: 'dealers.by-postcode',
    doc: 'Dealers near a postcode.',
    params: { postcode: { required: true, doc: 'Five digits; the first two are the plate code.' } },
    result: DEALERS,
    exits: ['none'],
    forTrials: true,
  },
  {
    name: 'pins.check',
    doc: 'Whether a PIN is the one that the setting SANTRAL_PINS holds under a name. After many wrong ones in a row nothing is judged for a while.',
    params: {
      name: { required: true, doc: 'The name in SANTRAL_PINS.' },
      pin: { required: true, doc: 'What was typed; a `pin` node hands it over.' },
    },
    result: 'right, wrong, locked (too many were wrong) or unset (SANTRAL_PINS has no such name).',
    exits: [],
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
  ...APPOINTMENT_ACTIONS,
  ...MATCH_ACTIONS,
  ...HOUSE_ACTIONS,
  {
    name: 'switches.get',
    doc: 'How a switch stands at this moment.',
    params: { switch: SWITCH },
    result: '{ on, tr, en }: whether callers are to hear it, and its words in each language, empty where the catalogue has them.',
    exits: [],
    forTrials: true,
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
