import { describe, expect, it } from 'vitest';
import { campaignGate, contactGate } from '../../src/dialer/gate.ts';
import { callingWindow, nextOpening } from '../../src/dialer/window.ts';
import type { Campaign } from '../../src/domain/campaign.ts';
import type { Leaving } from '../../src/domain/contact.ts';
import type { CampaignId } from '../../src/domain/ids.ts';
import type { Calendar, Holiday } from '../../src/domain/opening-hours.ts';
import { campaignOf } from '../kit/campaigns.ts';

const name = { tr: 'Cumhuriyet Bayramı', en: 'Republic Day' };
const HOLIDAYS: readonly Holiday[] = [
  { date: '2026-10-28', from: 13 * 60, name },
  { date: '2026-10-29', from: 0, name },
];
const DAY_MS = 86_400_000;

/** An instant on Istanbul's clocks (UTC+3). */
const at = (text: string): number => Date.parse(`${text}+03:00`);

function calendar(hours: string, holidays: readonly Holiday[] = []): Calendar {
  const window = callingWindow({ hours, zone: 'Europe/Istanbul', holidays });
  if (window.kind === 'bad') throw new Error(JSON.stringify(window.problems));
  return window.calendar;
}

const RUNNING = campaignOf({ id: 'cmp_1' as CampaignId, state: 'running' });
const judge = (
  now: number,
  hours = '24/7',
  changes: Partial<Campaign> = {},
  more: { holidays?: readonly Holiday[]; stale?: boolean } = {},
) =>
  campaignGate(
    { campaign: { ...RUNNING, ...changes }, emergency: null },
    { now, calendar: calendar(hours, more.holidays), consentsStale: more.stale ?? false },
  );

describe('the calling window', () => {
  it.each([
    // B12
    ['mon-sun 09:00-20:00', '2026-11-25T19:59:59', true],
    ['mon-sun 09:00-20:00', '2026-11-25T20:00:00', false],
    ['mon-sun 09:00-20:00', '2026-11-25T08:59:59.999', false],
    ['mon-sun 09:00-20:00', '2026-11-25T09:00:00', true],
    // B13: 27 November 2026 is a Friday.
    ['fri 22:00-02:00', '2026-11-28T01:00:00', true],
    ['fri 22:00-02:00', '2026-11-28T03:00:00', false],
    ['fri 22:00-02:00', '2026-11-27T01:00:00', false],
    ['fri 22:00-02:00', '2026-11-27T23:00:00', true],
  ])('%s at %s is open: %s', (hours, now, open) => {
    expect(judge(at(now), hours).kind === 'open').toBe(open);
  });

  it.each([
    // B17
    ['2026-10-28T12:59:59', 'open', null],
    ['2026-10-28T13:00:00', 'holiday', '2026-10-30T09:00:00'],
    ['2026-10-29T10:00:00', 'holiday', '2026-10-30T09:00:00'],
    ['2026-10-30T08:00:00', 'hours', '2026-10-30T09:00:00'],
  ])('around Republic Day, %s is %s', (now, what, opensAt) => {
    const verdict = judge(at(now), 'mon-sun 09:00-20:00', {}, { holidays: HOLIDAYS });
    expect(verdict.kind === 'open' ? 'open' : verdict.reason).toBe(what);
    if (opensAt !== null) expect(verdict).toMatchObject({ wakeAt: at(opensAt) });
  });

  it('names a zone that does not exist, and hours that cannot be read (B18)', () => {
    expect(callingWindow({ hours: 'mon 09:00-18:00', zone: 'Europe/Ankara', holidays: [] })).toEqual({
      kind: 'bad',
      problems: [{ code: 'zone-unknown', zone: 'Europe/Ankara' }],
    });
    expect(callingWindow({ hours: 'someday', zone: 'Europe/Istanbul', holidays: [] })).toMatchObject({
      kind: 'bad',
      problems: [{ code: 'hours-unreadable' }],
    });
  });

  it('that never opens has no next opening', () => {
    expect(nextOpening(calendar('mon closed'), at('2026-11-25T12:00:00'))).toBeNull();
  });
});

describe('the gate of a campaign', () => {
  const NOW = at('2026-11-25T12:00:00');

  it('tells the strongest reason, and when it ends by itself', () => {
    const stop = { brand: RUNNING.brand, since: NOW, by: 'ayse', reason: '' };
    const moment = { now: NOW, calendar: calendar('24/7'), consentsStale: false };
    expect(campaignGate({ campaign: { ...RUNNING, state: 'paused' }, emergency: stop }, moment)).toMatchObject({
      reason: 'emergency-stop',
    });
    expect(judge(NOW, '24/7', { state: 'paused' })).toEqual({ kind: 'shut', reason: 'not-running', wakeAt: null });
    expect(judge(NOW, '24/7', { startAt: NOW + 5 })).toEqual({ kind: 'shut', reason: 'not-begun', wakeAt: NOW + 5 });
    expect(judge(NOW, '24/7', { endAt: NOW })).toMatchObject({ reason: 'over' });
    expect(judge(NOW, 'mon-fri 09:00-18:00', { endAt: NOW + 1 })).toEqual({ kind: 'open', until: NOW + 1 });
  });

  it('lets information through when the registry’s copy is old, and advertising not (F11)', () => {
    expect(judge(NOW, '24/7', { messageClass: 'commercial' }, { stale: true })).toMatchObject({ reason: 'consents-stale' });
    expect(judge(NOW, '24/7', {}, { stale: true }).kind).toBe('open');
  });
});

describe('the gate of a contact', () => {
  const cap = { calls: 3, withinMs: DAY_MS };
  const NOW = at('2026-11-25T12:00:00');
  type Said = readonly ['BIREYSEL' | 'TACIR', 'ONAY' | 'RET'][];
  const ask = (
    messageClass: Campaign['messageClass'],
    recipientType: Campaign['recipientType'],
    said: Said,
    more: { dnc?: boolean; calledAt?: readonly number[]; busy?: boolean; left?: readonly Leaving[]; leaveOn?: Campaign['leaveOn'] } = {},
  ) =>
    contactGate(
      {
        campaign: { messageClass, recipientType, leaveOn: more.leaveOn ?? [], startedAt: NOW - 1000 },
        leavings: more.left ?? [],
        standing: {
          consents: said.map(([type, status]) => ({ recipientType: type, type: 'ARAMA', status })),
          doNotContact: more.dnc ?? false,
        },
        calledAt: more.calledAt ?? [],
        isBusy: more.busy ?? false,
      },
      cap,
      NOW,
    );

  it.each([
    // F1, F2, F3
    ['commercial', 'BIREYSEL', [], 'no-consent'],
    ['commercial', 'BIREYSEL', [['BIREYSEL', 'ONAY']], 'call'],
    ['commercial', 'BIREYSEL', [['BIREYSEL', 'RET']], 'refused'],
    ['commercial', 'TACIR', [], 'call'],
    ['commercial', 'TACIR', [['TACIR', 'RET']], 'refused'],
    ['informational', 'BIREYSEL', [['BIREYSEL', 'RET']], 'call'],
  ] as const)('%s to %s with %j: %s', (messageClass, type, said, expected) => {
    const verdict = ask(messageClass, type, said as unknown as Said);
    expect(verdict.kind === 'suppress' ? verdict.outcome : verdict.kind).toBe(expected);
  });

  it('never lets anybody be called who never wants to be, for information neither', () => {
    expect(ask('informational', 'TACIR', [], { dnc: true })).toEqual({ kind: 'suppress', outcome: 'do-not-contact' });
  });

  it('refuses the fourth call until the first is a day old (B21)', () => {
    const calledAt = [NOW - DAY_MS + 1, NOW - 5000, NOW - 10];
    expect(ask('informational', 'BIREYSEL', [], { calledAt })).toEqual({ kind: 'wait', until: NOW + 1, reason: 'cap' });
    expect(ask('informational', 'BIREYSEL', [], { calledAt: [NOW - DAY_MS, ...calledAt.slice(1)] })).toEqual({ kind: 'call' });
  });

  it('lets go of who was taken out, and of who was served or has confirmed since it began, where it says so', () => {
    const left = (reason: Leaving['reason'], ago: number, leaveOn: Campaign['leaveOn']) =>
      ask('informational', 'BIREYSEL', [], { left: [{ reason, at: NOW - ago }], leaveOn });
    expect(left('excluded', 9999, [])).toEqual({ kind: 'suppress', outcome: 'excluded' });
    expect(left('served', 1000, ['served'])).toEqual({ kind: 'suppress', outcome: 'served' });
    expect(left('appointment-confirmed', 0, ['served', 'appointment-confirmed'])).toEqual({
      kind: 'suppress',
      outcome: 'appointment-confirmed',
    });
    expect(left('served', 1001, ['served'])).toEqual({ kind: 'call' });
    expect(left('served', 0, ['appointment-confirmed'])).toEqual({ kind: 'call' });
    // What they refused stands above it: it is what must be told.
    expect(ask('informational', 'TACIR', [], { dnc: true, left: [{ reason: 'excluded', at: 0 }] })).toMatchObject({
      outcome: 'do-not-contact',
    });
  });

  it('leaves a number alone that another campaign is calling', () => {
    expect(ask('informational', 'BIREYSEL', [], { busy: true })).toMatchObject({ kind: 'wait', reason: 'cap' });
  });
});
