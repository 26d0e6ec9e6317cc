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
    expect(bench.memory.caused.recordings).toMatchObject([
      { id: bench.name, kind: 'message', flow: 'main', node: 'rec', durationMs: 1500 },
    ]);
  });

  it('is kept when its end and the end of the call come at once', async () => {
    const bench = await recording();
    bench.line.emit({ kind: 'hangup-requested', channelId: 'c1', cause: 16, at: bench.clock.now() });
    bench.finish(1500);
    bench.line.emit({ kind: 'left', channelId: 'c1', at: bench.clock.now() });
    await bench.clock.pass(5000);
    expect(bench.memory.caused.recordings).toHaveLength(1);
  });

  it('is stored with the turn that keeps it, until its time is over', async () => {
    const bench = await recording();
    bench.finish(2000);
    await bench.clock.pass(0);
    const [one] = bench.memory.caused.recordings;
    expect(one).toMatchObject({ id: bench.name, brand: 'santral', callId: bench.call()?.id, language: 'en', heardAt: null });
    expect((one?.keepUntil ?? 0) - (one?.createdAt ?? 0)).toBe(90 * 86_400_000);
    expect(bench.recordings.removed).toEqual([]);
  });

  it.each([
    ['empty', 0, true],
    ['failed', 0, false],
  ])('that is %s leaves no audio', async (_, talkingMs, ok) => {
    const bench = await recording();
    bench.finish(talkingMs, ok);
    await bench.clock.pass(5000);
    expect(bench.recordings.removed).toEqual([bench.name]);
    expect(bench.memory.caused.recordings).toEqual([]);
  });
});

const reviewed = `
flow: main
title: { tr: Kayit, en: Recording }
start: rec
variables: { note: "" }
nodes:
  rec: { type: record, prompt: { text: { tr: x, en: speak } }, max: 10s, into: note, review: { prompt: { text: { tr: x, en: keys } } }, next: done }
  done: { type: hangup, prompt: { text: { tr: x, en: thank you } } }
`;

describe('a review', () => {
  async function inReview() {
    const bench = openBench({ flows: { main: reviewed } });
    bench.line.dial('c1');
    await bench.clock.pass(300 + 500 + 1000);
    const say = async (): Promise<string> => {
      const name = [...bench.line.recordings.keys()].at(-1) as string;
      bench.line.emit({
        kind: 'recording-finished',
        channelId: 'c1',
        name,
        durationMs: 2000,
        talkingMs: 2000,
        ok: true,
        at: bench.clock.now(),
      });
      await bench.clock.pass(0);
      return name;
    };
    return { ...bench, name: await say(), say };
  }

  it('plays the recording as a file that can be stopped, and a key cuts it', async () => {
    const bench = await inReview();
    await bench.clock.pass(400);
    bench.line.press('c1', '1');
    await bench.clock.pass(300);
    bench.line.press('c1', '2');
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['speak', 'keys', `${bench.name}…`, 'thank you']);
    expect(bench.memory.caused.recordings.map(({ id }) => id)).toEqual([bench.name]);
  });

  it('lets the audio of what is recorded again go once the turn is stored, not before', async () => {
    const bench = await inReview();
    await bench.clock.pass(400);
    bench.memory.refuse(new Error('the disk is full'));
    bench.line.press('c1', '3');
    await bench.clock.pass(1);
    expect(bench.recordings.removed).toEqual([]);
    bench.memory.refuse(null);
    await bench.clock.pass(1500);
    expect(bench.recordings.removed).toEqual([bench.name]);
    const second = await bench.say();
    bench.line.press('c1', '2');
    await bench.clock.pass(5000);
    expect(bench.memory.caused.recordings.map(({ id }) => id)).toEqual([second]);
  });

  it('says a beep where the audio is gone, tells it, and goes on', async () => {
    const bench = await inReview();
    bench.recordings.removed.push(bench.name as never);
    bench.line.press('c1', '1');
    await bench.clock.pass(1000);
    bench.line.hangUp('c1');
    await bench.clock.pass(2000);
    expect(bench.journal('incident')).toMatchObject([{ code: 'speech.failed', reason: 'there is no audio of the recording' }]);
    expect(bench.memory.caused.recordings).toHaveLength(1);
  });
});
