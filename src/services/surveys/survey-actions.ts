import { isLanguage } from '../../domain/language.ts';
import { type Question, rangeOf } from '../../domain/survey.ts';
import { isValueMap, type Value, type ValueMap } from '../../domain/value.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { PhoneAnswer, PhoneSurvey } from './phone-survey.ts';

/** Longer codes of dealers, agents and campaigns are cut: they are tags, not texts. */
const LONGEST_TAG = 60;

/**
 * The actions `surveys.begin` and `surveys.answer`. Questions are given as {id, kind, spoken: {tr, en}, low, high}; null
 * when there is none (the exit `none`).
 */
export function surveyActions(phone: PhoneSurvey): Record<'surveys.begin' | 'surveys.answer', ActionHandler> {
  return {
    'surveys.begin': async (params, { call }) => {
      const language = text(params, 'language');
      const channel = text(params, 'direction') === 'outbound' ? 'call' : 'phone';
      const tags = { dealer: tag(params, 'dealer'), agent: tag(params, 'agent'), campaign: tag(params, 'campaign') };
      const begun = await phone.begin(call.id, text(params, 'survey'), {
        ...tags,
        channel,
        language: isLanguage(language) ? language : 'tr',
      });
      return begun && { question: spoken(begun.next), thanks: begun.survey.thanks };
    },
    'surveys.answer': async (params, { call }) => {
      const next = await phone.answer(call.id, text(params, 'survey'), text(params, 'question'), givenIn(params['answer']));
      return next && spoken(next);
    },
  };
}

function text(params: ValueMap, name: string): string {
  const value = params[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function tag(params: ValueMap, name: string): string {
  return text(params, name).slice(0, LONGEST_TAG);
}

/** Keys as text, a recording as the record node gives it, or nothing. */
function givenIn(value: Value | undefined): PhoneAnswer {
  if (isValueMap(value) && typeof value['name'] === 'string' && typeof value['seconds'] === 'number')
    return { kind: 'recording', name: value['name'], seconds: value['seconds'] };
  if (value === undefined || value === null || value === '') return { kind: 'none' };
  return { kind: 'keys', keys: typeof value === 'number' || typeof value === 'string' ? String(value) : '' };
}

/** A question as flows see it: plain JSON. */
function spoken(question: Question): Value {
  const { low = null, high = null } = rangeOf(question) ?? {};
  return { id: question.id, kind: question.kind, spoken: question.spoken, low, high };
}
