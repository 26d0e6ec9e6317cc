import { z } from 'zod';
import type { Key } from '../../domain/keys.ts';
import { exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { parseDuration } from '../duration.ts';
import { Fault } from '../fault.ts';
import { assign, type Machine } from '../machine.ts';
import { bargeIn, duration, oneKey, prompt, variableName } from '../parts.ts';
import { heard } from '../play.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';

const MAX_MS = 60_000;
const SILENCE_MS = 3000;

export const record = defineNode({
  type: 'record',
  summary: 'Records what the caller says.',
  doc: '`into` gets { name, seconds }. It ends after `max`, after `silence`, or with the terminator.',
  example: `message:
  type: record
  prompt: general.leave-message
  max: 60s
  silence: 3s
  beep: true
  terminator: any
  into: recording
  next: thanks
  exits: { empty: goodbye }`,
  fields: {
    prompt: prompt.optional(),
    bargeIn: bargeIn.optional(),
    max: duration('1s', '30m').optional().describe('Default: 60s.'),
    silence: duration('1s', '1m').optional().describe('Ends after this much silence. Default: 3s.'),
    beep: z.boolean({ error: '@wrong-type' }).optional().describe('Default: true.'),
    terminator: z
      .union([oneKey, z.enum(['any', 'none'])], { error: 'must be one key, any or none' })
      .optional()
      .describe('The key that ends it. Default: any.'),
    into: variableName.describe('Variable for the recording.'),
  },
  exits: [NEXT_EXIT, { name: 'empty', doc: 'Nothing was said.', otherwise: 'next' }, ERROR_EXIT],
  asksCaller: true,
  writes: (source) => [{ path: ['into'], name: source.into, text: false }],
  compile(source, kit) {
    const prompts = kit.prompts(['prompt'], source.prompt, source.bargeIn !== 'none');
    const { into } = source;
    const rest = {
      maxMs: parseDuration(source.max ?? '') ?? MAX_MS,
      silenceMs: parseDuration(source.silence ?? '') ?? SILENCE_MS,
      beep: source.beep ?? true,
      terminator: source.terminator === 'none' ? null : (String(source.terminator ?? 'any') as Key | 'any'),
    };
    const ask = (m: Machine): Outcome => {
      const rendered = prompts.render(m);
      heard(m, rendered);
      return { kind: 'wait', command: { kind: 'record', items: rendered.items, ...rest } };
    };
    return { enter: ask, again: ask, resume: (m, input) => taken(m, input, into) };
  },
});

function taken(m: Machine, input: StepInput, into: string): Outcome {
  if (input.kind !== 'recorded') throw new Fault('unexpected-input', `${input.kind} came for a recording`);
  const { outcome } = input;
  m.events.push({ kind: 'result', node: m.top.node, name: 'record', outcome: outcome.kind });
  if (outcome.kind === 'empty') return exitBy('empty');
  if (outcome.kind === 'failed') return exitBy('error');
  assign(m, into, { name: outcome.name, seconds: Math.round(outcome.durationMs / 1000) });
  return NEXT;
}
