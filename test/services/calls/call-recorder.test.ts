import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import type { UserId } from '../../../src/domain/ids.ts';
import { profileOf } from '../../kit/floor.ts';
import { type BenchOptions, openBench } from './bench.ts';

/** The recording of whole calls: when it is on, what it leaves out, and that nothing of it ever ends a call. */

const SAY = `flow: main
start: hello
languages: [en]
nodes:
  hello: { type: say, prompt: { text: { en: hello there } }, next: pin }
  pin: { type: pin, list: staff, prompt: { text: { en: your code } }, into: who, next: after, exits: { refused: after, exhausted: after } }
  after: { type: say, prompt: { text: { en: ${'and on '.repeat(60)} } }, next: bye }
  bye: { type: hangup }
`;
const COLLECT = SAY.replace(
  / {2}pin: .*\n/,
  '  pin: { type: collect, prompt: { text: { en: your code } }, digits: 4, secret: true, into: code, next: after, exits: { exhausted: after } }\n',
);
const QUEUE = `flow: main
start: notice
languages: [en]
nodes:
  notice: { type: record-call, notice: { text: { en: recorded } }, refuse: 9, within: 2s, next: wait }
  wait: { type: queue, queue: support, next: bye, exits: { failed: bye } }
  bye: { type: say, prompt: { text: { en: this is the end } }, next: off }
  off: { type: hangup }
`;
const QUEUES = (record: string) => `queues:
  support:
    label: { tr: Destek, en: Support }
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    whisper: none
${record}`;
const AYSE = 'ayse' as UserId;

async function open(options: Partial<BenchOptions> = {}) {
  const bench = openBench({ flows: { main: COLLECT }, ...options });
  await bench.clock.pass(0);
  const parts = () => bench.callRecordings.row()?.parts ?? [];
  return {
    ...bench,
    parts,
    monitored: () => [...bench.line.monitors.keys()],
    async dial(did = 'recorded') {
      bench.line.dial('chan-1', did);
      await bench.clock.pass(400);
    },
  };
}

describe('a call whose number says that it is recorded', () => {
  it('is recorded from the answer to the end, in parts that leave out what is keyed in secret', async () => {
    const on = await open();
    await on.dial();
    expect(on.monitored()).toEqual(['recording_1_001']);
    expect(on.callRecordings.row()).toMatchObject({ state: 'open', endedAt: null });
    await on.clock.pass(1100);
    // The question for the code is under way: nothing is recorded before it has begun.
    expect(on.heard()).toEqual(['hello there']);
    expect(on.monitored()).toEqual([]);
    expect(on.callRecordings.row()?.pausedBy).toEqual(['secret']);
    await on.clock.pass(2000);
    on.line.press('chan-1', '4711');
    await on.clock.pass(10);
    expect(on.monitored()).toEqual(['recording_1_002']);
    await on.clock.pass(1000);
    on.line.hangUp('chan-1');
    await on.clock.pass(0);
    const [first, second] = on.parts();
    expect(on.parts()).toHaveLength(2);
    expect((second?.from ?? 0) - (first?.to ?? 0)).toBeGreaterThan(1500);
    expect(on.callRecordings.row()).toMatchObject({ endedAt: second?.to, pausedBy: [] });
    expect(on.callRecordings.over).toEqual(['recording_1']);
    expect(on.facts().filter((kind) => kind.startsWith('record-'))).toEqual(['record-begun', 'record-paused', 'record-resumed']);
    expect(on.line.sent.filter((one) => one.startsWith('stop-monitor'))).toEqual([
      'stop-monitor recording_1_001',
      'stop-monitor recording_1_002',
    ]);
  });

  it('other numbers, and the settings, are not asked', async () => {
    const on = await open();
    await on.dial('1000');
    expect(on.monitored()).toEqual([]);
    expect(on.callRecordings.row()).toBeUndefined();
    const all = await open({ settings: { recordCalls: true } });
    await all.dial('1000');
    expect(all.monitored()).toEqual(['recording_1_001']);
  });

  it('the flow has the last word', async () => {
    const on = await open({ flows: { main: COLLECT.replace('start:', 'record: false\nstart:') } });
    await on.dial();
    expect(on.monitored()).toEqual([]);
  });

  it('a disk that is full is told, the call goes on, and the recording does when there is room', async () => {
    const on = await open();
    await on.dial();
    on.callRecordings.disk.full = true;
    on.line.press('chan-1', '4711');
    await on.clock.pass(11_000);
    expect(on.journal('incident')).toEqual([{ code: 'recording.not-written' }]);
    expect(on.call()?.state).toBe('open');
    on.callRecordings.disk.full = false;
    const before = on.monitored();
    expect(before).toHaveLength(1);
    await on.clock.pass(100);
    expect(on.parts().at(-1)?.to).toBeNull();
  });

  it('an Asterisk, or a database, that refuses is told, the call goes on, and it is tried again', async () => {
    const on = await open();
    on.line.failures.set('monitor', new SantralError('telephony.refused', 'no'));
    await on.dial();
    expect(on.monitored()).toEqual([]);
    expect(on.parts()).toEqual([]);
    expect(on.journal('incident')).toEqual([{ code: 'recording.not-begun' }]);
    on.line.failures.delete('monitor');
    await on.clock.pass(1200);
    on.line.press('chan-1', '4711');
    await on.clock.pass(50);
    expect(on.monitored()).toHaveLength(1);
    on.callRecordings.refusal.error = new Error('locked');
    on.line.hangUp('chan-1');
    await on.clock.pass(0);
    expect(on.call()?.termination).toEqual({ kind: 'caller-hung-up' });
  });
});

describe('a restart of the engine', () => {
  it('goes on with the part that Asterisk still writes', async () => {
    const on = await open();
    await on.dial();
    await on.crash();
    await on.clock.pass(50);
    expect(on.line.sent.filter((one) => one.startsWith('monitor'))).toEqual(['monitor recording_1_001']);
    expect(on.parts()).toHaveLength(1);
    on.line.hangUp('chan-1');
    await on.clock.pass(0);
    expect(on.callRecordings.over).toEqual(['recording_1']);
  });

  it('closes the recording of a call that ended meanwhile', async () => {
    const on = await open();
    await on.dial();
    on.line.vanish('chan-1');
    await on.crash();
    await on.clock.pass(50);
    expect(on.call()?.state).toBe('ended');
    expect(on.callRecordings.over).toEqual(['recording_1']);
  });

  it('begins a second part where Asterisk writes no more', async () => {
    const on = await open();
    await on.dial();
    on.line.monitors.clear();
    await on.crash();
    await on.clock.pass(50);
    expect(on.monitored()).toEqual(['recording_1_002']);
    expect(on.parts()[0]?.to).not.toBeNull();
  });
});

describe('a talk', () => {
  const talk = async (record: string) => {
    const on = await open({ flows: { main: QUEUE }, queues: QUEUES(record), agents: [profileOf(AYSE)] });
    on.floor().act(AYSE, { kind: 'login' });
    await on.clock.pass(0);
    return on;
  };
  const answer = async (on: Awaited<ReturnType<typeof talk>>) => {
    on.line.answerLeg(on.line.originated.at(-1)?.channelId ?? '');
    await on.clock.pass(100);
    return on.floor().talks().of(AYSE)?.control;
  };

  it('is recorded after the notice, if the caller does not refuse; the agent pauses it, and a forgotten pause ends', async () => {
    const on = await talk('');
    await on.dial('1000');
    await on.clock.pass(500);
    expect(on.monitored()).toEqual([]);
    await on.clock.pass(3000);
    expect(on.monitored()).toEqual(['recording_1_001']);
    const control = await answer(on);
    expect(control?.view().recording).toBe('on');
    expect(await control?.record(false)).toEqual({ kind: 'done' });
    expect(control?.view().recording).toBe('paused');
    expect(on.monitored()).toEqual([]);
    await on.clock.pass(179_000);
    expect(on.monitored()).toEqual([]);
    await on.clock.pass(2000);
    expect(control?.view().recording).toBe('on');
    expect(on.monitored()).toEqual(['recording_1_002']);
    expect(await control?.record(false)).toEqual({ kind: 'done' });
    expect(await control?.record(true)).toEqual({ kind: 'done' });
    expect(on.monitored()).toEqual(['recording_1_003']);
  });

  it('is not where the caller refused, whatever the queue says, and also after a restart', async () => {
    const on = await talk('    record: true\n');
    await on.dial('1000');
    on.line.press('chan-1', '9');
    await on.clock.pass(500);
    const control = await answer(on);
    expect(on.floor().agent(AYSE)?.state.kind).toBe('talking');
    expect(on.monitored()).toEqual([]);
    expect(control?.view().recording).toBe('off');
    expect(await control?.record(true)).toEqual({ kind: 'refused', reason: 'not-now' });
    await on.crash();
    await on.clock.pass(50);
    expect(on.monitored()).toEqual([]);
  });

  it('is not where its queue says so, and the rest of the call is', async () => {
    const on = await talk('    record: false\n');
    await on.dial('recorded');
    expect(on.monitored()).toEqual(['recording_1_001']);
    await on.clock.pass(3500);
    expect(on.monitored()).toEqual([]);
    await answer(on);
    expect(on.monitored()).toEqual([]);
    on.line.hangUp(on.line.originated.at(-1)?.channelId ?? '');
    await on.clock.pass(50);
    expect(on.monitored()).toEqual(['recording_1_002']);
  });

  it('keeps its recording as long as its queue says', async () => {
    const on = await talk('    record: true\n    recordingDays: 7\n');
    await on.dial('1000');
    await on.clock.pass(3500);
    await answer(on);
    const row = on.callRecordings.row();
    expect(row?.queue).toBe('support');
    expect((row?.keepUntil ?? 0) - (row?.startedAt ?? 0)).toBe(7 * 86_400_000);
  });
});
