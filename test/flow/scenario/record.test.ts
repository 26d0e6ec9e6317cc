import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIAL_OUTCOMES } from '../../../src/domain/dial-outcome.ts';
import { KEYS, type Key } from '../../../src/domain/keys.ts';
import { QUEUED_ENDS } from '../../../src/flow/commands.ts';
import type { Deed, Wait } from '../../../src/flow/playing/play.ts';
import { beginPlay, goOn } from '../../../src/flow/playing/player.ts';
import { appendScenario } from '../../../src/flow/scenario/append.ts';
import type { PlayedStep } from '../../../src/flow/scenario/played-call.ts';
import { writeScenario } from '../../../src/flow/scenario/record.ts';
import { LIMITS, MONDAY, release, TRIGGER } from '../kit.ts';
import { FLOW, runFile, worldWith } from './kit.ts';

const made = release({ main: FLOW });
const world = { now: MONDAY, zone: 'Europe/Istanbul', release: made, limits: LIMITS, random: 0.25 };
const ANSWERS = [
  { kind: 'ok', value: { name: 'Ayşe: "ok" # 1' } },
  { kind: 'ok', value: [] },
  { kind: 'ok', value: ['1'] },
  { kind: 'error', reason: 'timeout' },
  { kind: 'error', reason: 'status', status: 503 },
  { kind: 'error', reason: 'unreachable' },
] as const;

/** What a caller, or the world, does at a wait; `dice` says which. */
function deedAt(wait: Wait, dice: readonly number[], keys: readonly Key[]): Deed | null {
  const [first = 0, second = 0] = dice;
  switch (wait.kind) {
    case 'keys':
      return first === 0 ? { kind: 'silence' } : { kind: 'press', keys, more: false };
    case 'recording':
      return {
        kind: 'recorded',
        outcome: first < 4 ? { kind: 'ok', name: 'recording', durationMs: 1500 } : { kind: first < 6 ? 'empty' : 'failed' },
      };
    case 'look-up':
      return {
        kind: 'result',
        outcome: ANSWERS[first % ANSWERS.length] as (typeof ANSWERS)[number],
        afterMs: second < 5 ? 0 : second * 700,
      };
    case 'dialling': {
      const outcome = DIAL_OUTCOMES[first % DIAL_OUTCOMES.length] as (typeof DIAL_OUTCOMES)[number];
      return { kind: 'dialled', outcome, sipCode: null, talkMs: outcome === 'answered' ? 60_000 : 0 };
    }
    case 'queueing': {
      const how = QUEUED_ENDS.filter((end) => end !== 'key')[first % (QUEUED_ENDS.length - 1)] as (typeof QUEUED_ENDS)[number];
      return { kind: 'queued', how, key: null, waitedMs: second * 1000, talkMs: how === 'served' ? 60_000 : 0, agent: null };
    }
    case 'ended':
    case 'endless':
      return null;
  }
}

function played(turns: readonly (readonly [readonly number[], readonly Key[]])[], hangsUp: boolean): PlayedStep[] {
  let now = beginPlay('main', TRIGGER, world);
  const steps: PlayedStep[] = [{ at: null, deed: null, played: now }];
  const go = (deed: Deed): void => {
    const at = now.play.wait;
    now = goOn(now.play, deed, world);
    steps.push({ at, deed, played: now });
  };
  for (const [dice, keys] of turns) {
    const deed = deedAt(now.play.wait, dice, keys);
    if (deed === null) return steps;
    go(deed);
  }
  // A scenario answers every look-up, so nothing may be left unanswered.
  while (now.play.wait.kind === 'look-up') go({ kind: 'result', outcome: { kind: 'ok', value: ['1'] }, afterMs: 0 });
  if (hangsUp && now.play.wait.kind !== 'ended') go({ kind: 'hang-up' });
  return steps;
}

test('a call that was played and written down goes, when it is run, as it went', () => {
  const likely = fc.constantFrom(...'0112345671111'.split('')) as fc.Arbitrary<Key>;
  const keys = fc.oneof(
    fc.array(likely, { minLength: 1, maxLength: 6 }),
    fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 }),
  );
  const turn = fc.tuple(fc.array(fc.nat(7), { minLength: 2, maxLength: 2 }), keys);
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 12 }), fc.boolean(), (turns, hangsUp) => {
      const steps = played(turns, hangsUp);
      const text = writeScenario({ flow: 'main', trigger: TRIGGER, world, steps }, 'played');
      const { problems, results } = runFile(text, 'flows/main.test.yaml', worldWith(made));
      expect({ problems, failures: results.map(({ failure }) => failure), text }).toEqual({ problems: [], failures: [null], text });
    }),
    { numRuns: 300 },
  );
});

test('is written in few lines', () => {
  const steps = played(
    [
      [[1], ['1', '4', '7', '1', '1']],
      [[0], []],
    ],
    true,
  );
  expect(writeScenario({ flow: 'main', trigger: TRIGGER, world, steps }, 'a call').split('\n')).toEqual([
    '# yaml-language-server: $schema=schema/scenario.schema.json',
    'flow: main',
    'scenarios:',
    '  - name: a call',
    '    language: tr',
    '    at: 2026-11-23T07:00:00.000Z',
    '    caller: "+905550000012"',
    '    dialled: "1000"',
    '    random: 0.25',
    '    steps:',
    '      - hearsOnly: [ test.menu ]',
    '      - presses: "14711"',
    '      - hearsOnly: [ { key: test.read-back, text: "Tuşladığınız: dört yedi bir bir." }, test.menu ]',
    '      - says nothing',
    '      - hearsOnly: [ test.help ]',
    '      - hangs up',
    '',
  ]);
});

/** The same keys, each pressed by itself as at a telephone, with the time between them not running out. */
function playedKeyByKey(turns: readonly (readonly [readonly number[], readonly Key[]])[], end: 'stays' | 'hangs up'): PlayedStep[] {
  let now = beginPlay('main', TRIGGER, world);
  const steps: PlayedStep[] = [{ at: null, deed: null, played: now }];
  const go = (deed: Deed): void => {
    const at = now.play.wait;
    now = goOn(now.play, deed, world);
    steps.push({ at, deed, played: now });
  };
  const answerAll = (): void => {
    while (now.play.wait.kind === 'look-up') go({ kind: 'result', outcome: { kind: 'ok', value: ['1'] }, afterMs: 0 });
  };
  for (const [dice, keys] of turns) {
    const deed = deedAt(now.play.wait, dice, keys);
    if (deed === null) return steps;
    if (deed.kind !== 'press') go(deed);
    else for (const key of deed.keys) if (now.play.wait.kind === 'keys') go({ kind: 'press', keys: [key], more: true });
    answerAll();
  }
  if (end === 'hangs up' && now.play.wait.kind !== 'ended' && now.play.wait.kind !== 'endless') go({ kind: 'hang-up' });
  return steps;
}

test('so does a call whose keys were pressed one by one, as in the browser', () => {
  const turn = fc.tuple(
    fc.array(fc.nat(7), { minLength: 2, maxLength: 2 }),
    fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 12 }), fc.constantFrom('stays', 'hangs up'), (turns, end) => {
      const text = writeScenario({ flow: 'main', trigger: TRIGGER, world, steps: playedKeyByKey(turns, end) }, 'played');
      const { problems, results } = runFile(text, 'flows/main.test.yaml', worldWith(made));
      expect({ problems, failures: results.map(({ failure }) => failure), text }).toEqual({ problems: [], failures: [null], text });
    }),
    { numRuns: 300 },
  );
});

test('keys pressed one by one are one step, and those that came to nothing are left out', () => {
  const keys = (text: string): [number[], Key[]] => [[1], [...text] as Key[]];
  const lines = writeScenario(
    { flow: 'main', trigger: TRIGGER, world, steps: playedKeyByKey([keys('147'), keys('11'), keys('12')], 'hangs up') },
    'x',
  ).split('\n');
  expect(lines.filter((line) => line.includes('presses')).map((line) => line.trim())).toEqual([
    '- presses: "1"',
    '- presses: "4711"',
    '- presses: "1"',
  ]);
});

describe('a scenario is added to a file', () => {
  const call = { flow: 'main', trigger: TRIGGER, world, steps: played([[[0], []]], true) };
  const grown = (file: string) => {
    const appended = appendScenario(file, call, 'the new one');
    return appended.kind === 'appended' ? appended.text : appended.kind;
  };
  const item = (by: string) => ['- name: the new one', '  language: tr', '  at:'].map((line) => `${by}${line}`);

  test('that is empty', () => {
    expect(grown(' \n')).toBe(writeScenario(call, 'the new one'));
  });

  test.each([
    ['at its end, which keeps its remark', 'flow: main\nscenarios:\n  - name: old # why\n    steps:\n      - hangs up # so\n', '  '],
    ['with dashes that stand left', 'flow: main\nscenarios:\n- name: old\n  steps:\n  - hangs up', ''],
    ['whose list is not the last thing', 'scenarios:\n    - name: old\n      steps: [hangs up]\n\n# the flow\nflow: main\n', '    '],
  ])('%s', (_, file, by) => {
    const text = grown(file);
    for (const line of file.trimEnd().split('\n')) expect(text.split('\n')).toContain(line);
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.includes('the new one'));
    expect(lines.slice(at, at + 3).map((line) => line.slice(0, by.length + 5))).toEqual(
      item(by).map((line) => line.slice(0, by.length + 5)),
    );
    expect(runFile(text, 'flows/main.test.yaml', worldWith(made))).toMatchObject({
      problems: [],
      results: [{ name: 'old' }, { name: 'old' }, { name: 'the new one' }],
    });
  });

  test.each(['flow: main\nscenarios: [{ name: a }]\n', 'flow: main\n', 'flow: [', '- 1\n'])(
    'not to one where nobody knows its place: %j',
    (file) => {
      expect(grown(file)).toBe('unreadable');
    },
  );
});
