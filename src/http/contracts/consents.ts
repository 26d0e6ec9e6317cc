import { z } from 'zod';
import { CONSENT_SOURCES, CONSENT_STATUSES, CONSENT_TYPES, MAX_EVIDENCE, RECIPIENT_TYPES } from '../../domain/consent.ts';
import { type Access, contract, doc, NO_CONTENT, named, SUPERVISORS } from '../contract.ts';
import { at } from './common.ts';

/** Those who talk with customers. */
const DESK = { kind: 'roles', roles: ['admin', 'supervisor', 'agent'] } as const satisfies Access;
/** Asked by number, so that nobody goes through numbers to see which are customers. */
const ASKED_PER_MINUTE = 60;

const recipient = doc(z.string().min(3).max(255), 'A telephone number in any usual form, or an e-mail address.', '0555 000 00 17');
const recipientType = doc(
  z.enum(RECIPIENT_TYPES),
  'BIREYSEL: a private person, who must have agreed; TACIR: a trader, who must not have refused.',
  'BIREYSEL',
);
const type = doc(z.enum(CONSENT_TYPES), 'ARAMA: calls; MESAJ: SMS; EPOSTA: e-mail.', 'MESAJ');
const status = doc(z.enum(CONSENT_STATUSES), 'ONAY: agreed; RET: refused.', 'ONAY');
const source = doc(z.enum(CONSENT_SOURCES), 'Where it was said, in the words of İYS.', 'HS_CAGRI_MERKEZI');
const evidence = doc(z.string().max(MAX_EVIDENCE), 'What proves it: a call, a recording, a form. No number, no name.', 'call_01jd9v8q4k');

const consentView = z.object({ recipientType, type, status, source, consentDate: at('When it was said.'), evidence });
const blockView = z.object({
  reason: doc(z.string(), 'Why.', 'asked on the phone'),
  since: at('Since when.'),
  by: doc(z.string(), 'Who wrote it down.', 'ayse'),
});
const lineView = z.object({
  kind: z.enum(['consent', 'do-not-contact']),
  recipientType: recipientType.nullable(),
  type: type.nullable(),
  status: doc(z.enum([...CONSENT_STATUSES, 'set', 'lifted']), 'What was said; set and lifted of do-not-contact.', 'ONAY'),
  source: doc(z.string(), 'Where it was said; empty for do-not-contact.', 'HS_CAGRI_MERKEZI'),
  consentDate: at('When it was said.'),
  evidence: z.string(),
  recordedAt: at('When it was written down.'),
  recordedBy: doc(z.string(), 'By whom.', 'ayse'),
});

export const findConsents = contract({
  id: 'consents.find',
  method: 'POST',
  path: '/api/v1/consents/find',
  tag: 'consents',
  summary: 'What a person agreed to, and what was recorded before',
  description: 'The number stands in the body, not in the address: addresses are logged on their way.',
  access: DESK,
  body: z.strictObject({ recipient }),
  ratePerMinute: ASKED_PER_MINUTE,
  reply: {
    status: 200,
    description: 'What stands, and its history, newest first.',
    schema: named(
      'ConsentStanding',
      z.object({
        consents: z.array(consentView),
        doNotContact: doc(blockView.nullable(), 'Stands above all consents; null when the person may be contacted.', null),
        history: z.array(lineView),
      }),
      'What is known of a person’s consents.',
    ),
  },
  errors: [],
});

export const recordConsent = contract({
  id: 'consents.record',
  method: 'POST',
  path: '/api/v1/consents',
  tag: 'consents',
  summary: 'Write down what a person agreed to or refused',
  description: 'The later consentDate stands, and of two of one instant the refusal; everything stays in the history.',
  access: DESK,
  body: z.strictObject({
    recipient,
    recipientType,
    type,
    status,
    source,
    consentDate: doc(z.int().min(0), 'When it was said, UTC milliseconds; now when nothing is said.', 1_767_258_000_000).optional(),
    evidence: evidence.default(''),
  }),
  ratePerMinute: ASKED_PER_MINUTE,
  reply: {
    status: 200,
    description: 'Written down.',
    schema: z.object({
      outcome: doc(z.enum(['stands', 'older']), 'older: something later stands already; the history has both.', 'stands'),
    }),
  },
  errors: [],
});

export const blockRecipient = contract({
  id: 'consents.block',
  method: 'POST',
  path: '/api/v1/do-not-contact',
  tag: 'consents',
  summary: 'Never contact a person again',
  access: DESK,
  body: z.strictObject({ recipient, reason: doc(z.string().min(1).max(MAX_EVIDENCE), 'Why.', 'asked on the phone') }),
  ratePerMinute: ASKED_PER_MINUTE,
  reply: NO_CONTENT,
  errors: [],
});

export const unblockRecipient = contract({
  id: 'consents.unblock',
  method: 'POST',
  path: '/api/v1/do-not-contact/lift',
  tag: 'consents',
  summary: 'Let a person be contacted again',
  access: SUPERVISORS,
  body: z.strictObject({ recipient }),
  ratePerMinute: ASKED_PER_MINUTE,
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});
