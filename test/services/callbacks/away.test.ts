import { afterEach, describe, expect, it, test } from 'vitest';
import { AYSE, type CallbackBenchOptions, DENIZ, openCallbackBench } from './bench.ts';

const MINUTE = 60_000;
const opened: { close(): Promise<void> }[] = [];
async function open(options: CallbackBenchOptions = {}) {
  const on = await openCallbackBench(options);
  opened.push(on);
  on.floor().act(AYSE, { kind: 'pause', reason: 'break' });
  return on;
}
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
type Bench = Awaited<ReturnType<typeof open>>;

const left = (on: Bench) => on.acdEvents.filter(({ kind }) => kind === 'left').map((event) => (event.kind === 'left' ? event : null));

/** They wait, and leave after so long while the engine, or its line to Asterisk, is away for a minute. */
async function leaves(on: Bench, waitedMs: number, how: 'killed' | 'cut off', { isKnown = true, others = true } = {}): Promise<void> {
  on.line.dial('chan-1', '1000', DENIZ);
  await on.pass(500);
  await on.floor().saved();
  const joined = on.acdEvents.findLast(({ kind }) => kind === 'entered')?.at ?? on.clock.now() - 500;
  if (how === 'cut off') on.line.drop();
  on.line.vanish('chan-1');
  if (others) on.line.place('somebody-else');
  if (isKnown) on.ends.set('chan-1', joined + waitedMs);
  await on.pass(MINUTE);
  if (how === 'killed') {
    await on.crash();
    await on.pass(1000);
    await on.floor().settle();
  } else await on.line.comeBack();
  await on.pass(1000);
  await on.floor().saved();
}

describe.each(['killed', 'cut off'] as const)('who left a queue while the engine was %s', (how) => {
  test.each([
    ['has left', true],
    ['was lost with Asterisk', false],
  ])('and %s is called back, with the time they really waited', async (_, others) => {
    const on = await open();
    await leaves(on, 9000, how, { others });
    expect(left(on)).toMatchObject([{ how: 'abandoned', waitedMs: 9000 }]);
    expect(await on.open()).toMatchObject([{ number: DENIZ, state: 'open', origin: 'queue', lastAt: left(on)[0]?.at }]);
  });

  it('is left alone where they hung up too soon, however long it was away (C1)', async () => {
    const on = await open();
    await leaves(on, 2000, how);
    expect(left(on)).toMatchObject([{ how: 'abandoned', waitedMs: 2000 }]);
    expect(await on.open()).toEqual([]);
    expect((await on.store.period(on.deps.settings.brand, 0, Number.MAX_SAFE_INTEGER)).nobody).toEqual([{ why: 'short', count: 1 }]);
  });

  it('is called back where nobody knows when they left', async () => {
    const on = await open();
    await leaves(on, 2000, how, { isKnown: false });
    expect(left(on)[0]?.waitedMs).toBeGreaterThanOrEqual(MINUTE);
    expect(await on.open()).toMatchObject([{ number: DENIZ, count: 1 }]);
  });
});

describe.each(['killed', 'cut off'] as const)('who left a flow before any queue while the engine was %s', (how) => {
  const IN_FLOW = `flow: main
start: news
languages: [en]
nodes:
  news: { type: say, prompt: { text: { en: ${'much is new '.repeat(80)} } }, next: bye }
  bye: { type: hangup }
`;
  const inFlow = (rules = '{ flows: [main] }') => open({ rules, main: IN_FLOW });
  const wishes = (on: Bench) => on.memory.caused.callbackRequests;
  test.each([
    ['has left', true, 'left-while-away'],
    ['was lost with Asterisk', false, 'asterisk-lost'],
  ])('and %s is called back where the group says so', async (_, others, kind) => {
    const on = await inFlow();
    await leaves(on, 9000, how, { others });
    expect([...on.memory.rows.values()][0]?.call).toMatchObject({ state: 'ended', termination: { kind } });
    expect(wishes(on)).toMatchObject([{ origin: 'call', group: 'support', number: DENIZ }]);
  });

  it('is left alone where the group does not say so, or they hung up too soon', async () => {
    const on = await inFlow('{}');
    await leaves(on, 9000, how);
    const soon = await inFlow();
    await leaves(soon, 2000, how);
    expect([...wishes(on), ...wishes(soon)]).toEqual([]);
  });
});
