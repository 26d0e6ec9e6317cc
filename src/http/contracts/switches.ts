import { z } from 'zod';
import { AUDITED } from '../../domain/audit.ts';
import { SWITCHES } from '../../domain/switch.ts';
import { contract, doc, NO_CONTENT, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, jsonMap, pageSize, time } from './common.ts';

const name = doc(z.enum(SWITCHES), 'The switch.', 'emergency');
const switchParams = z.object({ name });
const MOST_WORDS = 1000;
const words = z.string().trim().min(1).max(MOST_WORDS);
const WORDS_EXAMPLE = { tr: 'Bugün su kesintisi nedeniyle servisimiz kapalıdır.', en: 'Our service is closed today.' };
const when = (description: string) => doc(time.nullable(), description, null);

const switchView = named(
  'Switch',
  z.object({
    name,
    on: z.boolean(),
    inForce: doc(z.boolean(), 'Callers hear it now: it is on, its time has come and is not over.', true),
    text: doc(
      z.object({ tr: z.string().nullable(), en: z.string().nullable() }),
      'null: the prompt emergency.announcement.',
      WORDS_EXAMPLE,
    ),
    from: when('UTC milliseconds; null: at once.'),
    until: when('UTC milliseconds; null: until it is switched off.'),
    changed: doc(
      z.object({ at: at('When.'), by: z.string(), via: z.enum(['api', 'phone']) }).nullable(),
      'Who touched it last; null when nobody ever did.',
    ),
    hasPin: doc(z.boolean(), 'The telephone can switch it.', true),
  }),
  'Something that is turned on and off for all callers.',
);

export const listSwitches = contract({
  id: 'switches.list',
  method: 'GET',
  path: '/api/v1/switches',
  tag: 'switches',
  summary: 'How the switches stand',
  access: SUPERVISORS,
  reply: { status: 200, description: 'The switches.', schema: z.object({ items: z.array(switchView) }) },
  errors: [],
});

export const setSwitch = contract({
  id: 'switches.set',
  method: 'PUT',
  path: '/api/v1/switches/:name',
  tag: 'switches',
  summary: 'Turn a switch on or off; the next caller meets it',
  description:
    'emergency: every caller hears it first. What is not said is as if it were empty: without words the prompt emergency.announcement is heard, or its recording.',
  access: SUPERVISORS,
  params: switchParams,
  body: z.strictObject({
    on: doc(z.boolean(), 'true: on.', true),
    text: doc(z.strictObject({ tr: words.optional(), en: words.optional() }), 'What is heard, per language.', WORDS_EXAMPLE).default({}),
    from: when('Not before; UTC milliseconds.').default(null),
    until: when('Not after; UTC milliseconds.').default(null),
  }),
  reply: { status: 200, description: 'The switch as it stands now.', schema: switchView },
  errors: [],
});

export const setPin = contract({
  id: 'switches.set-pin',
  method: 'PUT',
  path: '/api/v1/switches/:name/pin',
  tag: 'switches',
  summary: 'Choose the secret by which the telephone turns the switch',
  access: SUPERVISORS,
  params: switchParams,
  body: z.strictObject({ pin: doc(z.string().max(20), '6 to 10 digits, not all the same nor in a row. Only its hash is kept.', '482913') }),
  reply: NO_CONTENT,
  errors: [],
});

export const removePin = contract({
  id: 'switches.remove-pin',
  method: 'DELETE',
  path: '/api/v1/switches/:name/pin',
  tag: 'switches',
  summary: 'Take the secret away: the telephone turns the switch no more',
  access: SUPERVISORS,
  params: switchParams,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

const auditView = named(
  'AuditEntry',
  z.object({
    id: idOf('audit', 'The entry.'),
    at: at('When.'),
    actor: doc(z.string(), 'A user’s name, or a caller’s number, masked.', 'ayse'),
    via: doc(z.enum(['api', 'phone']), 'By which way.', 'api'),
    what: doc(z.enum(AUDITED), 'What was done.', 'switch-set'),
    subject: doc(z.string(), 'To what.', 'emergency'),
    details: doc(jsonMap, 'The rest of it.', { on: true }),
  }),
  'Who changed what.',
);

export const listAudit = contract({
  id: 'audit.list',
  method: 'GET',
  path: '/api/v1/audit',
  tag: 'switches',
  summary: 'Who changed what, newest first: recordings of prompts, switches',
  access: SUPERVISORS,
  query: z.strictObject({
    subject: doc(z.string().max(200), 'Only what was done to this: `emergency`, `tr/main.menu`.', 'emergency').optional(),
    before: doc(idOf('audit', 'The next page: `next` of the page before.'), 'The next page: `next` of the page before.').optional(),
    limit: pageSize(200, 50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(auditView), next: doc(z.string().nullable(), 'Pass it as `before`; null on the last page.', null) }),
  },
  errors: [],
});
