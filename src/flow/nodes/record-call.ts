import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import type { CollectSpec } from '../commands.ts';
import { exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { cause } from '../effects.ts';
import type { Machine } from '../machine.ts';
import { duration, oneKey, prompt } from '../parts.ts';
import { collect, play } from '../play.ts';
import type { Prompts } from '../prompts.ts';
import { listensFor } from './asking.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';
import { pressed } from './pressed.ts';

/** How long a caller may think it over after the notice. */
const REFUSE_WITHIN = '3s';

export const recordCall = defineNode({
  type: 'record-call',
  summary: 'Records the call from here on, or does so no more.',
  doc: 'The whole call goes into one file, the caller on the left and the house on the right, until it ends; what is said while a PIN is keyed is left out. `notice` is heard to its end before recording begins. With `refuse`, a caller who presses that key during the notice or within the time after it is not recorded in this call, whatever the queue says. How long recordings are kept: SANTRAL_CALL_RECORDING_DAYS.',
  example: `recording-notice:
  type: record-call
  notice: general.call-is-recorded
  refuse: 9
  next: main-menu
  exits: { refused: main-menu }`,
  fields: {
    on: z.boolean().optional().describe('false: nothing is recorded from here on. Default: true.'),
    notice: prompt.optional().describe('What the caller is told before it begins.'),
    refuse: oneKey.optional().describe('The key by which the caller refuses.'),
    within: duration('1s', '30s').optional().describe(`How long after the notice the key counts. Default: \`${REFUSE_WITHIN}\`.`),
  },
  exits: [NEXT_EXIT, { name: 'refused', doc: 'The caller refused; nothing is recorded.', otherwise: 'next' }, ERROR_EXIT],
  asksCaller: true,
  compile(source, kit) {
    const on = source.on ?? true;
    const refuse = source.refuse === undefined ? null : String(source.refuse);
    if (refuse !== null && (source.notice === undefined || !on))
      kit.problem(
        'missing-key',
        ['refuse'],
        '"refuse" needs a notice that names the key, and a recording to refuse',
        'Add notice, or remove refuse.',
      );
    const notice = source.notice === undefined ? null : kit.prompts(['notice'], source.notice, refuse !== null);
    const spec: CollectSpec = {
      ...listensFor(refuse === null ? [] : [refuse]),
      firstDigitMs: parseDuration(source.within ?? REFUSE_WITHIN) ?? 0,
      interDigitMs: 0,
      typeAhead: 'flush',
    };
    const ask = (m: Machine): Outcome => said(m, notice, refuse === null ? null : spec) ?? settled(m, on);
    return {
      enter: ask,
      again: ask,
      resume: (m, input) => (refuses(m, input, refuse) ? refused(m) : settled(m, on)),
    };
  },
});

function said(m: Machine, notice: Prompts | null, spec: CollectSpec | null): Outcome | null {
  if (notice === null) return null;
  return spec === null ? play(m, notice, 'keep') : collect(m, notice.render(m), spec);
}

function refuses(m: Machine, input: StepInput, key: string | null): boolean {
  return input.kind === 'digits' && pressed(m, input, (digits) => digits === key) === key;
}

function settled(m: Machine, on: boolean): Outcome {
  cause(m, { kind: 'record-call', on });
  return NEXT;
}

function refused(m: Machine): Outcome {
  cause(m, { kind: 'record-call', on: false });
  m.events.push({ kind: 'result', node: m.top.node, name: 'record-call', outcome: 'refused' });
  return exitBy('refused');
}
