import { z } from 'zod';
import { doc, named } from '../contract.ts';
import { label } from './agent-views.ts';
import { time } from './common.ts';

const when = (description: string) => doc(time.nullable(), `${description} UTC milliseconds; null: none is known.`, 1_767_258_000_000);

export const candidateId = doc(z.string().min(1).max(64), 'Names the candidate for this call alone.', 'c1');

/** What a customer is asked; the answer is judged, and never shown or kept. */
export const verifyField = named(
  'VerifyField',
  z.object({
    field: doc(z.string().min(1).max(40), 'Its name.', 'birth-year'),
    label,
    kind: doc(z.enum(['digits', 'text', 'date']), 'What is typed.', 'digits'),
  }),
  'Something that only the customer knows.',
);

export const candidateCard = named(
  'CandidateCard',
  z.object({
    id: candidateId,
    name: doc(z.string(), 'Masked.', 'A*** Y***'),
    city: z.string().nullable(),
    segment: doc(label.nullable(), 'Label of the segment.'),
    lastContactAt: when('The last contact.'),
    openAppointmentAt: when('The next appointment.'),
    dealer: doc(z.string().nullable(), 'The dealer they belong to.', 'Yıldız Otomotiv'),
    sameDealer: doc(z.boolean(), 'That dealer’s number was dialled.', true),
    fields: doc(z.array(verifyField), 'What may be asked to verify this one.'),
  }),
  'Somebody who may be calling. Never more than this before the verification.',
);

export const verification = named(
  'Verification',
  z.object({
    state: doc(z.enum(['open', 'verified', 'locked']), 'locked: too many wrong answers; nothing opens during this call.', 'open'),
    triesLeft: doc(z.int(), 'Wrong answers that are left, whichever they are given to.', 3),
    candidate: doc(candidateId.nullable(), 'Who was verified; null: nobody.'),
    /** IVR: the caller keyed something before the agent was there. */
    keyed: doc(verifyField.nullable(), 'What the caller keyed beforehand, which narrowed the candidates; null: nothing.'),
    noneOfThese: doc(z.boolean(), 'The agent said that it is none of them.', false),
  }),
  'How far the verification is.',
);

export const pop = named(
  'Pop',
  z.object({
    kind: doc(
      z.enum(['none', 'one', 'many', 'too-many']),
      'How many may be calling. Nobody is chosen for the agent, not even where there is one.',
      'many',
    ),
    count: doc(z.int(), 'How many there are, listed or not.', 2),
    candidates: doc(z.array(candidateCard), 'Empty for none and too-many.'),
    question: doc(verifyField.nullable(), 'too-many: what to ask first. An answer that fits nobody costs a try.'),
    verification,
  }),
  'Who may be calling.',
);

export const customerRecord = named(
  'CustomerRecord',
  z.object({
    id: doc(z.string(), 'Names the customer within the brand.', 'cus-1042'),
    name: z.string(),
    customerNumber: z.string().nullable(),
    city: z.string().nullable(),
    segment: doc(label.nullable(), 'Label of the segment.'),
    dealer: z.string().nullable(),
    lastContactAt: when('The last contact.'),
    openAppointmentAt: when('The next appointment.'),
    fields: doc(z.array(z.object({ label, value: z.string() })), 'What else is kept, in the order of the brand’s settings.'),
  }),
  'A customer, whole: only after the verification, only during the call.',
);
