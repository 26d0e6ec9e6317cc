import { z } from 'zod';
import { LIMITERS } from '../../dialer/explain.ts';
import { SHUT_REASONS } from '../../dialer/gate.ts';
import { ATTEMPT_OUTCOMES } from '../../domain/attempt.ts';
import { CONTACT_STATES, ENDS, SUPPRESSIONS, WAIT_REASONS } from '../../domain/contact.ts';
import { contract, doc, OFFICE } from '../contract.ts';
import { campaignView, count, one, params, plan, planBody, problemView } from './campaign-views.ts';
import { at, idOf, maybeAt } from './common.ts';

export const listCampaigns = contract({
  id: 'campaigns.list',
  method: 'GET',
  path: '/api/v1/campaigns',
  tag: 'campaigns',
  summary: 'All campaigns, newest first',
  access: OFFICE,
  reply: {
    status: 200,
    description: 'All of them.',
    schema: z.object({
      items: z.array(
        campaignView.extend({
          standing: doc(
            z.object({ contacts: count, waiting: count, calling: count, delivered: count }),
            'Where its contacts stand, counted a moment ago: all, those that wait, those that are being called, those that were reached.',
            { contacts: 1000, waiting: 412, calling: 5, delivered: 400 },
          ),
        }),
      ),
    }),
  },
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

export const campaignOptions = contract({
  id: 'campaigns.options',
  method: 'GET',
  path: '/api/v1/campaign-options',
  tag: 'campaigns',
  summary: 'What campaigns can be made of here',
  access: OFFICE,
  reply: {
    status: 200,
    description: 'Of the release in force and the definitions.',
    schema: z.object({
      flows: z.array(
        z.object({
          id: doc(z.string(), 'The flow.', 'announcement'),
          title: z.object({ tr: z.string().optional(), en: z.string().optional() }),
          canRefuse: doc(z.boolean(), 'Called ones can refuse further calls in it, as commercial messages must let them.', true),
        }),
      ),
      release: doc(z.int().nullable(), 'The release in force.', 12),
      callerIds: doc(z.array(z.string()), 'Numbers of ours that may be shown.', ['+902125550010']),
      queues: z.array(z.object({ id: z.string(), label: z.object({ tr: z.string(), en: z.string() }) })),
      calendars: doc(z.array(z.string()), 'Calendars whose holidays may hold.', ['office']),
      webhooks: doc(z.array(z.string()), 'Webhooks that may hear outcomes.', ['crm']),
      cap: doc(
        z.object({ calls: z.int(), withinMs: z.int() }),
        'A number is called so often at most within that time, over all campaigns.',
        { calls: 3, withinMs: 86_400_000 },
      ),
      callsPerSecond: doc(z.int(), 'Of all campaigns together.', 20),
      channels: doc(z.int(), 'Of all campaigns together.', 100),
      zone: doc(z.string(), 'The zone of campaigns that name none.', 'Europe/Istanbul'),
      usual: doc(
        z.object({ hours: z.string(), retries: plan.retries, maxAttempts: z.int(), ringMs: z.int(), deliveredPercent: z.int() }),
        'What holds where nothing is said.',
      ),
    }),
  },
  errors: [],
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
      finishAt: maybeAt('About when all would be through, by its calling hours; null as well where that cannot be told.'),
      rows: doc(
        z.array(
          z.object({
            list: idOf('list', 'Its list.'),
            row: z.int(),
            number: z.string(),
            verdict: z.enum(['call', 'wait', ...SUPPRESSIONS]),
            until: z.int().nullable(),
          }),
        ),
        'The first hundred, numbers masked; wait: called often enough lately, until then.',
        [{ list: 'lst_01jd9v8q4k0000000000000000', row: 1, number: '+90 5** *** ** 17', verdict: 'call', until: null }],
      ),
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
        lineMs: doc(count, 'Time from the dialling to the end, of all calls.', 12_000_000),
        byOutcome: z.array(z.object({ outcome: z.enum(ATTEMPT_OUTCOMES), count })),
      }),
      calls: doc(count, 'Calls under way at this moment.', 12),
      lately: doc(count, 'Calls that were made within the last minute.', 280),
      choices: doc(
        z.array(
          z.object({
            flow: z.string(),
            node: z.string(),
            keys: z.string(),
            label: z.object({ tr: z.string().optional(), en: z.string().optional() }).nullable(),
            count,
          }),
        ),
        'What was chosen with a key or two, by flow and node, and in how many calls. Longer things that were typed, and secrets, are not among them.',
        [{ flow: 'reminder', node: 'ask', keys: '1', label: { tr: 'Onay', en: 'Confirm' }, count: 240 }],
      ),
      finishAt: maybeAt('About when nobody waits any more, as fast as it may call; null as well where that cannot be told.'),
    }),
  },
  errors: ['request.not-found'],
});

export const campaignCourse = contract({
  id: 'campaigns.course',
  method: 'GET',
  path: '/api/v1/campaigns/:id/course',
  tag: 'campaigns',
  summary: 'How calls went over time',
  access: OFFICE,
  params,
  reply: {
    status: 200,
    description: 'By when calls were made, in steps that fit a chart.',
    schema: z.object({
      stepMs: doc(z.int(), 'How long a step is.', 60_000),
      steps: z.array(
        z.object({
          at: at('When the step begins; steps without calls are left out.'),
          made: doc(count, 'Calls that were made.', 300),
          answered: doc(count, 'Of them, those that were answered.', 210),
          delivered: doc(count, 'Of them, those that heard the message.', 190),
        }),
      ),
    }),
  },
  errors: ['request.not-found'],
});
