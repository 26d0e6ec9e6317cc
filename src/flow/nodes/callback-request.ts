import { z } from 'zod';
import type { E164 } from '../../domain/phone-number.ts';
import { callableNumber } from '../addresses.ts';
import { CALLBACK_PROMPTS } from '../built-in-prompts.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { CALLBACK_DEFAULTS } from '../engine-defaults.ts';
import { scopeOf } from '../machine.ts';
import { expressionText, nameText, oneKey, prompt } from '../parts.ts';
import type { Prompts } from '../prompts.ts';
import { type Arranging, arrangeCallback } from './arrange-callback.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';
import { digitsSpec, optionsSpec } from './listening.ts';
import { sinceOf } from './since.ts';

const LONGEST_REASON = 100;

const { yes: YES, no: NO, leave: LEAVE } = CALLBACK_DEFAULTS;

export const callbackRequest = defineNode({
  type: 'callback-request',
  summary: 'Takes down that the caller wants to be called back.',
  doc: 'The caller’s own number is offered; another one may be keyed and is read back; who withholds theirs is asked for one. Service numbers and, without `abroad: true`, numbers abroad are not taken. The request is stored before it is confirmed. Who gave up a wait for it keeps its place with `since`. Of one number at most one request is open per brand and group: who asks twice is called once.',
  example: `call-me-back:
  type: callback-request
  group: sales
  reason: kampanya
  next: goodbye
  exits: { declined: menu }`,
  fields: {
    group: nameText.describe('Whose agents call back: a queue, or its `callbackGroup`.'),
    reason: z
      .string({ error: '@wrong-type' })
      .max(LONGEST_REASON, { error: `may have ${LONGEST_REASON} characters at most` })
      .optional()
      .describe('What it is about, for those who call back.'),
    since: expressionText
      .optional()
      .describe(
        'Where their place counts from: `since` of a wait of this call that they give up for it (`into` of its queue node). Default: now.',
      ),
    abroad: z.boolean({ error: '@wrong-type' }).optional().describe('true: numbers abroad are called, too.'),
    offer: prompt.optional().describe('Names the number ({{number|phone}}) and the keys. Default: the engine’s words.'),
    ask: prompt.optional().describe('Asks for a number that ends with #. Default: the engine’s words.'),
    bad: prompt.optional().describe('Heard when the keyed number cannot be called. Default: the engine’s words.'),
    done: prompt.optional().describe('Heard when the request is stored. Default: the engine’s words; [] for silence.'),
    yes: oneKey.optional().describe(`The key that takes the number. Default: \`${YES}\`.`),
    no: oneKey.optional().describe(`The key for another number. Default: \`${NO}\`.`),
    leave: oneKey.optional().describe(`The key that leaves without a request. Default: \`${LEAVE}\`.`),
    firstDigit: INHERITED.menu.firstDigit,
    attempts: INHERITED.menu.attempts,
  },
  exits: [
    { ...NEXT_EXIT, doc: 'The request is stored (written as `next:`).' },
    { name: 'declined', doc: 'The caller left without one.', otherwise: 'next' },
    { name: 'noNumber', doc: 'No number was keyed that can be called.', otherwise: 'next' },
    ERROR_EXIT,
  ],
  asksCaller: true,
  compile(source, kit) {
    const keys = { yes: String(source.yes ?? YES), no: String(source.no ?? NO), leave: String(source.leave ?? LEAVE) };
    kit.callbackGroup(['group'], source.group);
    if (new Set(Object.values(keys)).size < 3)
      kit.problem('ambiguous-option', ['yes'], 'yes, no and leave need keys of their own', 'Give each another key.');
    const say = (name: keyof typeof CALLBACK_PROMPTS): Prompts => {
      const own = source[name];
      return own === undefined
        ? kit.nodePrompt(CALLBACK_PROMPTS[name], true)
        : kit.within(CALLBACK_PROMPTS[name].names).prompts([name], own, true);
    };
    const { attempts } = inherit('menu', kit.defaults, source);
    const since = source.since === undefined ? null : kit.expression(['since'], source.since, 'weighed');
    const arranging: Arranging = {
      group: source.group,
      reason: source.reason ?? '',
      since: (m) => (since === null ? null : sinceOf(m, since.evaluate(scopeOf(m)))),
      attempts,
      keys,
      prompts: { offer: untold(say('offer')), ask: say('ask'), bad: say('bad'), done: say('done') },
      offerSpec: optionsSpec(kit, source, Object.values(keys)),
      numberSpec: digitsSpec(kit, source, { min: 3, max: 15 }, CALLBACK_DEFAULTS.end),
      numberOf: (text): E164 | null => callableNumber(text, source.abroad ?? false),
    };
    return arrangeCallback(arranging);
  },
});

/** What is put into it is somebody's number: the journal is told which prompt it was, not its words. */
function untold(prompts: Prompts): Prompts {
  return {
    names: prompts.names,
    render(m, over) {
      const rendered = prompts.render(m, over);
      return { ...rendered, text: rendered.keys.map((key) => key ?? '…').join(' ') };
    },
  };
}
