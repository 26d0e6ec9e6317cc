import { z } from 'zod';
import { VERIFY_FIELDS } from '../../domain/matching/customer-record.ts';
import { SUFFIX_DIGITS, TRUNC_BITS } from '../../domain/matching/match-mode.ts';
import { type Access, ADMINS, contract, doc, named, SUPERVISORS } from '../contract.ts';
import { idOf } from './common.ts';

const DESK = { kind: 'roles', roles: ['admin', 'supervisor', 'agent'] } as const satisfies Access;

const field = doc(z.enum(VERIFY_FIELDS), 'What is asked.', 'birth-year');
const answer = doc(z.string().min(1).max(100), 'What the caller says. It is judged, and neither kept nor shown.', '1984');
const candidateId = doc(
  z.string().regex(/^[ck]\d{1,4}$/, 'must be a candidate of this call'),
  'The candidate, within this call only.',
  'c1',
);
const when = z.int().nullable();

const card = named(
  'Candidate',
  z.object({
    id: candidateId,
    name: doc(z.string(), 'First letters.', 'A*** Y***'),
    city: z.string(),
    segment: doc(z.string(), 'A word of the customer’s own system; decides nothing.', ''),
    dealer: doc(z.string(), 'Code of their dealer.', 'IST-001'),
    lastContactAt: doc(when, 'UTC milliseconds; null when unknown.', 1_767_258_000_000),
    appointmentAt: doc(when, 'UTC milliseconds; null: none is ahead.', null),
    fields: doc(z.array(field), 'What this one can be verified by.', ['birth-year']),
  }),
  'Somebody who may be the caller, before verification.',
);
const triesLeft = doc(z.int(), 'Wrong answers that are left before the call is locked.', 3);

const callerView = named(
  'CallerMatch',
  z.object({
    callId: idOf('call', 'The call on your line.'),
    keyed: doc(z.array(field), 'What the caller keyed before: it narrowed the list, and verified nobody.', []),
    narrowedBy: doc(z.array(field), 'What was asked to shorten the list.', []),
    view: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('none') }),
      z.object({ kind: z.enum(['one', 'many']), cards: z.array(card), triesLeft }),
      z.object({ kind: z.literal('too-many'), count: z.int(), fields: z.array(field), triesLeft }),
      z.object({ kind: z.literal('locked') }),
      z.object({ kind: z.literal('dismissed') }),
      z.object({ kind: z.literal('verified'), id: candidateId }),
    ]),
  }),
  'Who the caller may be. Nobody is selected.',
);

const customerView = named(
  'MatchedCustomer',
  z.object({
    name: z.string(),
    city: z.string(),
    customerNo: z.string(),
    birthYear: z.string(),
    postcode: z.string(),
    plate: z.string(),
    idLast4: z.string(),
    segment: z.string(),
    dealer: z.string(),
    lastContactAt: when,
    appointmentAt: when,
  }),
  'What is known of a verified caller. There is no number in it: none is kept.',
);

export const listCandidates = contract({
  id: 'candidates.list',
  method: 'GET',
  path: '/api/v1/agent/call/candidates',
  tag: 'matching',
  summary: 'Who the caller on your line may be',
  access: DESK,
  reply: { status: 200, description: 'Nobody, one, several, or too many: then a question comes first.', schema: callerView },
  errors: ['request.not-found'],
});

export const verifyCandidate = contract({
  id: 'candidates.verify',
  method: 'POST',
  path: '/api/v1/agent/call/candidates/:id/verify',
  tag: 'matching',
  summary: 'Judge an answer of the caller',
  access: DESK,
  params: z.object({ id: candidateId }),
  body: z.strictObject({ field, answer }),
  reply: {
    status: 200,
    description: 'Whether it was right, and how the matter stands.',
    schema: callerView.extend({ right: z.boolean() }),
  },
  errors: ['request.not-found', 'request.conflict', 'request.forbidden'],
});

export const noneOfThese = contract({
  id: 'candidates.none',
  method: 'POST',
  path: '/api/v1/agent/call/candidates/none',
  tag: 'matching',
  summary: 'The caller is none of them',
  access: DESK,
  reply: { status: 200, description: 'How the matter stands.', schema: callerView },
  errors: ['request.not-found', 'request.conflict'],
});

export const askQuestion = contract({
  id: 'candidates.question',
  method: 'POST',
  path: '/api/v1/agent/call/question',
  tag: 'matching',
  summary: 'Shorten a list that is too long by an answer of the caller',
  access: DESK,
  body: z.strictObject({ field, answer }),
  reply: { status: 200, description: 'How the matter stands.', schema: callerView },
  errors: ['request.not-found', 'request.conflict'],
});

export const readCustomer = contract({
  id: 'candidates.customer',
  method: 'GET',
  path: '/api/v1/agent/call/customer',
  tag: 'matching',
  summary: 'The record of the verified caller',
  access: DESK,
  reply: { status: 200, description: 'The record.', schema: customerView },
  errors: ['request.not-found', 'request.forbidden'],
});

const mode = doc(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('suffix'), digits: z.int().min(SUFFIX_DIGITS.least).max(SUFFIX_DIGITS.most) }),
    z.strictObject({ kind: z.literal('hmac-trunc'), bits: z.int().min(TRUNC_BITS.least).max(TRUNC_BITS.most) }),
    z.strictObject({ kind: z.literal('hmac-full') }),
  ]),
  'What is kept of a number: its last digits, the first bits of a keyed token, or the whole token. Counts from the next import on.',
  { kind: 'suffix', digits: 5 },
);
const fields = z.array(z.enum(VERIFY_FIELDS)).min(1).max(VERIFY_FIELDS.length);

const settings = named(
  'MatchSettings',
  z.strictObject({
    mode,
    most: doc(z.int().min(1).max(50), 'Longest list of candidates; beyond it a question comes first.', 10),
    tries: doc(z.int().min(1).max(10), 'Wrong answers until the call is locked.', 3),
    verify: doc(fields, 'What verifies a caller.', ['birth-year', 'customer-no']),
    questions: doc(fields, 'What shortens a list that is too long, best first.', ['birth-year', 'city']),
    anonymous: doc(z.boolean(), 'Other systems are told what is kept of a number, not the number.', true),
  }),
  'How callers are recognised.',
);

export const getMatchSettings = contract({
  id: 'match-settings.get',
  method: 'GET',
  path: '/api/v1/matching/settings',
  tag: 'matching',
  summary: 'How callers are recognised',
  access: SUPERVISORS,
  reply: { status: 200, description: 'The settings.', schema: settings },
  errors: [],
});

export const putMatchSettings = contract({
  id: 'match-settings.put',
  method: 'PUT',
  path: '/api/v1/matching/settings',
  tag: 'matching',
  summary: 'Change how callers are recognised',
  access: ADMINS,
  body: settings,
  reply: { status: 200, description: 'The settings as they are now.', schema: settings },
  errors: [],
});

const figures = z.object({
  expectedList: doc(z.number(), 'Entries of the list that a customer who calls brings up.', 1.1),
  unique: doc(z.number(), 'Share of customers who come up alone.', 0.905),
  falsePop: doc(z.number().nullable(), 'Share of other callers who bring somebody up; null: none.', 0.095),
  p95: doc(z.int(), 'So long at most is the list for 95 of 100 customers.', 2),
  p99: z.int(),
  longest: doc(z.int().nullable(), 'The longest list there is.', 4),
});

export const getExpectation = contract({
  id: 'matching.expectation',
  method: 'GET',
  path: '/api/v1/matching/expectation',
  tag: 'matching',
  summary: 'How many candidates callers bring up, and how often wrongly',
  description: 'Counted from the customers as they are, beside what mathematics expects of so many.',
  access: SUPERVISORS,
  reply: {
    status: 200,
    description: 'The figures, with advice.',
    schema: z.object({
      customers: z.int(),
      forms: z.array(
        z.object({
          form: z.string(),
          mode: z.looseObject({ kind: z.string() }),
          keys: z.int(),
          real: figures,
          expected: figures.nullable(),
        }),
      ),
      advice: z.object({
        tooMany: doc(z.boolean(), 'More than two on the list, on the average.', false),
        digits: doc(z.int().nullable(), 'So many last digits would do; null: take a token.', 5),
        mode: z.enum(['suffix', 'hmac-full']),
      }),
      segments: z.object({
        numbers: z.int(),
        falselyBySuffix: doc(z.number(), 'Share of callers who would count as one of them if five digits decided: they never do.', 0.01),
      }),
    }),
  },
  errors: [],
});

export const listSegments = contract({
  id: 'segments.list',
  method: 'GET',
  path: '/api/v1/segments',
  tag: 'matching',
  summary: 'Segments, what they mean for a caller, and how many numbers each has',
  access: SUPERVISORS,
  reply: {
    status: 200,
    description: 'The segments of flows/segments.yaml.',
    schema: z.object({
      items: z.array(
        z.object({
          name: z.string(),
          label: z.object({ tr: z.string(), en: z.string() }),
          class: z.string().nullable(),
          queue: z.string().nullable(),
          skills: z.record(z.string(), z.int()),
          greeting: z.string().nullable(),
          numbers: z.int(),
        }),
      ),
      external: z.object({ connector: z.string(), timeoutMs: z.int(), send: z.enum(['number', 'token']) }).nullable(),
    }),
  },
  errors: [],
});
