import { describe, expect, it } from 'vitest';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import type { Machines } from '../../../src/domain/campaign.ts';
import { SantralError } from '../../../src/domain/errors.ts';
import type { E164 } from '../../../src/domain/phone-number.ts';
import { openBench } from './bench.ts';

const flow = (name: string, words: string) => `
flow: ${name}
title: { tr: Arama, en: Calling }
start: hello
parameters: { who: "" }
nodes:
  hello: { type: say, prompt: { text: { tr: x, en: "${words}" } }, next: bye }
  bye: { type: hangup }
`;
const FLOWS = { main: flow('main', 'hello {{params.who}}'), note: flow('note', 'a message for {{params.who}}') };

/** A call of ours that was answered a moment ago. */
async function answered(machines: Machines | null) {
  const bench = openBench({ flows: FLOWS });
  await bench.calls().place({
    ...{ brand: DEFAULT_BRAND, number: '+905550000017' as E164, flow: 'main', language: 'en', params: { who: 'Ayşe' } },
    ...{ callerId: null, messageClass: 'informational', key: null, machines },
  });
  await bench.clock.pass(1000);
  const channelId = bench.line.originated[0]?.channelId as string;
  bench.line.answerLeg(channelId);
  await bench.clock.pass(100);
  const talk = (talking: boolean) => bench.line.emit({ kind: 'talk', channelId, talking, at: bench.clock.now() });
  return { ...bench, channelId, talk };
}
const HANG_UP = { flow: null };

describe('whom a call of ours meets', () => {
  it('is not asked where nobody listens for machines', async () => {
    const { line, heard, clock } = await answered(null);
    await clock.pass(5000);
    expect(line.sent.filter((command) => command.startsWith('heed-talk'))).toEqual([]);
    expect(heard()).toEqual(['hello Ayşe']);
  });

  it('a person says a word and hears the flow as soon as they are silent', async () => {
    const { clock, talk, heard, line, call, facts } = await answered(HANG_UP);
    expect(line.sent).toContain('heed-talk 600');
    await clock.pass(300);
    talk(true);
    await clock.pass(1200);
    expect(heard()).toEqual([]);
    talk(false);
    await clock.pass(3000);
    expect(heard()).toEqual(['hello Ayşe']);
    expect(facts()).not.toContain('machine-answered');
    await clock.pass(3000);
    expect(call()).toMatchObject({ termination: { kind: 'flow-hung-up' } });
    expect(clock.pending).toBe(0);
  });

  it('who says nothing hears the flow after two and a half seconds', async () => {
    const { clock, heard } = await answered(HANG_UP);
    await clock.pass(2300);
    expect(heard()).toEqual([]);
    await clock.pass(2000);
    expect(heard()).toEqual(['hello Ayşe']);
  });

  it('who presses a key is a person', async () => {
    const { clock, heard, talk, line, channelId } = await answered(HANG_UP);
    talk(true);
    await clock.pass(1000);
    line.press(channelId, '1');
    await clock.pass(2000);
    expect(heard()).toEqual(['hello Ayşe']);
  });

  it('a machine greets for long: the call is ended, and nothing was said to it', async () => {
    const { clock, talk, heard, call, facts, journal } = await answered(HANG_UP);
    talk(true);
    await clock.pass(2600);
    await clock.pass(100);
    expect(call()).toMatchObject({ state: 'ended', termination: { kind: 'machine-answered' } });
    expect(call()?.answeredAt).toEqual(expect.any(Number));
    expect(journal('machine-answered')).toEqual([{ afterMs: 2700 }]);
    expect(heard()).toEqual([]);
    expect(facts()).not.toContain('node-entered');
    expect(clock.pending).toBe(0);
  });

  it('a message is left when the greeting and the beep are over', async () => {
    const { clock, talk, heard, call, line } = await answered({ flow: 'note' });
    talk(true);
    await clock.pass(8000);
    expect(heard()).toEqual([]);
    expect(line.sent).toContain('heed-talk 1500');
    talk(false);
    await clock.pass(5000);
    expect(heard()).toEqual(['a message for Ayşe']);
    expect(call()).toMatchObject({ flow: 'main', termination: { kind: 'flow-hung-up' } });
    expect(clock.pending).toBe(0);
  });

  it('a machine that never ends is spoken to after a minute; one whose flow is gone is let go', async () => {
    const endless = await answered({ flow: 'note' });
    endless.talk(true);
    await endless.clock.pass(62_000);
    expect(endless.heard()).toEqual([]);
    await endless.clock.pass(5000);
    expect(endless.heard()).toEqual(['a message for Ayşe']);
    const gone = await answered({ flow: 'nowhere' });
    gone.talk(true);
    await gone.clock.pass(3000);
    gone.talk(false);
    await gone.clock.pass(1000);
    expect(gone.call()).toMatchObject({ termination: { kind: 'machine-answered' } });
  });

  it('who hangs up meanwhile has answered, and heard nothing', async () => {
    const { clock, talk, line, channelId, call, heard } = await answered(HANG_UP);
    talk(true);
    await clock.pass(500);
    line.hangUp(channelId);
    await clock.pass(6000);
    expect(call()).toMatchObject({ state: 'ended', termination: { kind: 'caller-hung-up' } });
    expect(call()?.answeredAt).toEqual(expect.any(Number));
    expect(heard()).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('where Asterisk cannot listen, everybody is a person', async () => {
    const bench = openBench({ flows: FLOWS });
    bench.line.failures.set('heed-talk', new SantralError('telephony.refused', 'no such function'));
    await bench.calls().place({
      ...{ brand: DEFAULT_BRAND, number: '+905550000017' as E164, flow: 'main', language: 'en', params: { who: 'Ayşe' } },
      ...{ callerId: null, messageClass: 'informational', key: null, machines: HANG_UP },
    });
    await bench.clock.pass(0);
    bench.line.answerLeg(bench.line.originated[0]?.channelId as string);
    await bench.clock.pass(5000);
    expect(bench.heard()).toEqual(['hello Ayşe']);
  });

  it('after an outage in the middle of it everybody is a person, and who is gone is closed as having answered', async () => {
    const { clock, talk, line, heard } = await answered(HANG_UP);
    talk(true);
    await clock.pass(500);
    line.drop();
    await clock.pass(4000);
    await line.comeBack();
    await clock.pass(3000);
    expect(heard()).toEqual(['hello Ayşe']);
    const left = await answered(HANG_UP);
    left.talk(true);
    left.line.drop();
    left.line.vanish(left.channelId);
    await left.line.comeBack();
    await left.clock.pass(3000);
    expect(left.call()).toMatchObject({ state: 'ended' });
    expect(left.call()?.answeredAt).toEqual(expect.any(Number));
    expect(left.clock.pending).toBe(0);
  });
});
