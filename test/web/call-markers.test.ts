import { expect, it } from 'vitest';
import type { CallId } from '../../src/domain/ids.ts';
import type { JournalEntry, JournalKind } from '../../src/domain/journal.ts';
import { markersOf } from '../../src/web/calls/markers.ts';

let seq = 0;
const line = (at: number, kind: JournalKind, data: JournalEntry['data'] = {}): JournalEntry => {
  seq += 1;
  return { callId: 'call_1' as CallId, seq, at, kind, data };
};

it('turns the journal into places in the recording: the first prompt is the greeting, and nothing lies outside', () => {
  const entries = [
    line(900, 'call-arrived'),
    line(1000, 'call-answered'),
    line(1010, 'node-entered', { type: 'say' }),
    line(1020, 'prompt'),
    line(3000, 'node-entered', { type: 'menu' }),
    line(3010, 'prompt'),
    line(6000, 'queue-entered'),
    line(9000, 'agent-connected'),
    line(10_000, 'record-paused', { why: 'agent' }),
    line(12_000, 'record-resumed', { why: 'agent' }),
    line(13_000, 'agent-held'),
    line(14_000, 'agent-transfer', { state: 'begun' }),
    line(15_000, 'agent-transfer', { state: 'done' }),
    line(15_100, 'agent-released'),
    line(99_000, 'call-ended'),
  ];
  expect(markersOf(entries, 1100, 20_000).map(({ kind, ms }) => `${kind} ${ms}`)).toEqual([
    'greeting 0',
    'menu 1900',
    'queue 4900',
    'agent 7900',
    'pause 8900',
    'unpause 10900',
    'hold 11900',
    'transfer 12900',
    'left 14000',
    'end 20000',
  ]);
});
