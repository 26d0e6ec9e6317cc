import { describe, expect, it } from 'vitest';
import { SantralError } from '../../../src/domain/errors.ts';
import type { CallId } from '../../../src/domain/ids.ts';
import type { JournalEntry } from '../../../src/domain/journal.ts';
import type { Telephony } from '../../../src/ports/telephony.ts';
import { countFacts } from '../../../src/services/metrics/journal-facts.ts';
import { meterTelephony } from '../../../src/services/metrics/metered-telephony.ts';
import { meterVoice } from '../../../src/services/metrics/metered-voice.ts';

/** Each look at it is 2 ms later. */
function stopwatch(): () => number {
  let ms = 0;
  return () => (ms += 2);
}

const COMMANDS = {
  answer: ['chan'],
  hangup: ['chan', 'busy'],
  ring: ['chan', true],
  play: ['chan', 'pb', [{ kind: 'file', path: '/a' }]],
  stopPlayback: ['pb'],
  record: ['chan', { name: 'r', maxMs: 1, silenceMs: 1, terminator: null, beep: true }],
  stopRecording: ['r'],
  originate: [{ channelId: 'c', endpoint: 'PJSIP/100', callerId: null, ringMs: 1, args: [], originator: null }],
  createBridge: ['br'],
  addToBridge: ['br', ['chan']],
  removeFromBridge: ['br', 'chan'],
  destroyBridge: ['br'],
  listChannels: [],
  listBridges: [],
  putWebEndpoint: ['web', 'secret'],
  putSipEndpoint: [{ name: 'desk', realm: 'santral', ha1: '0123456789abcdef0123456789abcdef' }],
  removeSipEndpoint: ['desk'],
  isReachable: ['desk'],
  mute: ['chan', true],
  music: ['chan', 'default'],
  sendKeys: ['chan', '12'],
  heedTalk: ['chan', 700],
  spy: ['spy', 'chan', true],
  monitor: ['chan', 'rec'],
  stopMonitor: ['rec'],
  isMonitored: ['rec'],
  removeWebEndpoint: ['web'],
} as const satisfies { [C in Exclude<keyof Telephony, 'start' | 'stop' | 'connection' | 'listen'>]: Parameters<Telephony[C]> };
type Command = keyof typeof COMMANDS;

/** Answers every command with what it was given, or fails. */
function echo(failure?: Error): { readonly telephony: Telephony; readonly heard: unknown[] } {
  const heard: unknown[] = [];
  const answer =
    (name: string) =>
    async (...args: unknown[]) => {
      heard.push([name, args]);
      if (failure !== undefined) throw failure;
      return args;
    };
  const commands = Object.fromEntries(Object.keys(COMMANDS).map((name) => [name, answer(name)]));
  return { telephony: commands as unknown as Telephony, heard };
}

function call(telephony: Telephony, name: Command): Promise<unknown> {
  return (telephony[name] as (...args: readonly unknown[]) => Promise<unknown>)(...COMMANDS[name]);
}

describe('metered telephony', () => {
  it.each(Object.keys(COMMANDS) as Command[])('passes %s on as it is, and tells its time', async (name) => {
    const told: unknown[] = [];
    const { telephony, heard } = echo();
    const metered = meterTelephony(telephony, { telephonyCommand: (...facts) => void told.push(facts) }, stopwatch());
    expect(await call(metered, name)).toEqual(COMMANDS[name]);
    expect(heard).toEqual([[name, COMMANDS[name]]]);
    expect(told).toEqual([[name, 2, 'ok']]);
  });

  it.each([
    [new SantralError('telephony.timeout', 'late'), 'telephony.timeout'],
    [new TypeError('bug'), 'internal'],
  ])('tells how a command failed, and lets the error through', async (failure, outcome) => {
    const told: unknown[] = [];
    const metered = meterTelephony(echo(failure).telephony, { telephonyCommand: (...facts) => void told.push(facts) }, stopwatch());
    await expect(call(metered, 'play')).rejects.toBe(failure);
    expect(told).toEqual([['play', 2, outcome]]);
  });
});

describe('metered voice', () => {
  it('tells the time of each rendering', async () => {
    const told: unknown[] = [];
    const voice = { id: 'v1', render: async (text: string) => Buffer.from(text) };
    const metered = meterVoice(voice, { speechRendered: (...facts) => void told.push(facts) }, stopwatch());
    expect(metered.id).toBe('v1');
    expect(String(await metered.render('merhaba', 'tr', AbortSignal.abort()))).toBe('merhaba');
    expect(told).toEqual([[2, 'ok']]);
  });
});

describe('facts of the journal', () => {
  it('are legs that ended and faults, and nothing else', () => {
    const told: string[] = [];
    const count = countFacts({ legEnded: (outcome) => void told.push(outcome), flowFault: (code) => void told.push(code) });
    const line = (kind: JournalEntry['kind'], data: JournalEntry['data']): JournalEntry => ({
      callId: 'call_1' as CallId,
      seq: 1,
      at: 1,
      kind,
      data,
    });
    count([
      line('leg-ended', { outcome: 'busy' }),
      line('leg-ended', { outcome: 'something new' }),
      line('result', { outcome: 'busy' }),
      line('fault', { code: 'loop' }),
      line('fault', { code: 7 }),
    ]);
    expect(told).toEqual(['busy', 'loop']);
  });
});
