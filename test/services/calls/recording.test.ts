import { describe, expect, it } from 'vitest';
import { openBench } from './bench.ts';

const flow = (terminator: string): string => `
flow: main
title: { tr: Kayit, en: Recording }
start: rec
variables: { note: "" }
nodes:
  rec: { type: record, prompt: { text: { tr: x, en: speak } }, max: 10s, silence: 3s, beep: true, terminator: ${terminator}, into: note, next: done, exits: { empty: empty, error: error } }
  done: { type: hangup, prompt: { text: { tr: x, en: thank you } } }
  empty: { type: hangup, prompt: { text: { tr: x, en: nothing said } } }
  error: { type: hangup, prompt: { text: { tr: x, en: not recorded } } }
`;

async function recording(terminator = 'any') {
  const bench = openBench({ flows: { main: flow(terminator) } });
  bench.line.dial('c1');
  await bench.clock.pass(300 + 500 + 1000);
  const name = [...bench.line.recordings.keys()][0] as string;
  const finish = (talkingMs: number, ok = true): void =>
    bench.line.emit({ kind: 'recording-finished', channelId: 'c1', name, durationMs: talkingMs, talkingMs, ok, at: bench.clock.now() });
  return { ...bench, name, finish };
}

describe('a recording', () => {
  it.each([
    ['with a voice in it', 2000, true, 'thank you'],
    ['of nothing but silence', 0, true, 'nothing said'],
    ['that failed', 0, false, 'not recorded'],
  ])('%s', async (_, talkingMs, ok, heard) => {
    const bench = await recording();
    bench.finish(talkingMs, ok);
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['speak', heard]);
    expect(bench.clock.pending).toBe(0);
  });

  it.each([
    ['any', '5', true],
    ['"#"', '#', true],
    ['"#"', '5', false],
    ['none', '5', false],
  ])('with terminator %s is ended by %s: %s', async (terminator, key, ends) => {
    const bench = await recording(terminator);
    bench.line.press('c1', key);
    await bench.clock.pass(0);
    expect(bench.line.sent.includes(`stop-recording ${bench.name}`)).toBe(ends);
  });

  it('whose end is never told is given up, and the call goes on', async () => {
    const bench = await recording();
    await bench.clock.pass(25_000);
    expect(bench.line.sent).toContain(`stop-recording ${bench.name}`);
    expect(bench.heard()).toEqual(['speak', 'not recorded']);
    expect(bench.journal('incident')).toMatchObject([{ code: 'recording.stuck' }]);
  });

  it('is kept when the caller hangs up, and told in the journal; Asterisk is told of the hang-up once more', async () => {
    const bench = await recording();
    bench.line.telephony.hangup = async (id) => void bench.line.sent.push(`hangup ${id}`);
    bench.line.emit({ kind: 'hangup-requested', channelId: 'c1', cause: 16, at: bench.clock.now() });
    await bench.clock.pass(0);
    expect(bench.line.sent.at(-1)).toBe('hangup c1');
    bench.finish(1500);
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.journal('recording')).toMatchObject([{ name: bench.name }]);
  });
});
