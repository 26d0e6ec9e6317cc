import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeId } from '../../src/domain/ids.ts';
import { JOURNAL_KINDS, type JournalEntry, type JournalKind } from '../../src/domain/journal.ts';
import type { Value } from '../../src/domain/value.ts';
import { NODE_KINDS } from '../../src/flow/nodes/registry.ts';
import { EMPTY_FEED, type FeedMessage, type FeedState, hasGap, receive } from '../../src/web/feed/feed-state.ts';
import { arrivalOf, latest, terminationOf, toSteps } from '../../src/web/feed/steps.ts';
import { collectEnd, dialOutcome, nodeIcon, nodeType, sinceStart, termination } from '../../src/web/feed/words.ts';

const callId = makeId('call', 1_700_000_000_000, [1]);
const other = makeId('call', 1_700_000_000_000, [2]);

function entry(seq: number, kind: JournalKind, data: { readonly [key: string]: Value } = {}, call = callId): JournalEntry {
  return { callId: call, seq, at: 1000 * seq, kind, data };
}

const told = (...entries: JournalEntry[]): FeedMessage[] => entries.map((one) => ({ kind: 'entry', entry: one }));
const after = (...messages: FeedMessage[]): FeedState => messages.reduce(receive, EMPTY_FEED);
const call: FeedMessage = { kind: 'call', callId };

describe('what the page knows of a call', () => {
  it('is the same however often and in whatever order the lines come', () => {
    const lines = [1, 2, 3, 4, 5, 6].map((seq) => entry(seq, 'key', { key: String(seq) }));
    fc.assert(
      fc.property(fc.shuffledSubarray([...lines, ...lines], { minLength: 12 }), (shuffled) => {
        const state = after(call, ...told(...shuffled));
        expect(state.entries).toEqual(lines);
        expect(hasGap(state)).toBe(false);
      }),
    );
  });

  it('survives a reconnect: the call named again and its lines replayed change nothing', () => {
    const before = after(call, ...told(entry(1, 'call-arrived'), entry(2, 'call-answered')));
    const again = [{ kind: 'link', link: 'lost' }, { kind: 'link', link: 'live' }, call, ...told(entry(1, 'call-arrived'))] as const;
    const now = again.reduce<FeedState>(receive, before);
    expect(now.entries).toEqual(before.entries);
    expect(now.link).toBe('live');
  });

  it('begins anew with the next call, and lets late lines of the last one go', () => {
    const state = after(call, ...told(entry(1, 'call-arrived')), { kind: 'call', callId: other }, ...told(entry(2, 'call-ended')));
    expect(state).toMatchObject({ callId: other, entries: [], ended: false });
    expect(receive(state, { kind: 'ended', callId }).ended).toBe(false);
    expect(receive(state, { kind: 'ended', callId: other }).ended).toBe(true);
  });

  it('is ended by the journal’s last line too', () => {
    expect(after(call, ...told(entry(1, 'call-ended', { kind: 'caller-hung-up' }))).ended).toBe(true);
  });

  it('knows when a line in the middle is missing', () => {
    expect(hasGap(after(call, ...told(entry(1, 'call-arrived'), entry(3, 'key'))))).toBe(true);
    expect(hasGap(after(call))).toBe(false);
  });
});

describe('the steps of a call', () => {
  const lines = [
    entry(1, 'call-arrived', { did: '1000', flow: 'main-menu' }),
    entry(2, 'call-answered'),
    entry(3, 'node-entered', { flow: 'main-menu', node: 'language', type: 'menu' }),
    entry(4, 'prompt', { keys: ['main-menu.language', null], text: 'Türkçe için bire basınız.', language: 'tr' }),
    entry(5, 'key', { key: '1' }),
    entry(6, 'key', { key: '2' }),
    entry(7, 'digits', { node: 'language', digits: null, length: 2, end: 'no-match' }),
    entry(8, 'no-input', { node: 'language', count: 2 }),
    entry(9, 'exit', { flow: 'main-menu', node: 'language', exit: 'exhausted', to: null }),
    entry(10, 'node-entered', { flow: 'main-menu', node: 'connect', type: 'transfer' }),
    entry(11, 'leg-dialled', { leg: 'leg_x', target: 'extension' }),
    entry(12, 'leg-ended', { leg: 'leg_x', outcome: 'busy', cause: 17, sipCode: 486 }),
    entry(13, 'incident', { code: 'speech.failed', prompt: 'x', reason: 'no voice' }),
    entry(14, 'call-ended', { kind: 'caller-hung-up', durationMs: 13_000 }),
  ];

  it('group the journal by stays at nodes', () => {
    const steps = toSteps(lines);
    expect(steps.map(({ node, happenings }) => [node?.node ?? null, happenings.map(({ kind }) => kind)])).toEqual([
      [null, ['note']],
      ['language', ['prompt', 'keys', 'digits', 'no-input', 'exit']],
      ['connect', ['leg', 'leg', 'trouble']],
    ]);
    const [, language, connect] = steps;
    expect(language?.happenings[0]).toMatchObject({ text: 'Türkçe için bire basınız.', language: 'tr', keys: ['main-menu.language'] });
    expect(language?.happenings[1]).toMatchObject({ keys: [{ key: '1' }, { key: '2' }] });
    expect(language?.happenings[2]).toMatchObject({ digits: null, length: 2, end: 'no-match' });
    expect(connect?.happenings.map((happening) => ('detail' in happening ? happening.detail : ''))).toEqual(['extension', 'busy', '']);
    expect(connect?.happenings[2]).toMatchObject({ code: 'speech.failed', message: 'no voice' });
  });

  it('tell where the call came in, how it ended, and what was said last', () => {
    expect(arrivalOf(lines)).toEqual({ did: '1000', flow: 'main-menu', at: 1000 });
    expect(terminationOf(lines)).toEqual({ seq: 14, at: 14_000, kind: 'caller-hung-up' });
    expect(terminationOf(lines.slice(0, 5))).toBeNull();
    expect(arrivalOf([])).toBeNull();
    expect(latest(toSteps(lines))).toEqual({ node: 'connect', prompt: 'Türkçe için bire basınız.' });
  });

  it('take every kind of line with any data, and kinds of a newer engine, without stumbling', () => {
    const anyData = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<{ readonly [key: string]: Value }>;
    const anyKind = fc.constantFrom(...JOURNAL_KINDS, 'of-tomorrow' as JournalKind);
    fc.assert(
      fc.property(fc.array(fc.tuple(anyKind, anyData)), (kinds) => {
        const steps = toSteps(kinds.map(([kind, data], index) => entry(index + 1, kind, data)));
        expect(steps.reduce((sum, { happenings }) => sum + happenings.length, 0)).toBeLessThanOrEqual(kinds.length);
      }),
    );
  });
});

describe('words and pictures of the feed', () => {
  it('has a picture for every node type, known or not', () => {
    expect(nodeIcon('menu')).toBe('keypad');
    expect(nodeIcon('of-tomorrow')).toBe('box');
    expect(nodeType('toString')).toBeNull();
    expect(nodeType('say')).toBe('say');
    expect(NODE_KINDS.map(({ type }) => type).filter((type) => nodeType(type) === null)).toEqual([]);
  });

  it('knows terminations, outcomes and ends, and nothing else', () => {
    expect(termination('flow-hung-up')).toBe('flow-hung-up');
    expect(termination('constructor')).toBeNull();
    expect(termination(undefined)).toBeNull();
    expect(dialOutcome('busy')).toBe('busy');
    expect(dialOutcome('extension')).toBeNull();
    expect(collectEnd('matched')).toBe('matched');
    expect(collectEnd('')).toBeNull();
  });

  it.each([
    [0, '+0:00'],
    [7400, '+0:07'],
    [65_000, '+1:05'],
    [-50, '+0:00'],
  ])('%d ms after the start is %s', (ms, text) => {
    expect(sinceStart(1_000_000 + ms, 1_000_000)).toBe(text);
  });
});
