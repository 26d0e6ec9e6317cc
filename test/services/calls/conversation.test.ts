import { describe, expect, it } from 'vitest';
import type { AgentPlace } from '../../../src/domain/agent.ts';
import type { UserId } from '../../../src/domain/ids.ts';
import { profileOf } from '../../kit/floor.ts';
import { openBench } from './bench.ts';

const FLOW = `flow: main
start: wait
languages: [en]
nodes:
  wait: { type: queue, queue: support, next: talked, exits: { failed: talked } }
  talked: { type: say, prompt: { text: { en: talked } }, next: bye }
  bye: { type: hangup }
`;
const QUEUES = `queues:
  support:
    label: { tr: Destek, en: Support }
    wrapUp: { mode: none }
    empty: { atJoin: wait, whenLastLeaves: wait }
    comfort: { every: none }
    whisper: none
`;
const AYSE = 'ayse' as UserId;
const CALLER = 'chan-1';

/** A caller talks with an agent. */
async function talking(place: AgentPlace = { kind: 'sip', extension: AYSE }) {
  const bench = openBench({ flows: { main: FLOW }, queues: QUEUES, agents: [profileOf(AYSE, { place })] });
  const { line, clock } = bench;
  bench.floor().act(AYSE, { kind: 'login' });
  line.dial(CALLER);
  await clock.pass(3000);
  const last = (): string => line.originated.at(-1)?.channelId ?? '';
  line.answerLeg(last());
  await clock.pass(1000);
  const control = () => bench.floor().talks().of(AYSE)?.control;
  expect(control()).toBeDefined();
  return { ...bench, last, control };
}

describe('an agent who muted themselves', () => {
  it('is heard after a restart, as the page says: nobody speaks into nothing', async () => {
    const on = await talking();
    expect(await on.control()?.mute(true)).toEqual({ kind: 'done' });
    expect(on.control()?.view().muted).toBe(true);
    await on.floor().saved();
    await on.crash();
    await on.clock.pass(0);
    expect(on.control()?.view().muted).toBe(false);
    expect(on.line.sent.filter((one) => one.startsWith('mute'))).toEqual([`mute ${on.last()} on`, `mute ${on.last()} off`]);
  });
});

describe('the journal', () => {
  it('tells of the end of a hold only where there was one: a page that was opened anew is none', async () => {
    const on = await talking({ kind: 'web' });
    on.line.hangUp(on.last());
    await on.clock.pass(2000);
    on.line.answerLeg(on.last());
    await on.clock.pass(1000);
    expect(on.journal('agent-back')).toHaveLength(1);
    expect(on.journal('agent-resumed')).toEqual([]);
    await on.control()?.hold(true);
    await on.control()?.hold(false);
    await on.clock.pass(0);
    expect(on.journal('agent-held')).toHaveLength(1);
    expect(on.journal('agent-resumed')).toHaveLength(1);
  });

  it('tells once that an agent’s leg ended while there was no line', async () => {
    const on = await talking();
    const leg = on.last();
    on.line.drop();
    on.line.vanish(leg);
    await on.clock.pass(5000);
    await on.line.comeBack();
    await on.clock.pass(1000);
    const ended = on.journal('leg-ended').filter((data) => String(data['leg']) === leg);
    expect(ended).toHaveLength(1);
    // The caller, who is still there, waits again.
    expect(on.floor().waits()).toHaveLength(1);
  });
});
