import { describe, expect, it, test } from 'vitest';
import type { TokenId } from '../../../src/domain/ids.ts';
import type { Key } from '../../../src/domain/keys.ts';
import type { HttpOutcome } from '../../../src/ports/http-client.ts';
import { IDLE_MS, MOST_INPUTS, MOST_PER_LOGIN, MOST_SIMULATIONS, MOST_TEXT } from '../../../src/services/simulator/limits.ts';
import type { SimulationInput } from '../../../src/services/simulator/order.ts';
import { MONDAY } from '../../flow/kit.ts';
import { FLOW, runFile } from '../../flow/scenario/kit.ts';
import { ADMIN, MANAGER, orderOf, simulatorHouse } from './house.ts';

const press = (keys: string, more = false): SimulationInput => ({ kind: 'press', keys: [...keys] as Key[], more });
const refused = (code: string, message: RegExp) => expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('a simulation', () => {
  it('plays to the first question, and tells everything that happened as data', async () => {
    const { simulator } = simulatorHouse();
    const view = await simulator.begin(orderOf(), MANAGER);
    expect(view).toMatchObject({
      flow: 'main',
      source: 'published',
      language: 'tr',
      waiting: { kind: 'keys', typed: 0, secret: false, firstDigitMs: 5000, interDigitMs: 2000 },
      stack: [{ flow: 'main', node: 'menu' }],
      variables: { code: '', params: { who: 'nobody' } },
      hidden: [],
      first: 0,
      told: [
        { kind: 'entered', flow: 'main', node: 'menu', type: 'menu' },
        { kind: 'heard', key: 'test.menu', language: 'tr', text: 'Bir ya da iki.' },
      ],
    });
  });

  it('goes on with keys, silence, recordings, legs and the hang-up, and gives what is new', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    const pressed = await simulator.input(id, press('14711'), MANAGER);
    expect(pressed).toMatchObject({ first: 2, variables: { code: '4711' } });
    expect(pressed.told[0]).toEqual({ kind: 'did', what: 'press', keys: '14711', outcome: null });
    expect(pressed.told).toContainEqual({ kind: 'cut', key: 'test.code', language: 'tr', text: 'Kodu tuşlayın.' });
    expect((await simulator.input(id, { kind: 'silence' }, MANAGER)).told).toContainEqual({ kind: 'no-input', node: 'menu', count: 1 });
    expect((await simulator.input(id, press('3'), MANAGER)).waiting).toMatchObject({ kind: 'recording', maxMs: 60_000 });
    await simulator.input(id, { kind: 'recorded', outcome: { kind: 'ok', name: 'recording', durationMs: 1 } }, MANAGER);
    expect((await simulator.input(id, press('2'), MANAGER)).waiting).toMatchObject({ kind: 'dialling', to: '100' });
    const talked = await simulator.input(id, { kind: 'dialled', outcome: 'answered', sipCode: null, talkMs: 60_000 }, MANAGER);
    expect(talked.told[0]).toEqual({ kind: 'did', what: 'dialled', keys: null, outcome: 'answered' });
    expect((await simulator.input(id, { kind: 'hang-up' }, MANAGER)).waiting).toEqual({ kind: 'ended', by: 'caller', cause: 'normal' });
    const all = simulator.look(id, 0, MANAGER);
    expect(all.told.slice(0, 2)).toHaveLength(2);
    expect(simulator.look(id, all.told.length, MANAGER).told).toEqual([]);
  });

  it('lets more keys follow where they are announced', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    await simulator.input(id, press('1'), MANAGER);
    expect((await simulator.input(id, press('47', true), MANAGER)).waiting).toMatchObject({ kind: 'keys', typed: 2 });
    expect((await simulator.input(id, press('11', true), MANAGER)).variables).toMatchObject({ code: '4711' });
  });

  it('has a clock that stands where it is put and is moved on, or the real one', async () => {
    const { simulator, clock } = simulatorHouse();
    const evening = MONDAY + 8 * 3_600_000 - 60_000;
    const { id } = await simulator.begin(orderOf({ at: evening }), MANAGER);
    expect((await simulator.input(id, press('5'), MANAGER)).told).toContainEqual(
      expect.objectContaining({ kind: 'result', outcome: 'open' }),
    );
    expect((await simulator.input(id, { kind: 'wait', ms: 60_000 }, MANAGER)).now).toBe(evening + 60_000);
    expect((await simulator.input(id, press('5'), MANAGER)).waiting.kind).toBe('ended');
    expect((await simulator.begin(orderOf(), MANAGER)).now).toBe(clock.now());
  });

  it('gives the sound of what is heard', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    expect(new TextDecoder().decode(await simulator.audio(id, 1, MANAGER))).toBe('Bir ya da iki.');
    await expect(simulator.audio(id, 0, MANAGER)).rejects.toEqual(refused('request.not-found', /nothing to hear at line 0/));
  });

  it.each<SimulationInput>([
    { kind: 'recorded', outcome: { kind: 'empty' } },
    { kind: 'dialled', outcome: 'busy', sipCode: null, talkMs: 0 },
    { kind: 'result', outcome: { kind: 'ok', value: 1 }, afterMs: 0 },
    { kind: 'ask' },
  ])('refuses what nobody waits for: $kind', async (input) => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), ADMIN);
    await expect(simulator.input(id, input, ADMIN)).rejects.toEqual(refused('request.conflict', /simulation/));
    expect(simulator.look(id, 0, ADMIN).told).toHaveLength(2);
  });
});

describe('look-ups', () => {
  it('wait to be answered by hand, or fail', async () => {
    const { simulator, requests } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    const asking = await simulator.input(id, press('4'), MANAGER);
    expect(asking.waiting).toEqual({ kind: 'look-up', name: 'GET https://crm.example/orders/7', timeoutMs: 5000 });
    const told = await simulator.input(id, { kind: 'result', outcome: { kind: 'ok', value: { name: 'Can' } }, afterMs: 0 }, MANAGER);
    expect(told.told).toContainEqual({ kind: 'heard', key: null, language: 'tr', text: 'Can.' });
    await simulator.input(id, press('4'), MANAGER);
    const failed = await simulator.input(id, { kind: 'result', outcome: { kind: 'error', reason: 'timeout' }, afterMs: 0 }, MANAGER);
    expect(failed.waiting.kind).toBe('ended');
    expect(requests).toEqual([]);
  });

  it('are answered by the real systems when that is asked for, and only then', async () => {
    const { simulator, requests, asked } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    await simulator.input(id, press('4'), MANAGER);
    expect((await simulator.input(id, { kind: 'ask' }, MANAGER)).told).toContainEqual(
      expect.objectContaining({ kind: 'heard', text: 'Ayşe.' }),
    );
    await simulator.input(id, press('7'), MANAGER);
    await simulator.input(id, { kind: 'ask' }, MANAGER);
    expect([requests.map(({ url }) => url), asked]).toEqual([['https://crm.example/orders/7'], [{ province: '' }]]);
    const live = await simulator.begin(orderOf({ lookUps: 'live' }), MANAGER);
    expect((await simulator.input(live.id, press('4'), MANAGER)).waiting.kind).toBe('keys');
  });

  it('of texts that are not published reach real systems for administrators only', async () => {
    const { simulator, requests } = simulatorHouse();
    const source = { kind: 'text', flows: [{ flow: 'main', source: FLOW }] } as const;
    await expect(simulator.begin(orderOf({ source, lookUps: 'live' }), MANAGER)).rejects.toEqual(refused('request.forbidden', /by hand/));
    const { id } = await simulator.begin(orderOf({ source }), MANAGER);
    await simulator.input(id, press('4'), MANAGER);
    await expect(simulator.input(id, { kind: 'ask' }, MANAGER)).rejects.toEqual(refused('request.forbidden', /administrators/));
    expect(requests).toEqual([]);
    const { id: own } = await simulator.begin(orderOf({ source, lookUps: 'live' }), ADMIN);
    await simulator.input(own, press('4'), ADMIN);
    expect(requests).toHaveLength(1);
  });

  it('that change something, or tell of a person, are answered by hand, whoever asks', async () => {
    const { simulator } = simulatorHouse();
    const text = FLOW.replace(
      'do: dealers.by-province, with: { province: "{{code}}" }',
      'do: appointments.cancel, with: { appointment: "{{code}}" }',
    );
    const source = { kind: 'text', flows: [{ flow: 'main', source: text }] } as const;
    const { id } = await simulator.begin(orderOf({ source, lookUps: 'live' }), ADMIN);
    expect((await simulator.input(id, press('7'), ADMIN)).waiting).toMatchObject({ kind: 'look-up', name: 'appointments.cancel' });
    await expect(simulator.input(id, { kind: 'ask' }, ADMIN)).rejects.toEqual(refused('request.conflict', /answer it by hand/));
    const answered = await simulator.input(id, { kind: 'result', outcome: { kind: 'ok', value: 'done' }, afterMs: 0 }, ADMIN);
    expect(answered.waiting.kind).toBe('keys');
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('that are no plain question (%s) never reach a real system, whoever asks', async (method) => {
    const { simulator, requests } = simulatorHouse();
    const text = FLOW.replace('type: http, url:', `type: http, method: ${method}, url:`);
    const source = { kind: 'text', flows: [{ flow: 'main', source: text }] } as const;
    const { id } = await simulator.begin(orderOf({ source, lookUps: 'live' }), ADMIN);
    const asking = await simulator.input(id, press('4'), ADMIN);
    expect(asking.waiting).toMatchObject({ kind: 'look-up', name: `${method} https://crm.example/orders/7` });
    await expect(simulator.input(id, { kind: 'ask' }, ADMIN)).rejects.toEqual(refused('request.conflict', /answer it by hand/));
    const published = await simulator.begin(orderOf({ flow: 'secret', lookUps: 'live' }), MANAGER);
    expect((await simulator.input(published.id, press('9063'), MANAGER)).waiting.kind).toBe('look-up');
    expect(requests).toEqual([]);
  });

  it('hold the next input up, and end with the simulation', async () => {
    const house = simulatorHouse();
    const { simulator } = house;
    let answer: (outcome: HttpOutcome) => void = () => undefined;
    house.answer = () => new Promise((resolve) => (answer = resolve));
    const { id } = await simulator.begin(orderOf({ lookUps: 'live' }), MANAGER);
    const asking = simulator.input(id, press('4'), MANAGER);
    await expect(simulator.input(id, { kind: 'silence' }, MANAGER)).rejects.toEqual(refused('request.conflict', /still busy/));
    simulator.end(id, MANAGER);
    expect(house.requests[0]?.signal.aborted).toBe(true);
    answer({ kind: 'error', reason: 'unreachable' });
    await expect(asking).rejects.toEqual(refused('request.not-found', /ended meanwhile/));
    expect(house.clock.pending).toBe(0);
  });
});

describe('secrets', () => {
  it('are shown nowhere: neither typed, nor kept, nor sent', async () => {
    const { simulator, requests } = simulatorHouse();
    const { id } = await simulator.begin(orderOf({ flow: 'secret' }), MANAGER);
    await simulator.input(id, press('90', true), MANAGER);
    const sent = await simulator.input(id, press('63'), MANAGER);
    expect(sent).toMatchObject({ hidden: ['pin'], waiting: { kind: 'look-up' } });
    expect(sent.told).toContainEqual({
      kind: 'asked',
      name: 'POST https://crm.example/pin',
      with: { method: 'POST', url: 'https://crm.example/pin', body: { pin: '•••' } },
    });
    await expect(simulator.input(id, { kind: 'ask' }, MANAGER)).rejects.toEqual(refused('request.conflict', /answer it by hand/));
    await simulator.input(id, { kind: 'result', outcome: { kind: 'ok', value: null }, afterMs: 0 }, MANAGER);
    expect(requests).toEqual([]);
    const everything = JSON.stringify(simulator.look(id, 0, MANAGER));
    expect(everything).not.toMatch(/9063|"90"|"63"/);
  });

  it('typed ahead are not shown either', async () => {
    const { simulator } = simulatorHouse();
    const text = FLOW.replace('code: { type: collect,', 'code: { type: collect, secret: true,')
      .replace('next: read }', 'next: menu }')
      .replace(/ {2}read: .*\n/, '');
    const source = {
      kind: 'text',
      flows: [{ flow: 'main', source: text.replace(', with: { province: "{{code}}" }', ', with: { province: "1" }') }],
    } as const;
    const { id } = await simulator.begin(orderOf({ source }), MANAGER);
    await simulator.input(id, press('19063'), MANAGER);
    await simulator.input(id, press('190', true), MANAGER);
    expect(JSON.stringify(simulator.look(id, 0, MANAGER))).not.toMatch(/9063|"190"/);
  });
});

describe('what is tried', () => {
  it('is the published flow, its draft, or a text', async () => {
    const { simulator } = simulatorHouse();
    const draft = await simulator.begin(orderOf({ source: { kind: 'draft' } }), MANAGER);
    expect((await simulator.input(draft.id, press('147'), MANAGER)).variables).toMatchObject({ code: '47' });
    const text = FLOW.replace('digits: 4', 'digits: 3');
    const own = await simulator.begin(orderOf({ source: { kind: 'text', flows: [{ flow: 'main', source: text }] } }), MANAGER);
    expect((await simulator.input(own.id, press('1471'), MANAGER)).variables).toMatchObject({ code: '471' });
  });

  it('must be there, free of errors, and not too large', async () => {
    const { simulator } = simulatorHouse();
    const text = (source: string) => orderOf({ source: { kind: 'text', flows: [{ flow: 'main', source }] } });
    await expect(simulator.begin(orderOf({ flow: 'gone' }), MANAGER)).rejects.toEqual(refused('flow.unknown', /no flow "gone"/));
    await expect(simulator.begin(orderOf({ flow: 'secret', source: { kind: 'draft' } }), MANAGER)).rejects.toEqual(
      refused('request.not-found', /no draft of secret/),
    );
    await expect(simulator.begin(text('flow: main\nstart: gone\nnodes:\n  a: { type: hangup }\n'), MANAGER)).rejects.toMatchObject({
      code: 'flow.invalid',
      details: { errors: expect.arrayContaining([expect.objectContaining({ path: 'main.yaml:2:1', code: 'flow.unknown-target' })]) },
    });
    await expect(simulator.begin(text('#'.repeat(MOST_TEXT + 1)), MANAGER)).rejects.toEqual(refused('request.too-large', /characters/));
  });
});

describe('limits', () => {
  it('belong to a login: nobody else sees, moves, hears or ends it', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    const gone = refused('request.not-found', /no such simulation/);
    await expect(simulator.input(id, press('1'), ADMIN)).rejects.toEqual(gone);
    await expect(simulator.audio(id, 1, ADMIN)).rejects.toEqual(gone);
    expect(() => simulator.look(id, 0, ADMIN)).toThrow(/no such simulation/);
    expect(() => simulator.end(id, ADMIN)).toThrow(/no such simulation/);
    expect(simulator.look(id, 0, MANAGER).id).toBe(id);
  });

  it('a further one of a login takes the place of its oldest', async () => {
    const { simulator } = simulatorHouse();
    const first = await simulator.begin(orderOf(), MANAGER);
    for (let i = 1; i <= MOST_PER_LOGIN; i += 1) await simulator.begin(orderOf(), MANAGER);
    expect(() => simulator.look(first.id, 0, MANAGER)).toThrow(/no such simulation/);
  });

  it('there are only so many, until one is forgotten', async () => {
    const { simulator, clock } = simulatorHouse();
    const owner = (i: number) => ({ login: `tok_${i}` as TokenId, admin: false });
    for (let i = 0; i < MOST_SIMULATIONS; i += 1) await simulator.begin(orderOf(), owner(i));
    await expect(simulator.begin(orderOf(), MANAGER)).rejects.toEqual(refused('request.too-many', /50 simulations/));
    await clock.pass(IDLE_MS);
    expect((await simulator.begin(orderOf(), MANAGER)).waiting.kind).toBe('keys');
  });

  it('one that is used is not forgotten; one that is not, is', async () => {
    const { simulator, clock } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    await clock.pass(IDLE_MS - 1);
    simulator.look(id, 0, MANAGER);
    await clock.pass(IDLE_MS - 1);
    expect(simulator.look(id, 0, MANAGER).id).toBe(id);
    await clock.pass(IDLE_MS);
    expect(() => simulator.look(id, 0, MANAGER)).toThrow(/no such simulation/);
  });

  it('a simulation does not grow for ever', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    for (let i = 0; i < MOST_INPUTS; i += 1) await simulator.input(id, { kind: 'wait', ms: 1 }, MANAGER);
    await expect(simulator.input(id, { kind: 'wait', ms: 1 }, MANAGER)).rejects.toEqual(refused('request.conflict', /grown too long/));
  });
});

test('stopping lets go of all', async () => {
  const { simulator, clock } = simulatorHouse();
  const { id } = await simulator.begin(orderOf(), MANAGER);
  simulator.stop();
  expect(() => simulator.look(id, 0, MANAGER)).toThrow(/no such simulation/);
  expect(clock.pending).toBe(0);
});

describe('a simulation that is written down', () => {
  /** Says one thing to who calls about nothing, and another to everybody else. */
  const HEADS = `flow: main
start: who
parameters: { topic: { type: text, default: "" } }
nodes:
  who: { type: branch, cases: [{ when: 'call.direction == "inbound" && params.topic == ""', to: one }], else: two }
  one: { type: menu, prompt: test.menu, options: { 1: bye } }
  two: { type: menu, prompt: test.help, options: { 1: bye } }
  bye: { type: hangup }
`;
  const into = 'flow: main\nscenarios:\n  - name: old\n    steps: [hangs up]\n';

  it('is one more scenario, which goes as the call went', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf({ at: MONDAY }), MANAGER);
    for (const key of '14711') await simulator.input(id, press(key, true), MANAGER);
    await simulator.input(id, { kind: 'wait', ms: 90_000 }, MANAGER);
    await simulator.input(id, press('4', true), MANAGER);
    await simulator.input(id, { kind: 'result', outcome: { kind: 'ok', value: { name: 'Ayşe' } }, afterMs: 0 }, MANAGER);
    await simulator.input(id, { kind: 'hang-up' }, MANAGER);
    const { text, same } = simulator.record(id, into, 'tried', MANAGER);
    expect(same).toBe(true);
    expect(text.startsWith(into)).toBe(true);
    expect(text).toContain('- presses: "4711"');
    expect(text).toContain('- waits: 90000ms');
    expect(runFile(text)).toMatchObject({ ok: true, results: [{ name: 'old' }, { name: 'old' }, { name: 'tried' }] });
  });

  it('says when it does not go as it went: keys during a look-up', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf({ at: MONDAY }), MANAGER);
    await simulator.input(id, press('4'), MANAGER);
    await simulator.input(id, press('0'), MANAGER);
    await simulator.input(id, { kind: 'result', outcome: { kind: 'ok', value: { name: 'Ayşe' } }, afterMs: 0 }, MANAGER);
    expect(simulator.record(id, '', 'tried', MANAGER).same).toBe(false);
  });

  it.each([
    ['of another flow', 'flow: other\n', false],
    ['whose head gives a parameter that the call did not have', 'flow: main\nparams: { topic: x }\n', false],
    ['whose head says that we call', 'flow: main\ndirection: outbound\n', true],
  ])('is judged as it stands in its file: in one %s', async (_what, head, same) => {
    const { simulator } = simulatorHouse();
    const source = { kind: 'text', flows: [{ flow: 'main', source: HEADS }] } as const;
    const { id } = await simulator.begin(orderOf({ at: MONDAY, source }), MANAGER);
    await simulator.input(id, { kind: 'hang-up' }, MANAGER);
    const file = `${head}scenarios:\n  - name: old\n    steps: [hangs up]\n`;
    expect(simulator.record(id, '', 'tried', MANAGER).same).toBe(true);
    expect(simulator.record(id, file, 'tried', MANAGER).same).toBe(same);
  });

  it('is not added to what cannot be read, nor told to another login', async () => {
    const { simulator } = simulatorHouse();
    const { id } = await simulator.begin(orderOf(), MANAGER);
    expect(() => simulator.record(id, 'flow: [', 'tried', MANAGER)).toThrow(refused('request.invalid', /cannot be read/));
    expect(() => simulator.record(id, '', 'tried', ADMIN)).toThrow(refused('request.not-found', /no such simulation/));
  });
});
