import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../src/domain/journal.ts';
import { createFlowFigures } from '../../src/services/flows/flow-figures.ts';
import { silentLog } from '../kit/asterisk.ts';
import { virtualClock } from '../kit/virtual-clock.ts';
import { ENGINES, storesFor } from './engines.ts';
import { id, NOON } from './fixtures.ts';

const LINES = 100_000;
const CALLS = 2000;
const NODES = 60;
/** Shorter than a day: all of its hours are shown. */
const DAY = 22 * 3_600_000;

/** A day of calls through a flow of sixty nodes; every call's lines in order. */
function aDay(): JournalEntry[] {
  const perCall = LINES / CALLS;
  return Array.from({ length: LINES }, (_, i): JournalEntry => {
    const [n, seq] = [Math.floor(i / perCall), (i % perCall) + 1];
    const at = NOON - DAY + Math.floor((i * DAY) / LINES);
    const place = (n + Math.floor(seq / 2)) % NODES;
    const node = `node-${place}`;
    const about = { callId: id('call', n), seq, at };
    if (seq === 1) return { ...about, kind: 'call-arrived', data: {} };
    if (seq === perCall) return { ...about, kind: 'call-ended', data: { kind: 'caller-hung-up', durationMs: 60_000 } };
    if (seq % 2 === 0) return { ...about, kind: 'node-entered', data: { flow: 'main', node, type: 'menu' } };
    return { ...about, kind: 'exit', data: { flow: 'main', node, exit: '1', to: `node-${(place + 1) % NODES}` } };
  });
}

describe.each(ENGINES)('figures of a flow on $name', ({ name, place }) => {
  const at = storesFor(place);

  test('cost a journal line microseconds, and are read in milliseconds', async () => {
    const { flowCounts: counts, calls } = at.stores;
    const figures = createFlowFigures({ counts, calls, clock: virtualClock(NOON), log: silentLog });
    const lines = aDay();
    const begun = performance.now();
    for (const line of lines) figures.note([line]);
    const noted = performance.now();
    await figures.stop();
    const written = performance.now();
    const { steps } = await figures.of('main');
    const read = performance.now();
    const told = { noteUs: ((noted - begun) * 1000) / LINES, writeDayMs: written - noted, readMs: read - written };
    process.stdout.write(`${JSON.stringify({ figures: name, lines: LINES, ...told })}\n`);
    expect(steps.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(LINES * 0.95);
    expect(steps.filter(({ kind }) => kind === 'hang-up').reduce((sum, { count }) => sum + count, 0)).toBe(CALLS);
    expect(told.noteUs).toBeLessThan(50);
    expect(told.readMs).toBeLessThan(500);
  });
});
