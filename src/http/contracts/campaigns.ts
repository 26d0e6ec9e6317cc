import { z } from 'zod';
import { LIMITERS } from '../../dialer/explain.ts';
import { SHUT_REASONS } from '../../dialer/gate.ts';
import { ATTEMPT_OUTCOMES, ATTEMPT_STATES } from '../../domain/attempt.ts';
import { CAMPAIGN_DEFAULTS, CAMPAIGN_STATES, LONGEST_RING_MS, SHORTEST_RING_MS } from '../../domain/campaign.ts';
import { RECIPIENT_TYPES } from '../../domain/consent.ts';
import { CONTACT_STATES, ENDS, SUPPRESSIONS, WAIT_REASONS } from '../../domain/contact.ts';
import { MESSAGE_CLASSES } from '../../domain/message.ts';
import { RETRIED_OUTCOMES, USUAL_RETRIES } from '../../domain/retry-table.ts';
import { CAMPAIGN_PROBLEMS } from '../../services/campaigns/check.ts';
import { contract, doc, NO_CONTENT, named, OFFICE } from '../contract.ts';
import { at, idOf, language, maybeAt } from './common.ts';

const id = idOf('campaign', 'The campaign.');
const params = z.object({ id });
const WEEK_MS = 7 * 86_400_000;
const count = z.int().min(0);

const plainValue = z.union([z.string().max(2000), z.number(), z.boolean()]);

const retryRule = z
  .strictObject({
    afterMs: doc(z.int().min(10_000).max(WEEK_MS), 'How long after the attempt, in ms.', 600_000),
    times: doc(z.int().min(1).max(20).nullable(), 'How many times after this outcome; null: as often as attempts are left.', 2),
    counted: doc(z.boolean(), 'Whether it counts among the contact’s attempts.', true),
  })
  .nullable();
const retryShape = Object.fromEntries(RETRIED_OUTCOMES.map((outcome) => [outcome, retryRule])) as Record<
  (typeof RETRIED_OUTCOMES)[number],
  typeof retryRule
>;

const plan = {
  name: doc(z.string().min(1).max(120), 'For people.', 'Kış lastiği 2026'),
  flow: doc(z.string().min(1).max(60), 'The flow that those who answer hear.', 'announcement'),
  release: doc(z.int().min(1).nullable(), 'The release calls run on; null: the newest of each moment.', null),
  language,
  params: doc(z.record(z.string(), plainValue), 'What every call’s flow is given; a contact’s own variables stand above them.', {
    season: 'winter',
  }),
  messageClass: doc(
    z.enum(MESSAGE_CLASSES),
    'commercial: promotes, and calls only those who agreed · informational: about something the person has or asked for.',
    'informational',
  ),
  recipientType: doc(
    z.enum(RECIPIENT_TYPES),
    'Who is on the lists where nothing is recorded: BIREYSEL, private persons, or TACIR, traders.',
    'BIREYSEL',
  ),
  lists: doc(z.array(idOf('list', 'A list.')).max(50), 'Whom it calls, in this order.'),
  callerIds: doc(
    z.array(z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a number such as +902125550010')).max(100),
    'Numbers shown to the called ones, each contact always the same; empty: the trunk’s own.',
    ['+902125550010'],
  ),
  hours: doc(z.string().min(1).max(500), 'When it may call, on the clocks of its zone.', CAMPAIGN_DEFAULTS.hours),
  zone: doc(z.string().min(1).max(60), 'Time zone (IANA).', 'Europe/Istanbul'),
  holidays: doc(z.string().max(60).nullable(), 'A calendar of the flows whose holidays hold; null: none.', 'office'),
  pacing: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('agentless') }),
    z.strictObject({
      kind: z.literal('progressive'),
      queue: doc(z.string().min(1).max(60), 'Its free agents are called for.', 'sales'),
      dropPercent: doc(z.number().min(0).max(100), 'More answered calls without an agent than this slow it down.', 3),
    }),
  ]),
  callsPerSecond: doc(z.int().min(1).max(100), 'Calls per second.', CAMPAIGN_DEFAULTS.callsPerSecond),
  channels: doc(z.int().min(1).max(2000), 'Calls at the same time.', CAMPAIGN_DEFAULTS.channels),
  weight: doc(z.int().min(1).max(100), 'Share beside other campaigns.', CAMPAIGN_DEFAULTS.weight),
  retries: doc(z.strictObject(retryShape), 'How each outcome is tried again; null: never.', USUAL_RETRIES),
  maxAttempts: doc(z.int().min(1).max(20), 'Counted attempts for one contact.', CAMPAIGN_DEFAULTS.maxAttempts),
  ringMs: doc(z.int().min(SHORTEST_RING_MS).max(LONGEST_RING_MS), 'How long telephones ring, in ms.', CAMPAIGN_DEFAULTS.ringMs),
  deliveredPercent: doc(z.int().min(1).max(100), 'So much of the message heard is delivered.', CAMPAIGN_DEFAULTS.deliveredPercent),
  ringingOnPause: doc(z.enum(['let-ring', 'hang-up']), 'What a pause does to telephones that ring.', 'let-ring'),
  staysOpen: doc(z.boolean(), 'true: goes on when nobody is left, for those who are appended.', false),
  webhooks: doc(z.array(z.string().max(60)).max(10), 'Webhooks (webhooks.yaml) that hear each outcome.', ['crm']),
  startAt: doc(z.int().min(0).nullable(), 'Calls nobody before, UTC ms; null: at once.', null),
  endAt: doc(z.int().min(0).nullable(), 'Calls nobody from then on, UTC ms; null: until all are through.', null),
};

const D = CAMPAIGN_DEFAULTS;
/** What is left out is as the product’s defaults have it. */
const planBody = z.strictObject({
  ...plan,
  release: plan.release.default(null),
  params: plan.params.default({}),
  recipientType: plan.recipientType.default('BIREYSEL'),
  callerIds: plan.callerIds.default([]),
  hours: plan.hours.default(D.hours),
  zone: plan.zone.optional(),
  holidays: plan.holidays.default(D.holidays),
  pacing: plan.pacing.default(D.pacing),
  callsPerSecond: plan.callsPerSecond.default(D.callsPerSecond),
  channels: plan.channels.default(D.channels),
  weight: plan.weight.default(D.weight),
  retries: plan.retries.default(USUAL_RETRIES),
  maxAttempts: plan.maxAttempts.default(D.maxAttempts),
  ringMs: plan.ringMs.default(D.ringMs),
  deliveredPercent: plan.deliveredPercent.default(D.deliveredPercent),
  ringingOnPause: plan.ringingOnPause.default(D.ringingOnPause),
  staysOpen: plan.staysOpen.default(D.staysOpen),
  webhooks: plan.webhooks.default([]),
  startAt: plan.startAt.default(null),
  endAt: plan.endAt.default(null),
});

export const campaignView = named(
  'Campaign',
  z.object({
    id,
    ...plan,
    state: doc(z.enum(CAMPAIGN_STATES), 'What it does now.', 'running'),
    version: doc(z.int(), 'Goes up with every change; a change names the one it saw.', 3),
    createdAt: at('When it was made.'),
    createdBy: doc(z.string(), 'By whom.', 'ayse'),
    startedAt: maybeAt('When it was started first.'),
    endedAt: maybeAt('When it was over.'),
  }),
  'A campaign, with all that was decided of it.',
);
const one = { status: 200, description: 'The campaign as it is now.', schema: campaignView } as const;

const problemView = z.object({
  code: doc(z.enum(CAMPAIGN_PROBLEMS), 'What kind of problem.', 'list-empty'),
  message: doc(z.string(), 'What is wrong and what to do, for people.', 'The list "Ankara" is empty. Add contacts first.'),
});

export const listCampaigns = contract({
  id: 'campaigns.list',
  method: 'GET',
  path: '/api/v1/campaigns',
  tag: 'campaigns',
  summary: 'All campaigns, newest first',
  access: OFFICE,
  reply: { status: 200, description: 'All of them.', schema: z.object({ items: z.array(campaignView) }) },
  errors: [],
});

export const createCampaign = contract({
  id: 'campaigns.create',
  method: 'POST',
  path: '/api/v1/campaigns',
  tag: 'campaigns',
  summary: 'A new campaign, not started yet',
  access: OFFICE,
  body: planBody,
  reply: { status: 201, description: 'The campaign.', schema: campaignView },
  errors: [],
});

export const getCampaign = contract({
  id: 'campaigns.get',
  method: 'GET',
  path: '/api/v1/campaigns/:id',
  tag: 'campaigns',
  summary: 'One campaign',
  access: OFFICE,
  params,
  reply: one,
  errors: ['request.not-found'],
});

export const changeCampaign = contract({
  id: 'campaigns.change',
  method: 'PUT',
  path: '/api/v1/campaigns/:id',
  tag: 'campaigns',
  summary: 'Change what was decided, also while it runs',
  access: OFFICE,
  params,
  body: planBody.extend({ version: doc(z.int().min(1), 'The version that was seen.', 3) }),
  reply: one,
  errors: ['request.not-found', 'request.conflict'],
});

export const checkCampaign = contract({
  id: 'campaigns.check',
  method: 'POST',
  path: '/api/v1/campaigns/:id/check',
  tag: 'campaigns',
  summary: 'Everything that keeps it from being started',
  access: OFFICE,
  params,
  reply: { status: 200, description: 'Empty: it can be started.', schema: z.object({ problems: z.array(problemView) }) },
  errors: ['request.not-found'],
});

export const dryRunCampaign = contract({
  id: 'campaigns.dry-run',
  method: 'POST',
  path: '/api/v1/campaigns/:id/dry-run',
  tag: 'campaigns',
  summary: 'What would become of the first rows, and how long all would take',
  access: OFFICE,
  params,
  body: z.strictObject({ rows: doc(z.int().min(1).max(2000), 'How many rows are looked at.', 100).default(100) }),
  reply: {
    status: 200,
    description: 'Nobody was called.',
    schema: z.object({
      looked: doc(count, 'Rows that were looked at.', 100),
      callable: doc(count, 'May be called.', 88),
      waiting: doc(count, 'Were called often enough lately.', 2),
      suppressed: doc(z.partialRecord(z.enum(SUPPRESSIONS), count), 'May not be called, by reason.', { 'no-consent': 10 }),
      contacts: doc(count, 'Contacts of all lists.', 5000),
      callingSeconds: doc(
        count,
        'The shortest it can take, were everybody reached at the first try; hours in which it may not call not counted.',
        880,
      ),
      opensAt: maybeAt('When it may call first.'),
    }),
  },
  errors: ['request.not-found'],
});

const moves = (verb: string, summary: string, description?: string) =>
  contract({
    id: `campaigns.${verb}`,
    method: 'POST',
    path: `/api/v1/campaigns/:id/${verb}`,
    tag: 'campaigns',
    summary,
    ...(description === undefined ? {} : { description }),
    access: OFFICE,
    params,
    reply: one,
    errors: ['request.not-found', 'request.conflict', 'request.invalid'],
  });

export const startCampaign = moves(
  'start',
  'Start it, after it was checked',
  'Also one that was stopped or is done. `request.invalid` names every problem.',
);
export const pauseCampaign = moves('pause', 'Pause it', 'When this is answered nobody is dialled any more. Talks end by themselves.');
export const resumeCampaign = moves('resume', 'Go on with a paused one');
export const stopCampaign = moves('stop', 'Stop it', 'Who was not reached is kept, and is called when it is started again.');
export const cancelCampaign = moves('cancel', 'Cancel it for good', 'Who was not reached is closed as cancelled.');

export const rateCampaign = contract({
  id: 'campaigns.rate',
  method: 'POST',
  path: '/api/v1/campaigns/:id/rate',
  tag: 'campaigns',
  summary: 'Faster or slower, also while it runs',
  access: OFFICE,
  params,
  body: z.strictObject({ callsPerSecond: plan.callsPerSecond, channels: plan.channels, weight: plan.weight }),
  reply: one,
  errors: ['request.not-found', 'request.conflict'],
});

export const whyCampaign = contract({
  id: 'campaigns.why',
  method: 'GET',
  path: '/api/v1/campaigns/:id/why',
  tag: 'campaigns',
  summary: 'Why it is not calling, or not more',
  access: OFFICE,
  params,
  reply: {
    status: 200,
    description: 'From the rows and the gate themselves.',
    schema: z.object({
      groups: z.array(
        z.object({
          code: doc(z.enum([...SHUT_REASONS, ...WAIT_REASONS, 'ready']), 'Why they wait; ready: they do not.', 'hours'),
          count: doc(count, 'So many contacts.', 300),
          wakeAt: maybeAt('When the first of them may be called; null: not by itself.'),
        }),
      ),
      waiting: doc(count, 'All of them.', 412),
      calling: doc(count, 'Are being called or talked with.', 5),
      over: doc(count, 'Are through.', 583),
      limiter: doc(z.enum(LIMITERS).nullable(), 'What holds back those who are ready; null: nobody is.', 'lines-taken'),
      wakeAt: maybeAt('When somebody may be called next.'),
      text: z.object({ tr: z.string(), en: z.string() }),
    }),
  },
  errors: ['request.not-found'],
});

export const campaignFigures = contract({
  id: 'campaigns.figures',
  method: 'GET',
  path: '/api/v1/campaigns/:id/figures',
  tag: 'campaigns',
  summary: 'Where everybody stands; the counts sum to the contacts at every instant',
  access: OFFICE,
  params,
  reply: {
    status: 200,
    description: 'Counted from the rows themselves.',
    schema: z.object({
      campaign: campaignView,
      contacts: doc(count, 'Everybody in the campaign.', 1000),
      counts: z.array(
        z.object({
          state: doc(z.enum(CONTACT_STATES), 'Where they stand.', 'done'),
          outcome: doc(z.enum([...ENDS, ...SUPPRESSIONS]).nullable(), 'How they ended; null: they have not.', 'delivered'),
          waitReason: doc(z.enum(WAIT_REASONS).nullable(), 'Why they wait.', null),
          count: doc(count, 'So many.', 400),
          firstAt: doc(count, 'When the first of those who wait is due, UTC ms.', 0),
          lastAt: doc(count, 'The last.', 0),
        }),
      ),
      sums: z.object({
        attempts: doc(count, 'Calls that were made.', 700),
        tried: doc(count, 'Contacts that were called.', 600),
        answered: doc(count, 'Calls that were answered.', 450),
        interacted: doc(count, 'In which a key was pressed.', 120),
        heardShare: doc(z.number().nullable(), 'Mean share of the message that was heard, 0 to 1.', 0.82),
        talkMs: doc(count, 'Time on the telephone.', 9_000_000),
        byOutcome: z.array(z.object({ outcome: z.enum(ATTEMPT_OUTCOMES), count })),
      }),
      calls: doc(count, 'Calls under way at this moment.', 12),
    }),
  },
  errors: ['request.not-found'],
});

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

export const exportContacts = contract({
  id: 'campaigns.export',
  method: 'GET',
  path: '/api/v1/campaigns/:id/contacts.csv',
  tag: 'campaigns',
  summary: 'All contacts with how they ended, as Turkish Excel opens it',
  access: OFFICE,
  params,
  query: z.strictObject({ language: language.default('tr') }),
  reply: { status: 200, description: 'UTF-8 with BOM, semicolons.', schema: z.string(), contentType: 'text/csv; charset=utf-8' },
  errors: ['request.not-found'],
});

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
