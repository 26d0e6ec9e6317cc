import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { INTERVALS, MOST_DAYS } from '../../services/reports/period.ts';
import { contract, doc, named, SUPERVISORS } from '../contract.ts';
import { FILE_TYPES, type FileKind } from '../exports/file-kinds.ts';
import { agentId, label } from './agent-views.ts';
import { at, idOf, pageSize, time, wholeNumber } from './common.ts';
import { date } from './services.ts';

/** Rows that an answer holds; more of them come as CSV or XLSX. */
export const MOST_ROWS = 20_000;

const days = {
  from: doc(date, 'First day, in the brand’s time zone.', '2026-03-02'),
  to: doc(date, 'Last day, included.', '2026-03-02'),
};
const LONGEST = `At most ${MOST_DAYS.day} days; ${MOST_DAYS.hour} by the hour, ${MOST_DAYS.quarter} by the quarter hour.`;
const interval = doc(z.enum(INTERVALS), `How time is cut. ${LONGEST}`, 'hour').default('day');
const queue = doc(z.string().min(1).max(64), 'Only this queue.', 'support').optional();
const agent = doc(idOf('user', 'Only this agent.'), 'Only this agent.').optional();
const level = doc(
  z.string().max(40),
  'The formula of the service level, one of `levels`; the product’s own when nothing is said.',
  'sl-1',
).optional();
const lang = doc(
  z.enum(LANGUAGES),
  'What headings are written in, and which decimal sign; the house’s language when nothing is said.',
  'tr',
).optional();

const queueQuery = z.strictObject({ ...days, interval, queue, level });
const agentQuery = z.strictObject({ ...days, interval, agent });
const talkQuery = z.strictObject({ ...days, queue, agent });

const column = z.object({
  id: doc(z.string(), 'Its key in `figures`.', 'service-level'),
  label,
  kind: doc(z.enum(['count', 'duration', 'share']), 'duration: milliseconds · share: 0 to 1.', 'share'),
  formula: doc(label.nullable(), 'How it is reckoned; null: it is counted.', { tr: 'A_T / (A + Ab − Ab_s)', en: 'A_T / (A + Ab − Ab_s)' }),
});
const figures = doc(
  z.record(z.string(), z.number().nullable()),
  'By column; null where there is nothing to divide by, or the engine was away all the time; never 0.',
  {
    offered: 100,
    'service-level': 0.737,
  },
);
const counted = named(
  'ReportRow',
  z.object({
    from: at('Beginning of the interval.'),
    to: at('Its end.'),
    key: doc(z.string(), 'The queue or the agent.', 'support'),
    figures,
    gapMs: doc(time, 'How long the engine was away in it: the row is not all there was. Milliseconds.', 0),
  }),
  'What there was in one interval.',
);
const report = named(
  'Report',
  z.object({
    zone: doc(z.string(), 'Zone of days and hours, IANA.', 'Europe/Istanbul'),
    columns: z.array(column),
    legend: doc(z.record(z.string(), label), 'What the letters of the formulas mean.'),
    levels: doc(z.array(z.object({ id: z.string(), formula: z.string() })), 'Formulas that the service level can be shown under.'),
    names: doc(z.array(z.object({ key: z.string(), label })), 'What the keys are called.'),
    rows: doc(z.array(counted), 'By time, then by key. Intervals without calls have none.'),
    totals: doc(
      z.array(z.object({ key: doc(z.string().nullable(), 'null: all of them.'), figures })),
      'Of the whole span: sums, and shares of the sums.',
    ),
    gaps: doc(time, 'How long the engine was away in rows of this report. Milliseconds.', 0),
  }),
  'Figures with the formulas they were reckoned by.',
);

const COUNTED =
  'A call counts in the interval in which it was offered, a talk of an agent where it began. Shares are of the sums, never means of shares.';
const TOO_MANY = `At most ${MOST_ROWS} rows: else choose a longer interval, a shorter span or one queue, or take CSV or XLSX.`;

export const queueReport = contract({
  id: 'reports.queues',
  method: 'GET',
  path: '/api/v1/reports/queues',
  tag: 'reports',
  summary: 'What queues did, by interval',
  description: `${COUNTED} ${TOO_MANY}`,
  access: SUPERVISORS,
  query: queueQuery,
  reply: { status: 200, description: 'The report.', schema: report },
  errors: [],
});

export const agentReport = contract({
  id: 'reports.agents',
  method: 'GET',
  path: '/api/v1/reports/agents',
  tag: 'reports',
  summary: 'What agents did, by interval',
  description: `${COUNTED} ${TOO_MANY}`,
  access: SUPERVISORS,
  query: agentQuery,
  reply: { status: 200, description: 'The report.', schema: report },
  errors: [],
});

const talkView = named(
  'TalkLine',
  z.object({
    id: idOf('acdEvent', 'The talk.'),
    callId: idOf('call', 'Its call.'),
    at: at('When it began.'),
    agent: agentId,
    agentName: doc(z.string(), 'As colleagues read it.', 'Deniz Yılmaz'),
    queue: doc(z.string().nullable(), 'null: no queue led to it.', 'support'),
    direction: doc(z.enum(['inbound', 'outbound']), 'Who called whom.', 'inbound'),
    waitedMs: doc(time.nullable(), 'How long the caller waited. Milliseconds; null: nobody waited.', 17_000),
    how: doc(z.string().nullable(), 'How it ended; null: it goes on.', 'caller-hung-up'),
    talkMs: doc(time.nullable(), 'Without hold. Milliseconds; null: it goes on.', 184_000),
    holdMs: doc(time.nullable(), 'On hold. Milliseconds; null: it goes on.', 9000),
    wrapMs: doc(time.nullable(), 'Wrap-up. Milliseconds; null: not yet.', 30_000),
    disposition: doc(z.string().nullable(), 'A path in the queue’s tree; null: none.', 'sale/booked'),
    dispositionLabel: doc(label.nullable(), 'What it is called.'),
  }),
  'One talk.',
);

export const talkReport = contract({
  id: 'reports.talks',
  method: 'GET',
  path: '/api/v1/reports/talks',
  tag: 'reports',
  summary: 'Talks of an agent or a queue, one by one',
  description: `By the time they began. ${LONGEST}`,
  access: SUPERVISORS,
  query: talkQuery.extend({
    after: doc(z.string().regex(/^\d{1,15}\.acd_[0-9a-hjkmnp-tv-z]{26}$/), 'The next page: `next` of the page before.').optional(),
    limit: pageSize(500, 100),
  }),
  reply: {
    status: 200,
    description: 'One page.',
    schema: z.object({ items: z.array(talkView), next: doc(z.string().nullable(), 'Pass it as `after`; null on the last page.', null) }),
  },
  errors: [],
});

export const dispositionReport = contract({
  id: 'reports.dispositions',
  method: 'GET',
  path: '/api/v1/reports/dispositions',
  tag: 'reports',
  summary: 'How talks were closed',
  access: SUPERVISORS,
  query: talkQuery,
  reply: {
    status: 200,
    description: 'The most frequent first.',
    schema: z.object({
      items: z.array(
        z.object({
          queue: doc(z.string().nullable(), 'null: no queue.', 'support'),
          queueLabel: label,
          disposition: doc(z.string(), 'A path in the queue’s tree, or `not_set`.', 'sale/booked'),
          label,
          talks: doc(z.int(), 'How many.', 12),
          share: doc(z.number().nullable(), 'Of all that are listed, 0 to 1.', 0.24),
          averageHandleMs: doc(z.number().nullable(), '(talk + hold + wrap-up) / talks. Milliseconds.', 184_000),
        }),
      ),
    }),
  },
  errors: [],
});

const FILES = {
  csv: {
    contentType: FILE_TYPES.csv,
    what: 'CSV for spreadsheets: BOM, `;`, the language’s decimal sign; durations in seconds, shares in percent.',
  },
  xlsx: {
    contentType: FILE_TYPES.xlsx,
    what: 'A workbook; durations and shares are formatted numbers.',
  },
} as const;

/** The same report as a file, however long it is. */
function file<Q extends z.ZodType>(of: string, kind: FileKind, query: Q) {
  const { contentType, what } = FILES[kind];
  return contract({
    id: `reports.${of}-${kind}`,
    method: 'GET',
    path: `/api/v1/reports/${of}.${kind}`,
    tag: 'reports',
    summary: `The report of ${of} as ${kind.toUpperCase()}`,
    description: what,
    access: SUPERVISORS,
    query,
    reply: { status: 200, description: 'The file, while it is made.', schema: z.string(), contentType },
    errors: [],
  });
}

export const queueFiles = {
  csv: file('queues', 'csv', queueQuery.extend({ lang })),
  xlsx: file('queues', 'xlsx', queueQuery.extend({ lang })),
};
export const agentFiles = {
  csv: file('agents', 'csv', agentQuery.extend({ lang })),
  xlsx: file('agents', 'xlsx', agentQuery.extend({ lang })),
};
export const talkFiles = { csv: file('talks', 'csv', talkQuery.extend({ lang })), xlsx: file('talks', 'xlsx', talkQuery.extend({ lang })) };
export const dispositionFiles = {
  csv: file('dispositions', 'csv', talkQuery.extend({ lang })),
  xlsx: file('dispositions', 'xlsx', talkQuery.extend({ lang })),
};

const share = (description: string, example: number) => {
  const schema = z.string().regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'must be a number from 0 to 1');
  return doc(schema.transform(Number).pipe(z.number().min(0).max(1)), description, example);
};

const staffed = z.object({
  agents: doc(z.int(), 'With so many agents.', 13),
  c: doc(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('stable'),
        waitProbability: z.number(),
        serviceLevel: z.number(),
        averageWaitMs: z.number(),
        occupancy: z.number(),
      }),
      z.object({ kind: z.literal('unstable') }),
    ]),
    'Erlang C: callers wait as long as it takes. unstable: no more agents than work, the queue would grow without end.',
  ),
  a: doc(
    z.object({ waitProbability: z.number(), abandoned: z.number(), averageWaitMs: z.number(), occupancy: z.number() }).nullable(),
    'Erlang A: callers lose patience. null without `patience`.',
  ),
});

export const erlangReport = contract({
  id: 'reports.erlang',
  method: 'GET',
  path: '/api/v1/reports/erlang',
  tag: 'reports',
  summary: 'How many agents are needed',
  description: 'Erlang C ignores that callers hang up and so asks for too many; Erlang A needs the patience that was measured.',
  access: SUPERVISORS,
  query: z.strictObject({
    calls: wholeNumber(0, 100_000, 'Calls in the interval.', 100),
    minutes: wholeNumber(1, 1440, 'Length of the interval.', 30).default(30),
    handle: wholeNumber(1, 7200, 'Seconds of talk, hold and wrap-up of a call.', 180),
    within: wholeNumber(0, 3600, 'Seconds within which calls shall be answered.', 20).default(20),
    level: share('The share of calls that shall be.', 0.8).default(0.8),
    busy: share('No agent shall be busier than this share of the time.', 0.85).default(1),
    patience: wholeNumber(1, 7200, 'Seconds after which callers give up, on average.', 120).optional(),
    agents: wholeNumber(1, 5000, 'Show this many agents as well.', 12).optional(),
  }),
  reply: {
    status: 200,
    description: 'What is needed, and how it goes with some more or less.',
    schema: z.object({
      erlang: doc(z.number(), 'Calls that are handled at the same time, on average.', 10),
      needed: doc(z.int().nullable(), 'The fewest agents that reach the goal by Erlang C; null: not even 5000 do.', 14),
      rows: z.array(staffed),
    }),
  },
  errors: [],
});
