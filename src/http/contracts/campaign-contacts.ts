import { z } from 'zod';
import { ATTEMPT_OUTCOMES, ATTEMPT_STATES } from '../../domain/attempt.ts';
import { CONTACT_STATES, ENDS, SUPPRESSIONS, WAIT_REASONS } from '../../domain/contact.ts';
import { contract, doc, NO_CONTENT, named, OFFICE } from '../contract.ts';
import { FILE_TYPES, type FileKind } from '../exports/file-kinds.ts';
import { count, params } from './campaign-views.ts';
import { at, idOf, language, maybeAt } from './common.ts';
import { sentContacts } from './lists.ts';

/** Numbers of one request; more go in several. */
const MOST_EXCLUDED = 5000;

const attemptView = z.object({
  id: idOf('attempt', 'The attempt.'),
  no: doc(z.int(), '1, 2, 3 … of the contact.', 1),
  callId: idOf('call', 'Its call.'),
  callerId: doc(z.string().nullable(), 'The number that was shown.', '+902125550010'),
  state: z.enum(ATTEMPT_STATES),
  outcome: doc(z.enum(ATTEMPT_OUTCOMES).nullable(), 'How it ended.', 'busy'),
  sipCode: doc(z.int().nullable(), 'What the trunk said.', 486),
  counted: z.boolean(),
  createdAt: at('When the contact was taken.'),
  originatedAt: maybeAt('When it was dialled.'),
  answeredAt: maybeAt('When it was answered.'),
  endedAt: maybeAt('When it ended.'),
  heardShare: doc(z.number().nullable(), 'Share of the message that was heard.', 1),
  keys: doc(count, 'Keys that were pressed.', 1),
  choices: doc(z.array(z.string()), 'What was chosen with a key or two, in its order.', ['1']),
});

const contactView = named(
  'CampaignContact',
  z.object({
    contact: idOf('contact', 'The contact.'),
    seq: doc(z.int(), 'Its place in the campaign.', 17),
    number: doc(
      z.string().nullable(),
      'Masked for all but administrators and campaign managers; null: its list was removed.',
      '+90 5** *** ** 17',
    ),
    state: z.enum(CONTACT_STATES),
    outcome: z.enum([...ENDS, ...SUPPRESSIONS]).nullable(),
    waitReason: z.enum(WAIT_REASONS).nullable(),
    attempts: doc(count, 'Counted ones.', 2),
    dueAt: maybeAt('When it is called again, where it waits.'),
    history: z.array(attemptView),
  }),
  'A contact in a campaign, with everything that was tried.',
);

export const findContacts = contract({
  id: 'campaigns.find-contacts',
  method: 'POST',
  path: '/api/v1/campaigns/:id/contacts/find',
  tag: 'campaigns',
  summary: 'Contacts with their history, in the order of the lists',
  description: 'The number stands in the body, not in the address: addresses are logged on their way.',
  access: OFFICE,
  params,
  body: z.strictObject({
    number: doc(z.string().min(3).max(40), 'Only this one, in any usual form.', '0555 000 00 17').optional(),
    state: z.enum(CONTACT_STATES).optional(),
    outcome: z.enum([...ENDS, ...SUPPRESSIONS]).optional(),
    after: doc(z.int().min(0), 'The next page: `next` of the page before.', 50).optional(),
    limit: doc(z.int().min(1).max(500), 'How many at most.', 50).default(50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(contactView), next: doc(z.int().nullable(), 'Pass it as `after`; null on the last page.', null) }),
  },
  errors: ['request.not-found'],
});

export const addContacts = contract({
  id: 'campaigns.add-contacts',
  method: 'POST',
  path: '/api/v1/campaigns/:id/contacts',
  tag: 'campaigns',
  summary: 'Have people called by a campaign, while it runs too',
  description:
    'For shops and CRMs that know of one person at a time (a welcome call after a purchase): the person joins the campaign’s first list. What the campaign’s plan says of hours, attempts, cap and consent holds for them as for everybody. A number that is in the list already is not added again.',
  access: OFFICE,
  params,
  ...sentContacts,
  errors: ['request.not-found', 'request.conflict'],
});

export const numberHistory = contract({
  id: 'campaigns.number-history',
  method: 'POST',
  path: '/api/v1/campaigns/numbers/history',
  tag: 'campaigns',
  summary: 'Everything that campaigns did with a number, newest first',
  description: 'The number stands in the body, not in the address: addresses are logged on their way.',
  access: OFFICE,
  body: z.strictObject({ number: doc(z.string().min(3).max(40), 'In any usual form.', '0555 000 00 17') }),
  reply: {
    status: 200,
    description: 'The newest hundred campaigns that had it.',
    schema: z.object({
      items: z.array(
        contactView.extend({ campaign: idOf('campaign', 'The campaign.'), name: doc(z.string(), 'Its name.', 'Kış lastiği 2026') }),
      ),
    }),
  },
  errors: [],
});

function contactFile(kind: FileKind) {
  return contract({
    id: `campaigns.export-${kind}`,
    method: 'GET',
    path: `/api/v1/campaigns/:id/contacts.${kind}`,
    tag: 'campaigns',
    summary:
      kind === 'csv' ? 'All contacts with how they ended, as Turkish Excel opens it' : 'All contacts with how they ended, as a workbook',
    description: 'Made while it is sent. Behind the outcome stand the columns of the lists.',
    access: OFFICE,
    params,
    query: z.strictObject({ language: language.default('tr') }),
    reply: {
      status: 200,
      description: kind === 'csv' ? 'UTF-8 with BOM, semicolons.' : 'One sheet.',
      schema: z.string(),
      contentType: FILE_TYPES[kind],
    },
    errors: ['request.not-found'],
  });
}

export const contactFiles = { csv: contactFile('csv'), xlsx: contactFile('xlsx') };

const stopView = z.object({
  since: at('Since when.'),
  by: doc(z.string(), 'Who pressed it.', 'ayse'),
  reason: doc(z.string(), 'Why.', 'wrong file'),
});

export const getEmergency = contract({
  id: 'emergency-stop.get',
  method: 'GET',
  path: '/api/v1/emergency-stop',
  tag: 'campaigns',
  summary: 'Whether everything stands still',
  access: OFFICE,
  reply: { status: 200, description: 'null: it does not.', schema: z.object({ stop: stopView.nullable() }) },
  errors: [],
});

export const setEmergency = contract({
  id: 'emergency-stop.set',
  method: 'POST',
  path: '/api/v1/emergency-stop',
  tag: 'campaigns',
  summary: 'No campaign calls anybody; telephones that ring are let go',
  access: OFFICE,
  body: z.strictObject({ reason: doc(z.string().max(200), 'Why.', 'wrong file').default('') }),
  reply: { status: 200, description: 'Everything stands still.', schema: z.object({ stop: stopView }) },
  errors: [],
});

export const liftEmergency = contract({
  id: 'emergency-stop.lift',
  method: 'DELETE',
  path: '/api/v1/emergency-stop',
  tag: 'campaigns',
  summary: 'Let campaigns call again',
  access: OFFICE,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

export const excludeContacts = contract({
  id: 'campaigns.exclude',
  method: 'POST',
  path: '/api/v1/campaigns/:id/exclusions',
  tag: 'campaigns',
  summary: 'Take people out of a campaign while it runs',
  description:
    'They leave it before they are called again, with the outcome `excluded`; who is talking finishes. Numbers that are not in it yet are not called when they join.',
  access: OFFICE,
  params,
  body: z.strictObject({
    numbers: doc(z.array(z.string().min(1).max(40)).min(1).max(MOST_EXCLUDED), 'Numbers in any usual form.', ['0555 000 00 17']),
  }),
  reply: {
    status: 200,
    description: 'Done.',
    schema: z.object({
      excluded: doc(count, 'Numbers that had not left yet.', 1),
      unreadable: doc(z.array(z.int()), 'Places in the list, from 1, of what is no telephone number.', []),
    }),
  },
  errors: ['request.not-found'],
});
