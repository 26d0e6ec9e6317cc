import type { Key } from '../../domain/keys.ts';
import { exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { parseDuration } from '../duration.ts';
import { Fault } from '../fault.ts';
import { assign, type Machine } from '../machine.ts';
import { prompt, variableName } from '../parts.ts';
import { heard } from '../play.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';

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
    ...INHERITED.record,
    into: variableName.describe('Variable for the recording.'),
  },
  exits: [NEXT_EXIT, { name: 'empty', doc: 'Nothing was said.', otherwise: 'next' }, ERROR_EXIT],
  asksCaller: true,
  writes: (source) => [{ path: ['into'], name: source.into, text: false }],
  compile(source, kit) {
    const { bargeIn, max, silence, beep, terminator } = inherit('record', kit.defaults, source);
    const prompts = kit.prompts(['prompt'], source.prompt, bargeIn !== 'none');
    const { into } = source;
    const rest = {
      maxMs: parseDuration(max) ?? 0,
      silenceMs: parseDuration(silence) ?? 0,
      beep,
      terminator: terminator === 'none' ? null : (String(terminator) as Key | 'any'),
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
