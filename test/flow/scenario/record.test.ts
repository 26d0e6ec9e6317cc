import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIAL_OUTCOMES } from '../../../src/domain/dial-outcome.ts';
import { KEYS, type Key } from '../../../src/domain/keys.ts';
import { QUEUED_ENDS } from '../../../src/flow/commands.ts';
import type { Deed, Wait } from '../../../src/flow/playing/play.ts';
import { beginPlay, goOn } from '../../../src/flow/playing/player.ts';
import { type PlayedStep, writeScenario } from '../../../src/flow/scenario/record.ts';
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
