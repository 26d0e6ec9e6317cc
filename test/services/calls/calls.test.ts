import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import { settle } from '../../kit/virtual-clock.ts';
import { openBench } from './bench.ts';

const MENU = `
flow: main
title: { tr: Deneme, en: Test }
start: welcome
nodes:
  welcome: { type: say, prompt: { text: { tr: hos geldiniz, en: welcome } }, next: ask }
  ask:
    type: menu
    prompt: { text: { tr: secin, en: choose } }
    options: { 1: one, 2: two }
    attempts: 2
    noInput: [{ text: { tr: duymadim, en: nothing heard } }]
    exits: { exhausted: bye }
  one: { type: say, prompt: { text: { tr: bir, en: one it is } }, next: bye }
  two: { type: say, prompt: { text: { tr: iki, en: two it is } }, next: bye }
  bye: { type: hangup, prompt: { text: { tr: hosca kalin, en: goodbye } } }
`;

describe('a call from its first event to its last line', () => {
  it('is answered, heard, and ended by the flow with one termination', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(300 + 800);
    await bench.clock.pass(100);
    bench.line.press('c1', '1');
    await bench.clock.pass(20_000);
    expect(bench.heard()).toEqual(['welcome', 'choose…', 'one it is', 'goodbye']);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'flow-hung-up' }, did: '1000' });
    expect(bench.facts().filter((kind) => kind === 'call-ended')).toHaveLength(1);
    expect(bench.published.map(({ seq }) => seq)).toEqual(bench.published.map((_, index) => index + 1));
    expect(bench.clock.pending).toBe(0);
    expect(bench.calls().live()).toEqual([]);
  });

  it('behaviour 33: the first prompt waits for the settle time after the answer', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(299);
    expect(bench.line.sent).toEqual(['answer']);
    await bench.clock.pass(1);
    expect(bench.line.sent.at(-1)).toMatch(/^play /);
  });

  it('is stored with its first wait after the answer, in one transaction', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(299);
    expect(bench.memory.rows.size).toBe(0);
    await bench.clock.pass(1);
    expect(bench.facts().slice(0, 2)).toEqual(['call-arrived', 'call-answered']);
    expect(bench.facts()).toContain('node-entered');
    expect(bench.memory.rows.size).toBe(1);
  });

  it.each([
    ['a prompt that only a key led to does not wait for the database', 'type: menu, options: { 1: said }', true],
    ['a consent that a key gave is stored before the prompt that follows', 'type: consent, for: MESAJ, next: said', false],
  ])('%s', async (_, node, atOnce) => {
    const bench = openBench({
      flows: {
        main: `
flow: main
title: { tr: Deneme, en: Test }
start: ask
nodes:
  ask: { ${node}, prompt: { text: { tr: secin, en: choose } } }
  said: { type: say, prompt: { text: { tr: bir, en: one it is } }, next: bye }
  bye: { type: hangup, prompt: { text: { tr: hosca kalin, en: goodbye } } }
`,
      },
    });
    bench.line.dial('c1', '1000', '+905550000001');
    await bench.clock.pass(1500);
    const release = bench.memory.hold();
    bench.line.press('c1', '1');
    await bench.clock.pass(1000);
    expect(bench.heard().includes('one it is')).toBe(atOnce);
    release();
    await bench.clock.pass(20_000);
    expect(bench.heard().slice(-2)).toEqual(['one it is', 'goodbye']);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'flow-hung-up' } });
  });

  it('is stored without its first wait when that is far off, or the line is lost before', async () => {
    const slow = openBench({ flows: { main: MENU.replace('start:', 'answer: { settle: 2s }\nstart:') } });
    slow.line.dial('c1');
    await slow.clock.pass(500);
    expect(slow.call()).toMatchObject({ state: 'open', channelId: 'c1' });
    const lost = openBench({ flows: { main: MENU } });
    lost.line.dial('c1');
    await lost.clock.pass(100);
    lost.line.drop();
    await lost.clock.pass(0);
    expect(lost.call()).toMatchObject({ state: 'open', channelId: 'c1' });
  });

  it('keeps callers’ numbers out of the journal', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1', '1000', '+905550000001');
    await bench.clock.pass(400);
    expect(JSON.stringify(bench.memory.journal)).not.toContain('5550000001');
  });

  it('refuses a number without a flow, and notes it', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1', 'nowhere');
    await settle();
    expect(bench.line.sent).toEqual(['hangup c1 congestion']);
    expect(bench.call()).toMatchObject({ state: 'ended', did: 'nowhere', termination: { kind: 'refused', reason: 'no-route' } });
    expect(bench.facts()).toEqual(['call-arrived', 'call-ended']);
  });

  it('tells each key as it is pressed, but none of a secret or a long entry', async () => {
    const enter = (more: string): string =>
      `flow: main\ntitle: { tr: x, en: x }\nstart: ask\nvariables: { code: "" }\nnodes:\n  ask: { type: collect, prompt: { text: { tr: x, en: code } }, ${more}, into: code, next: bye }\n  bye: { type: hangup }\n`;
    for (const [more, told] of [
      ['digits: 4', ['1', '2']],
      ['digits: 4, secret: true', [null, null]],
      ['digits: 10', [null, null]],
    ] as const) {
      const bench = openBench({ flows: { main: enter(more) } });
      bench.line.dial('c1');
      await bench.clock.pass(1000);
      bench.line.press('c1', '12');
      await settle();
      expect(bench.journal('key').map(({ key }) => key)).toEqual(told);
    }
  });
});

describe('behaviour 34: the caller hangs up', () => {
  it.each([
    ['while the call is being answered', 100],
    ['in mid-prompt', 600],
    ['in mid-menu', 3000],
  ])('%s: one end, no further command but clean-up', async (_, ms) => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(ms);
    const before = bench.line.sent.length;
    bench.line.hangUp('c1');
    await bench.clock.pass(60_000);
    expect(bench.line.sent.slice(before).filter((command) => !command.startsWith('stop') && !command.startsWith('hangup'))).toEqual([]);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'caller-hung-up' } });
    expect(bench.facts().filter((kind) => kind === 'call-ended')).toHaveLength(1);
    expect(bench.clock.pending).toBe(0);
  });

  it('closes the call when the channel has left: of a channel that came in Asterisk tells nothing more', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(600);
    const at = bench.clock.now();
    bench.line.emit({ kind: 'hangup-requested', channelId: 'c1', cause: 16, at });
    bench.line.vanish('c1');
    bench.line.emit({ kind: 'left', channelId: 'c1', at });
    await bench.clock.pass(0);
    expect(bench.call()).toMatchObject({ state: 'ended', endedAt: at, termination: { kind: 'caller-hung-up' } });
    expect([...bench.memory.rows.values()].at(-1)?.legs).toMatchObject([{ role: 'customer', hangupCause: 16 }]);
    expect(bench.clock.pending).toBe(0);
  });

  it('behaviour 48: events told twice or out of order end the call once', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(600);
    const at = bench.clock.now();
    bench.line.emit({ kind: 'destroyed', channelId: 'c1', cause: 16, sipCode: null, at });
    bench.line.emit({ kind: 'left', channelId: 'c1', at });
    bench.line.emit({ kind: 'hangup-requested', channelId: 'c1', cause: 16, at });
    bench.line.emit({ kind: 'destroyed', channelId: 'c1', cause: 16, sipCode: null, at });
    bench.line.vanish('c1');
    await bench.clock.pass(5000);
    expect(bench.facts().filter((kind) => kind === 'call-ended')).toHaveLength(1);
  });
});

describe('the engine is killed and comes back', () => {
  it('behaviour 46: a caller in a menu hears the menu again and finishes', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(2600);
    await bench.crash();
    await bench.clock.pass(200);
    bench.line.press('c1', '2');
    await bench.clock.pass(20_000);
    expect(bench.heard().filter((text) => text.startsWith('choose'))).toHaveLength(2);
    expect(bench.heard().slice(-2)).toEqual(['two it is', 'goodbye']);
    expect(bench.facts()).toContain('call-resumed');
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'flow-hung-up' } });
  });

  it('behaviour 46: who left meanwhile is closed with the time Asterisk noted', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(2000);
    bench.line.vanish('c1');
    bench.line.place('other');
    const left = bench.clock.now() + 3000;
    bench.ends.set('c1', left);
    await bench.clock.pass(10_000);
    await bench.crash();
    expect([...bench.memory.rows.values()][0]?.call).toMatchObject({
      state: 'ended',
      endedAt: left,
      termination: { kind: 'left-while-away' },
    });
  });

  it('one call that cannot be gone on with keeps no other from being gone on with', async () => {
    const bench = openBench({ flows: { main: MENU } });
    for (const channel of ['c1', 'c2', 'c3']) bench.line.dial(channel);
    await bench.clock.pass(2000);
    const [spoilt] = [...bench.memory.rows.values()];
    if (spoilt === undefined) throw new Error('no call is stored');
    bench.memory.rows.set(spoilt.call.id, { ...spoilt, legs: null as never });
    await bench.crash();
    expect(
      bench
        .calls()
        .live()
        .map(({ channelId }) => channelId),
    ).toEqual(['c2', 'c3']);
    bench.memory.rows.set(spoilt.call.id, spoilt);
    await bench.calls().onUp();
    expect(bench.calls().live()).toHaveLength(3);
  });

  it('behaviour 47: when Asterisk has lost all calls they are closed as lost', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(2000);
    bench.line.vanish('c1');
    await bench.calls().onUp();
    await bench.clock.pass(0);
    expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'asterisk-lost' } });
    expect(bench.clock.pending).toBe(0);
  });

  it('a call whose start was missed is taken now, a leg that nobody owns is ended', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.place('fresh');
    bench.line.place('leg_orphan');
    await bench.crash();
    await bench.clock.pass(1000);
    expect(bench.line.isUp('leg_orphan')).toBe(false);
    expect(bench.calls().live()).toHaveLength(1);
  });
});

describe('behaviour 26: Asterisk cannot play a prompt', () => {
  it('tells the incident and goes on with the flow', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(600);
    const [play] = bench.line.sent.filter((command) => command.startsWith('play'));
    const playbackId = play?.split(' ')[1] ?? '';
    bench.line.emit({ kind: 'playback-finished', channelId: 'c1', playbackId, ok: false, at: bench.clock.now() });
    await bench.clock.pass(0);
    expect(bench.journal('incident')).toEqual([{ code: 'playback.failed', playback: playbackId }]);
    expect(bench.line.sent.filter((command) => command.startsWith('play'))).toHaveLength(2);
  });

  it('tells no incident of a prompt that the caller left', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(600);
    bench.line.hangUp('c1');
    await bench.clock.pass(5000);
    expect(bench.journal('incident')).toEqual([]);
  });
});

describe('the database', () => {
  it('refuses for a while: the call goes on and everything is stored afterwards', async () => {
    const bench = openBench({ flows: { main: MENU } });
    bench.line.dial('c1');
    await bench.clock.pass(1000);
    bench.memory.refuse(new SantralError('store.busy', 'locked'));
    await bench.clock.pass(300);
    bench.line.press('c1', '1');
    await bench.clock.pass(10_000);
    expect(bench.heard().slice(-2)).toEqual(['one it is', 'goodbye']);
    expect(bench.call()).toMatchObject({ state: 'open' });
    bench.memory.refuse(null);
    await bench.clock.pass(60_000);
    expect(bench.call()).toMatchObject({ state: 'ended' });
    const seqs = bench.memory.journal.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(bench.clock.pending).toBe(0);
  });
});

it('a call that lasts too long is ended politely', async () => {
  const bench = openBench({
    flows: { main: MENU.replace('attempts: 2', 'attempts: 20') },
    catalogue: 'engine.call-too-long: { tr: süre doldu, en: time is up }',
    settings: { maxCallMs: 60_000 },
  });
  bench.line.dial('c1');
  await bench.clock.pass(70_000);
  expect(bench.heard().at(-1)).toBe('time is up');
  expect(bench.call()).toMatchObject({ state: 'ended', termination: { kind: 'failed', code: 'call.too-long' } });
});

it('a supervisor can end a call', async () => {
  const bench = openBench({ flows: { main: MENU } });
  bench.line.dial('c1');
  await bench.clock.pass(500);
  const [live] = bench.calls().live();
  expect(live).toMatchObject({ node: 'main/welcome', channelName: 'PJSIP/trunk-c1' });
  expect(await bench.calls().hangup(live?.id as never, 'ayse')).toBe(true);
  await bench.clock.pass(5000);
  expect(bench.call()).toMatchObject({ termination: { kind: 'ended-by-user', by: 'ayse' } });
  expect(await bench.calls().hangup(live?.id as never, 'ayse')).toBe(false);
});
