import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { Call } from '../../src/domain/call.ts';
import { type CallRecording, PEAK_COUNT } from '../../src/domain/call-recording.ts';
import { makeId } from '../../src/domain/ids.ts';
import type { JournalEntry, JournalKind } from '../../src/domain/journal.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };
import { accessFaults } from '../kit/axe.ts';
import { openBrowser, type TestBrowser, type Visit, type VisitOptions } from '../kit/browser.ts';
import { LOOKS, overflows, shot } from '../kit/shots.ts';
import { type PretendEngine, startPretendEngine } from './pretend-engine.ts';

const TEXTS = { tr, en };
const START = Date.UTC(2026, 10, 26, 9, 0, 0);
const SECONDS = 60;
const RATE = 8000;
const CALL = makeId('call', START, [1]);

let browser: TestBrowser;
let engine: PretendEngine;
const heard: string[] = [];
const ranges: (readonly [number, number])[] = [];
const visits: Visit[] = [];

beforeAll(async () => {
  const wav = aWav();
  const callRecordings: HttpDeps['callRecordings'] = {
    ofCall: async (id) => (id === CALL ? RECORDING : undefined),
    audio: async () => ({
      size: wav.length,
      async *read(from, to) {
        ranges.push([from, to]);
        yield wav.subarray(from, to + 1);
      },
    }),
    heard: async (_recording, by) => void heard.push(by),
    remove: async () => true,
  };
  const calls = {
    get: async (id: string) => (id === CALL ? aCall(CALL) : id === OTHER ? aCall(OTHER) : undefined),
    list: async () => [aCall(CALL), aCall(OTHER)],
    legs: async () => [],
    journal: async (_id: string, after: number) => JOURNAL.filter(({ seq }) => seq > after),
  };
  const services = { callRecordings, stores: { calls } as unknown as HttpDeps['stores'] };
  [browser, engine] = await Promise.all([openBrowser(), startPretendEngine({ role: 'supervisor', services })]);
});
afterEach(async () => {
  heard.length = 0;
  ranges.length = 0;
  await Promise.all(visits.splice(0).map((visit) => visit.close()));
});
afterAll(async () => {
  await browser?.close();
  await engine?.stop();
});

async function open(address: string, options: VisitOptions = {}): Promise<Visit> {
  const visit = await browser.visit(options);
  visits.push(visit);
  await visit.context.addCookies([(await engine.login()).cookie]);
  await visit.page.goto(`${engine.url}${address}`);
  return visit;
}

function audioOf<T>(page: Page, of: (audio: HTMLAudioElement) => T): Promise<T> {
  return page.locator('audio[controls]').evaluate(of as never);
}

describe.each(LOOKS)('a call in $language at $width px', ({ language, name, ...look }) => {
  it('is listed, and shows its recording with places to jump to', async () => {
    const { page } = await open('/calls', look);
    const text = TEXTS[language];
    await page.locator(`[data-call="${CALL}"]`).getByRole('link').click();
    await page.locator('[data-marker="agent"]').waitFor();
    expect(await page.locator('[data-marker]').allInnerTexts()).toContain(`0:22 ${text.calls.marker.agent}`);
    await shot(page, `call-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.getByRole('link', { name: text.calls.back }).click();
    await page.locator(`[data-call="${OTHER}"]`).waitFor();
    await shot(page, `calls-${name}`);
    expect(await accessFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  });
});

describe('the player', () => {
  it('jumps to a happening by the keyboard and plays from there; who listens is told, and who only looks is not', async () => {
    const { page } = await open(`/calls/${CALL}`);
    await page.locator('[data-marker="pause"]').waitFor();
    expect([heard, ranges]).toEqual([[], []]);
    await page.locator('[data-marker="pause"]').focus();
    await page.keyboard.press('Enter');
    // It plays on from there: a place that was only set would stay where it is.
    await expect.poll(() => audioOf(page, ({ currentTime, paused }) => (paused ? 0 : currentTime))).toBeGreaterThan(30.2);
    expect(await audioOf(page, ({ currentTime }) => currentTime)).toBeLessThan(45);
    expect(await audioOf(page, ({ duration, error }) => [duration, error])).toEqual([SECONDS, null]);
    expect(new Set(heard)).toEqual(new Set(['admin']));
    const wanted = 44 + 30 * RATE * 4;
    expect(ranges.some(([from, to]) => from <= wanted && to >= wanted)).toBe(true);
  });

  it('jumps where the picture is clicked', async () => {
    const { page } = await open(`/calls/${CALL}`);
    const wave = page.locator('svg[viewBox^="0 0 300"]');
    await wave.waitFor();
    const box = await wave.boundingBox();
    await wave.click({ position: { x: (box?.width ?? 0) * 0.75, y: 10 } });
    await expect.poll(() => audioOf(page, ({ currentTime, paused }) => (paused ? 0 : currentTime))).toBeGreaterThan(45);
    expect(await audioOf(page, ({ currentTime }) => currentTime)).toBeLessThan(55);
    expect(heard.length).toBeGreaterThan(0);
  });

  it('is not there for a call that was not recorded', async () => {
    const { page } = await open(`/calls/${OTHER}`);
    await page.locator('[data-recording="none"]').waitFor();
    expect(await page.locator('audio[controls]').count()).toBe(0);
  });

  it('can be read in the dark', async () => {
    const { page } = await open(`/calls/${CALL}`, { scheme: 'dark', locale: 'tr-TR' });
    await page.locator('[data-marker="agent"]').waitFor();
    await shot(page, 'call-dark');
    expect(await accessFaults(page)).toEqual([]);
  });
});

const OTHER = makeId('call', START, [2]);
const JOURNAL: readonly JournalEntry[] = (
  [
    [0, 'call-arrived', { did: '1000', ani: '+90 5** *** ** 17', flow: 'main-menu' }],
    [0, 'call-answered', {}],
    [1, 'node-entered', { flow: 'main-menu', node: 'welcome', type: 'say' }],
    [1, 'prompt', { text: 'Hoş geldiniz.', language: 'tr', keys: ['main.welcome'] }],
    [6, 'node-entered', { flow: 'main-menu', node: 'menu', type: 'menu' }],
    [12, 'queue-entered', { queue: 'support' }],
    [22, 'agent-connected', { leg: 'leg_1', agent: 'usr_1', queue: 'support' }],
    [30, 'record-paused', { why: 'agent' }],
    [40, 'record-resumed', { why: 'agent' }],
    [45, 'agent-held', {}],
    [50, 'agent-resumed', {}],
    [58, 'agent-released', { leg: 'leg_1', how: 'agent-hung-up' }],
    [60, 'call-ended', { kind: 'caller-hung-up', durationMs: 60_000 }],
  ] as const satisfies readonly (readonly [number, JournalKind, object])[]
).map(([seconds, kind, data], index) => ({ callId: CALL, seq: index + 1, at: START + seconds * 1000, kind, data }));

const RECORDING: CallRecording = {
  ...{ id: makeId('recording', START, [1]), brand: DEFAULT_BRAND, callId: CALL, queue: 'support', state: 'kept' },
  ...{ startedAt: START, endedAt: START + SECONDS * 1000, pausedBy: [], pausedUntil: null, durationMs: SECONDS * 1000 },
  parts: [
    { from: START, to: START + 30_000 },
    { from: START + 40_000, to: START + 60_000 },
  ],
  peaks: Array.from({ length: 2 * PEAK_COUNT }, (_, index) => {
    const second = ((index % PEAK_COUNT) / PEAK_COUNT) * SECONDS;
    const speaks = index < PEAK_COUNT ? second % 7 > 4 : second % 7 < 4;
    return speaks && (second < 30 || second > 40) ? String(3 + (index % 6)) : '0';
  }).join(''),
  keepUntil: START + 90 * 86_400_000,
};

function aCall(id: Call['id']): Call {
  return {
    ...{ id, brand: DEFAULT_BRAND, direction: 'inbound', state: 'ended', did: '1000', ani: '+905550000017', flow: 'main-menu' },
    ...{ release: 1, language: 'tr', sessionId: makeId('session', START, [1]), channelId: 'c', startedAt: START, answeredAt: START },
    ...{ endedAt: START + SECONDS * 1000, termination: { kind: 'caller-hung-up' } },
  };
}

/** A quiet stereo tone. */
function aWav(): Buffer {
  const bytes = SECONDS * RATE * 4;
  const wav = Buffer.alloc(44 + bytes);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(2, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 4, 28);
  wav.writeUInt16LE(4, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(bytes, 40);
  for (let frame = 0; frame < SECONDS * RATE; frame += 1) wav.writeInt16LE(Math.round(Math.sin(frame / 4) * 300), 44 + frame * 4);
  return wav;
}
