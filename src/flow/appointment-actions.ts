import type { ActionSignature } from './action-signature.ts';

const SLOTS = 'A list of times, the next one first: { startsAt, endsAt } in UTC milliseconds; say them with the filter `when`.';
const APPOINTMENT =
  '{ id, code, startsAt, endsAt, service: { code, name: { tr, en } }, dealer: { … as from dealers.by-province }, sms }; sms: whether messages are sent';
const CUSTOMER =
  '{ code, name, dealer }; dealer is the one they went to last, null when unknown or when it takes no appointments; code and name are empty where only the number is known';
const GUARDED = 'After a few wrong tries of a caller the answer is { kind: "too-many" }, and looking up is refused for a while.';

const dealer = { required: true, doc: 'Code of the dealer.' };
const service = { required: true, doc: 'Code of the service.' };
const limit = { required: false, doc: 'How many at most; 3 when nothing is said, 50 at most.' };

/** Appointments and the customers who make them. */
export const APPOINTMENT_ACTIONS: readonly ActionSignature[] = [
  {
    name: 'appointments.dealers',
    forTrials: true,
    doc: 'Dealers that take appointments, those of a province first.',
    params: { province: { required: true, doc: 'Turkish plate code, 1 to 81.' } },
    result: 'A list of dealers as from dealers.by-province.',
    exits: ['none'],
  },
  {
    name: 'appointments.services',
    forTrials: true,
    doc: 'What can be booked at a dealer; 50 services at most. A `choose` node says them in pages.',
    params: { dealer },
    result: 'A list of services: { code, name: { tr, en } }.',
    exits: ['none'],
  },
  {
    name: 'appointments.free-slots',
    forTrials: true,
    doc: 'The next times that are free.',
    params: {
      dealer,
      service,
      after: { required: false, doc: 'Only times that begin later than this instant (UTC milliseconds).' },
      limit,
    },
    result: SLOTS,
    exits: ['none'],
  },
  {
    name: 'appointments.slots-of-day',
    forTrials: true,
    doc: 'The free times of a day, or why there are none. A day that is keyed without a year is the next one of that name.',
    params: { dealer, service, day: { required: true, doc: 'As it is keyed, day and month: 0112; or 2026-12-01.' }, limit },
    result:
      '{ day, why, slots }: day as 2026-12-01; slots as from appointments.free-slots; why is free, no-such-day, past, too-far, closed or full.',
    exits: ['none'],
  },
  {
    name: 'appointments.hold',
    doc: 'Reserves a time while the caller confirms; the place comes free again by itself (SANTRAL_APPOINTMENT_HOLD_SECONDS). An earlier hold of this call is let go. Exit `none`: somebody else has it.',
    params: {
      dealer,
      service,
      startsAt: { required: true, doc: 'Beginning of the time, as it was offered.' },
      customer: { required: false, doc: 'Code of the customer.' },
      moves: { required: false, doc: 'Id of the appointment that is to be moved here.' },
    },
    result: `{ kind: "held", appointment: ${APPOINTMENT} }; or { kind: "too-many" } when the number has too many appointments ahead.`,
    exits: ['none'],
  },
  {
    name: 'appointments.book',
    doc: 'Makes a held time an appointment. An SMS with the code goes out at once, a reminder the day before. Exit `none`: the hold ran out.',
    params: {
      hold: { required: true, doc: 'Id of the held appointment.' },
      name: { required: false, doc: 'Name of the person.' },
      phone: { required: false, doc: 'Where messages go; by default the number called from, when it is a mobile one.' },
    },
    result: `${APPOINTMENT}, with kind: "booked"; or { kind: "too-many" } when the number has too many appointments ahead.`,
    exits: ['none'],
  },
  {
    name: 'appointments.by-number',
    doc: 'The appointments ahead of the number called from.',
    params: {},
    result: `A list, soonest first, of ${APPOINTMENT}.`,
    exits: ['none'],
  },
  {
    name: 'appointments.by-code',
    doc: `An appointment ahead, by its code. ${GUARDED}`,
    params: { code: { required: true, doc: 'Six digits.' } },
    result: `{ kind: "found", appointment: ${APPOINTMENT} }.`,
    exits: ['none'],
  },
  {
    name: 'appointments.move',
    doc: 'A held time takes the place of an appointment, which keeps its code; both or nothing. The person is told by SMS. Exit `none`: the hold ran out, or the appointment was cancelled meanwhile.',
    params: {
      appointment: { required: true, doc: 'Id of the appointment.' },
      hold: { required: true, doc: 'Id of the held one.' },
    },
    result: `The appointment at its new time: ${APPOINTMENT}.`,
    exits: ['none'],
  },
  {
    name: 'appointments.confirm',
    doc: 'The person says that they will come: it stands in the calendar, and the webhook is told. Exit `none`: it was cancelled or moved meanwhile.',
    params: { appointment: { required: true, doc: 'Id of the appointment.' } },
    result: APPOINTMENT,
    exits: ['none'],
  },
  {
    name: 'appointments.cancel',
    doc: 'Calls an appointment off; its place is free at once, its reminder is taken back, and the person is told by SMS. Exit `none`: it was cancelled or moved meanwhile.',
    params: { appointment: { required: true, doc: 'Id of the appointment.' } },
    result: APPOINTMENT,
    exits: ['none'],
  },
  {
    name: 'customers.by-number',
    doc: 'Who has the number called from, and where they went last.',
    params: {},
    result: CUSTOMER,
    exits: ['none'],
  },
  {
    name: 'customers.by-code',
    doc: `A customer by their number. ${GUARDED}`,
    params: { code: { required: true, doc: 'Customer number.' } },
    result: `{ kind: "found", customer: ${CUSTOMER} }.`,
    exits: ['none'],
  },
  {
    name: 'customers.by-plate',
    doc: `A customer by the digits of their number plate, letters left out, or by the whole plate; one of the two is needed. Whom digits found has yet to say that the plate is theirs. Exit \`none\` also where several customers have the same plate. ${GUARDED}`,
    params: {
      digits: { required: false, doc: 'For 34 ABC 123: 34123.' },
      plate: { required: false, doc: 'As plate-entry gives it: 34ABC123.' },
    },
    result: `{ kind: "found", plate, customer: ${CUSTOMER} }; or { kind: "several" } when more than one customer’s plate has these digits: ask for the letters.`,
    exits: ['none'],
  },
];
