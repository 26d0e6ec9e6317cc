import { ATTEMPT_OUTCOMES, type AttemptOutcome } from '../../domain/attempt.ts';
import { CAMPAIGN_STATES, type CampaignPlan, type CampaignState } from '../../domain/campaign.ts';
import {
  CONTACT_STATES,
  type ContactOutcome,
  type ContactState,
  ENDS,
  SUPPRESSIONS,
  WAIT_REASONS,
  type WaitReason,
} from '../../domain/contact.ts';
import { BASE, request } from './client.ts';
import { type Shape, shape } from './shape.ts';

/** How a contact can end, suppressions last. */
export const OUTCOMES = [...ENDS, ...SUPPRESSIONS] as const;

export interface CampaignInfo extends CampaignPlan {
  readonly id: string;
  readonly state: CampaignState;
  readonly version: number;
  /** UTC ms. */
  readonly createdAt: number;
  readonly createdBy: string;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

export interface ListedCampaign extends CampaignInfo {
  readonly standing: { readonly contacts: number; readonly waiting: number; readonly calling: number; readonly delivered: number };
}

export interface ContactGroup {
  readonly state: ContactState;
  readonly outcome: ContactOutcome | null;
  readonly waitReason: WaitReason | null;
  readonly count: number;
  readonly firstAt: number;
}

export interface ChoiceCount {
  readonly flow: string;
  readonly node: string;
  readonly keys: string;
  readonly label: Readonly<Record<string, unknown>> | null;
  readonly count: number;
}

export interface CampaignFigures {
  readonly campaign: CampaignInfo;
  readonly contacts: number;
  readonly counts: readonly ContactGroup[];
  readonly attempts: number;
  readonly answered: number;
  readonly interacted: number;
  readonly heardShare: number | null;
  readonly talkMs: number;
  readonly calls: number;
  readonly lately: number;
  readonly choices: readonly ChoiceCount[];
  readonly finishAt: number | null;
}

/** Why contacts wait, as the engine names it. */
export const WAIT_CODES = [
  'emergency-stop',
  'not-running',
  'not-begun',
  'over',
  'hours',
  'holiday',
  'consents-stale',
  'retry',
  'cap',
  'ready',
] as const;
/** What holds back those who are ready. */
export const LIMITERS = [
  'no-line',
  'other-engine',
  'trunk-resting',
  'calls-fail',
  'lines-taken',
  'channels-taken',
  'no-agents',
  'speed',
] as const;

export interface Why {
  readonly groups: readonly { readonly code: (typeof WAIT_CODES)[number]; readonly count: number; readonly wakeAt: number | null }[];
  readonly waiting: number;
  readonly calling: number;
  readonly over: number;
  readonly limiter: (typeof LIMITERS)[number] | null;
  readonly wakeAt: number | null;
}

export interface CourseStep {
  readonly at: number;
  readonly made: number;
  readonly answered: number;
  readonly delivered: number;
}

export interface Course {
  readonly stepMs: number;
  readonly steps: readonly CourseStep[];
}

export interface AttemptInfo {
  readonly id: string;
  readonly callId: string;
  readonly no: number;
  readonly at: number;
  readonly callerId: string | null;
  readonly outcome: AttemptOutcome | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly heardShare: number | null;
  readonly choices: readonly string[];
}

export interface ContactInfo {
  readonly contact: string;
  /** Set where contacts of several campaigns are told. */
  readonly campaign: { readonly id: string; readonly name: string } | null;
  readonly seq: number;
  readonly number: string | null;
  readonly state: ContactState;
  readonly outcome: ContactOutcome | null;
  readonly waitReason: WaitReason | null;
  readonly dueAt: number | null;
  readonly history: readonly AttemptInfo[];
}

export interface ContactWish {
  readonly number: string;
  readonly state: ContactState | '';
  readonly outcome: ContactOutcome | '';
}

export interface EmergencyInfo {
  readonly since: number;
  readonly by: string;
  readonly reason: string;
}

export type Deed = 'start' | 'pause' | 'resume' | 'stop' | 'cancel';

export async function listCampaigns(): Promise<readonly ListedCampaign[]> {
  return shape(await request('GET', '/campaigns'), 'campaigns')
    .list('items')
    .map((row) => {
      const standing = row.child('standing');
      const of = (name: 'contacts' | 'waiting' | 'calling' | 'delivered'): number => standing.number(name);
      return {
        ...campaignFrom(row),
        standing: { contacts: of('contacts'), waiting: of('waiting'), calling: of('calling'), delivered: of('delivered') },
      };
    });
}

export async function getCampaign(id: string): Promise<CampaignInfo> {
  return campaignFrom(shape(await request('GET', `/campaigns/${id}`), 'campaign'));
}

export async function moveCampaign(id: string, deed: Deed): Promise<void> {
  await request('POST', `/campaigns/${id}/${deed}`);
}

export async function setRate(id: string, rate: Pick<CampaignPlan, 'callsPerSecond' | 'channels' | 'weight'>): Promise<void> {
  await request('POST', `/campaigns/${id}/rate`, rate);
}

export async function campaignFigures(id: string): Promise<CampaignFigures> {
  const figures = shape(await request('GET', `/campaigns/${id}/figures`), 'figures');
  const sums = figures.child('sums');
  return {
    campaign: campaignFrom(figures.child('campaign')),
    contacts: figures.number('contacts'),
    counts: figures.list('counts').map((row) => ({
      ...{ state: stateIn(row), outcome: outcomeIn(row), waitReason: waitReasonIn(row) },
      ...{ count: row.number('count'), firstAt: row.number('firstAt') },
    })),
    ...{ attempts: sums.number('attempts'), answered: sums.number('answered'), interacted: sums.number('interacted') },
    ...{ heardShare: maybe(sums, 'heardShare'), talkMs: sums.number('talkMs') },
    ...{ calls: figures.number('calls'), lately: figures.number('lately'), finishAt: maybe(figures, 'finishAt') },
    choices: figures.list('choices').map((row) => ({
      ...{ flow: row.text('flow'), node: row.text('node'), keys: row.text('keys'), count: row.number('count') },
      label: row.has('label') ? (row.child('label').raw as Readonly<Record<string, unknown>>) : null,
    })),
  };
}

export async function whyCampaign(id: string): Promise<Why> {
  const why = shape(await request('GET', `/campaigns/${id}/why`), 'why');
  return {
    groups: why.list('groups').map((row) => ({
      code: WAIT_CODES.find((one) => one === row.text('code')) ?? 'ready',
      count: row.number('count'),
      wakeAt: maybe(row, 'wakeAt'),
    })),
    ...{ waiting: why.number('waiting'), calling: why.number('calling'), over: why.number('over') },
    limiter: LIMITERS.find((one) => one === why.optionalText('limiter')) ?? null,
    wakeAt: maybe(why, 'wakeAt'),
  };
}

export async function campaignCourse(id: string): Promise<Course> {
  const course = shape(await request('GET', `/campaigns/${id}/course`), 'course');
  return {
    stepMs: course.number('stepMs'),
    steps: course.list('steps').map((row) => ({
      ...{ at: row.number('at'), made: row.number('made') },
      ...{ answered: row.number('answered'), delivered: row.number('delivered') },
    })),
  };
}

/** A page of contacts; `next` begins the one after it. */
export async function findContacts(
  id: string,
  { number, state, outcome }: ContactWish,
  after: number,
): Promise<{ readonly items: readonly ContactInfo[]; readonly next: number | null }> {
  const wish = {
    ...{ after, limit: 50 },
    ...(number === '' ? {} : { number }),
    ...(state === '' ? {} : { state }),
    ...(outcome === '' ? {} : { outcome }),
  };
  const page = shape(await request('POST', `/campaigns/${id}/contacts/find`, wish), 'contacts');
  return { items: page.list('items').map(contactFrom), next: maybe(page, 'next') };
}

/** What all campaigns did with a number, newest first. */
export async function numberHistory(number: string): Promise<readonly ContactInfo[]> {
  return shape(await request('POST', '/campaigns/numbers/history', { number }), 'history')
    .list('items')
    .map(contactFrom);
}

export async function askEmergency(): Promise<EmergencyInfo | null> {
  const answer = shape(await request('GET', '/emergency-stop'), 'emergency');
  if (!answer.has('stop')) return null;
  const stop = answer.child('stop');
  return { since: stop.number('since'), by: stop.text('by'), reason: stop.text('reason') };
}

export async function setEmergency(reason: string): Promise<void> {
  await request('POST', '/emergency-stop', { reason });
}

export async function liftEmergency(): Promise<void> {
  await request('DELETE', '/emergency-stop');
}

/** Where the browser gets all contacts with how they ended. */
export function contactFile(id: string, kind: 'csv' | 'xlsx', language: string): string {
  return `${BASE}/campaigns/${id}/contacts.${kind}?${new URLSearchParams({ language })}`;
}

function campaignFrom(row: Shape): CampaignInfo {
  for (const name of ['id', 'name', 'flow', 'hours', 'zone']) row.text(name);
  for (const name of ['version', 'callsPerSecond', 'channels', 'weight', 'createdAt']) row.number(name);
  row.child('pacing').text('kind');
  row.child('retries');
  for (const name of ['lists', 'callerIds', 'webhooks']) row.texts(name);
  const state = CAMPAIGN_STATES.find((one) => one === row.text('state')) ?? 'draft';
  return { ...(row.raw as CampaignInfo), state };
}

function contactFrom(row: Shape): ContactInfo {
  return {
    contact: row.text('contact'),
    campaign: row.has('campaign') ? { id: row.text('campaign'), name: row.text('name') } : null,
    ...{ seq: row.number('seq'), number: row.optionalText('number') },
    ...{ state: stateIn(row), outcome: outcomeIn(row), waitReason: waitReasonIn(row), dueAt: maybe(row, 'dueAt') },
    history: row.list('history').map(attemptFrom),
  };
}

function attemptFrom(row: Shape): AttemptInfo {
  return {
    ...{ id: row.text('id'), callId: row.text('callId'), no: row.number('no') },
    ...{ at: maybe(row, 'originatedAt') ?? row.number('createdAt'), callerId: row.optionalText('callerId') },
    outcome: ATTEMPT_OUTCOMES.find((one) => one === row.optionalText('outcome')) ?? null,
    ...{ answeredAt: maybe(row, 'answeredAt'), endedAt: maybe(row, 'endedAt'), heardShare: maybe(row, 'heardShare') },
    choices: row.texts('choices'),
  };
}

const stateIn = (row: Shape): ContactState => CONTACT_STATES.find((one) => one === row.text('state')) ?? 'pending';
const outcomeIn = (row: Shape): ContactOutcome | null => OUTCOMES.find((one) => one === row.optionalText('outcome')) ?? null;
const waitReasonIn = (row: Shape): WaitReason | null => WAIT_REASONS.find((one) => one === row.optionalText('waitReason')) ?? null;
const maybe = (row: Shape, name: string): number | null => (row.has(name) ? row.number(name) : null);
