import { z } from 'zod';
import { DIRECTORY_KINDS } from '../../domain/directory.ts';
import { contract, doc, EVERYBODY, NO_CONTENT, named, SUPERVISORS } from '../contract.ts';
import { at, idOf, language, pageSize, time, wholeNumber } from './common.ts';

const kind = doc(z.enum(DIRECTORY_KINDS), 'What it is.', 'department');
const id = doc(
  z.string().min(1).max(60),
  'The name in flows/directory.yaml, a dealer’s code, or that of a person who was put in here.',
  'service',
);
const label = z.object({ tr: doc(z.string(), 'In Turkish.', 'Servis'), en: doc(z.string(), 'In English.', 'Service') });

const directoryRef = named('DirectoryRef', z.strictObject({ kind, id }), 'Somebody of the directory.');

const attempt = named(
  'DirectoryAttempt',
  z.object({
    kind: doc(z.enum(['line', 'person', 'own']), 'A telephone, a person with all of theirs, or the dealer’s own number.', 'line'),
    telephone: doc(
      z.string().nullable(),
      'An extension, or a number, masked for all but administrators; null: not a line.',
      '+90 5** *** ** 21',
    ),
    person: doc(z.string().nullable(), 'Whose telephones; null: not a person.', null),
    ringSeconds: doc(z.number().nullable(), 'How long it rings; null: as the person’s entry says.', 25),
    accept: doc(z.enum(['answer', 'key']).nullable(), 'key: who answers presses 1; null: as the person’s entry says.', 'key'),
  }),
  'One who is tried.',
);

const directoryEntry = named(
  'DirectoryEntry',
  z.object({
    kind,
    id,
    label,
    state: doc(
      z.enum(['open', 'closed', 'away']),
      'open: somebody would be rung now · closed: the hours are over · away: nobody is there to be rung.',
      'open',
    ),
    telephones: doc(z.int(), 'How many telephones would be rung now, in turn or together.', 2),
    email: doc(z.string().nullable(), 'Where notices go; null: nowhere.', null),
    webhook: doc(z.string().nullable(), 'The system of flows/webhooks.yaml that is told; null: none.', null),
    calendar: doc(z.string().nullable(), 'Their hours, of flows/calendars/; null: a dealer’s own, anybody else always.', 'office'),
    rounds: doc(z.array(z.array(attempt)), 'Whom the entry names: rounds one after the other, all of one round together.', []),
    kept: doc(z.boolean(), 'Put in over the API, and changed there; others stand in flows/directory.yaml.', false),
  }),
  'Somebody of the directory.',
);

const absence = named(
  'Absence',
  z.object({
    id: idOf('absence', 'The absence.'),
    of: directoryRef,
    from: at('From when.'),
    until: at('Until when.'),
    instead: doc(directoryRef.nullable(), 'Who is rung in their place; null: nobody.', null),
    createdAt: at('When it was written down.'),
    createdBy: doc(z.string(), 'Who did.', 'ayse'),
  }),
  'Somebody is away; their telephones are not rung meanwhile.',
);

export const listDirectory = contract({
  id: 'directory.list',
  method: 'GET',
  path: '/api/v1/directory',
  tag: 'directory',
  summary: 'Departments, dealers with an order of attempts, and people, as they are at this moment',
  access: EVERYBODY,
  query: z.strictObject({ kind: kind.optional() }),
  reply: { status: 200, description: 'By kind and name.', schema: z.object({ items: z.array(directoryEntry) }) },
  errors: [],
});

const telephone = z
  .strictObject({
    extension: doc(z.string().regex(/^[0-9A-Za-z_-]{1,32}$/), 'An extension of this house.', '201').optional(),
    number: doc(z.string().max(30), 'An outside number.', '0555 000 00 21').optional(),
    ringSeconds: doc(z.int().min(5).max(120), 'How long it rings; left out: as it was, 25 for a new one.', 25).optional(),
    accept: doc(
      z.enum(['answer', 'key']),
      'key: who answers presses 1. Left out: as it was; key for a new mobile number.',
      'key',
    ).optional(),
  })
  .refine(({ extension, number }) => (extension === undefined) !== (number === undefined), 'must name one of extension, number');
export type WrittenTelephone = z.output<typeof telephone>;

const personId = doc(
  z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'must be small letters, digits and dashes'),
  'What flows and the directory call them.',
  'ayse-kaya',
);

export const putPerson = contract({
  id: 'directory.put-person',
  method: 'PUT',
  path: '/api/v1/directory/people/:id',
  tag: 'directory',
  summary: 'Put a person into the directory, or in the place of the one of that name',
  description:
    'Wins over a person of the same name in flows/directory.yaml. What is left out stays as it is. Telephones are kept sealed, and shown in full to administrators only.',
  access: SUPERVISORS,
  params: z.object({ id: personId }),
  body: z.strictObject({
    name: doc(z.string().trim().min(1).max(100), 'What people call them.', 'Ayşe Kaya'),
    language: doc(language.nullable(), 'What they are spoken to in; null: the engine’s language.', null).optional(),
    calendar: doc(z.string().max(60).nullable(), 'A calendar of flows/calendars/; null: always.', null).optional(),
    email: doc(z.email().max(254).nullable(), 'Where notices go; null: nowhere.', null).optional(),
    telephones: doc(
      z.array(telephone).min(1).max(10),
      'Tried in turn; those that rang together and still stand beside each other go on doing so. Somebody new needs one.',
    ).optional(),
  }),
  reply: { status: 200, description: 'As they are now.', schema: directoryEntry },
  errors: [],
});

export const removePerson = contract({
  id: 'directory.remove-person',
  method: 'DELETE',
  path: '/api/v1/directory/people/:id',
  tag: 'directory',
  summary: 'Take a person out who was put in over the API',
  access: SUPERVISORS,
  params: z.object({ id: personId }),
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

export const listAbsences = contract({
  id: 'directory.absences',
  method: 'GET',
  path: '/api/v1/directory/absences',
  tag: 'directory',
  summary: 'Who is away, now or later',
  access: EVERYBODY,
  reply: { status: 200, description: 'Those that are not over, the first first.', schema: z.object({ items: z.array(absence) }) },
  errors: [],
});

export const addAbsence = contract({
  id: 'directory.add-absence',
  method: 'POST',
  path: '/api/v1/directory/absences',
  tag: 'directory',
  summary: 'Write down that somebody is away',
  description: 'It counts for the next call; on other engines within ten seconds.',
  access: SUPERVISORS,
  body: z.strictObject({
    of: directoryRef,
    from: doc(time.nullable(), 'From when, UTC milliseconds; null: from now on.', null).default(null),
    until: at('Until when.'),
    instead: doc(directoryRef.nullable(), 'Who is rung in their place; null: nobody.', null).default(null),
  }),
  reply: { status: 201, description: 'Written down.', schema: absence },
  errors: ['request.not-found'],
});

export const removeAbsence = contract({
  id: 'directory.remove-absence',
  method: 'DELETE',
  path: '/api/v1/directory/absences/:id',
  tag: 'directory',
  summary: 'Somebody is back',
  access: SUPERVISORS,
  params: z.object({ id: idOf('absence', 'The absence.') }),
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});

const missedId = idOf('missedCall', 'The missed call.');
export const missedCallView = named(
  'MissedCall',
  z.object({
    id: missedId,
    callId: idOf('call', 'The call.'),
    target: directoryRef,
    number: doc(
      z.string().nullable(),
      'Who called, masked for all but administrators; null: withheld, or not kept any more.',
      '+90 5** *** ** 17',
    ),
    language,
    at: at('When it was missed.'),
  }),
  'A call for somebody of the directory that nobody answered. One per call, however many telephones rang.',
);

export const listMissedCalls = contract({
  id: 'directory.missed-calls',
  method: 'GET',
  path: '/api/v1/missed-calls',
  tag: 'directory',
  summary: 'Calls that nobody of the house answered, newest first, by pages',
  access: SUPERVISORS,
  query: z.strictObject({
    kind: kind.optional(),
    ref: doc(id, 'For whom.', 'IST-01').optional(),
    from: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'From when, inclusive. UTC milliseconds.', 1_767_258_000_000).optional(),
    to: wholeNumber(0, Number.MAX_SAFE_INTEGER, 'Until when, exclusive. UTC milliseconds.', 1_767_258_000_000).optional(),
    before: doc(missedId, 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 50),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({
      items: z.array(missedCallView),
      next: doc(missedId.nullable(), 'Pass it as `before`; null on the last page.', null),
    }),
  },
  errors: [],
});
