import { z } from 'zod';
import type { DialOutcome } from '../../domain/dial-outcome.ts';
import { parseDuration } from '../../domain/duration.ts';
import type { DialTarget } from '../commands.ts';
import { exitBy, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { Fault } from '../fault.ts';
import { assign, filterContext, type Machine, scopeOf } from '../machine.ts';
import { templateText, variableName } from '../parts.ts';
import type { Template } from '../template.ts';
import { defineNode, ERROR_EXIT, type ExitSpec, NEXT_EXIT } from './kind.ts';

const EXTENSION = /^[0-9A-Za-z*#_-]{1,32}$/;
const NUMBER = /^\+?[0-9]{2,20}$/;

const OUTCOME_EXITS: Readonly<Record<DialOutcome, string>> = {
  answered: 'next',
  busy: 'busy',
  'no-answer': 'noAnswer',
  rejected: 'rejected',
  'invalid-number': 'invalidNumber',
  congestion: 'congestion',
  cancelled: 'failed',
  failed: 'failed',
};

const EXITS: readonly ExitSpec[] = [
  NEXT_EXIT,
  { name: 'busy', doc: 'The other side is busy.', otherwise: 'failed' },
  { name: 'noAnswer', doc: 'Nobody answered in time.', otherwise: 'failed' },
  { name: 'rejected', doc: 'The other side refused.', otherwise: 'failed' },
  { name: 'invalidNumber', doc: 'There is no such number.', otherwise: 'failed' },
  { name: 'congestion', doc: 'No line was free.', otherwise: 'failed' },
  { name: 'failed', doc: 'Anything else; also every outcome above that is not wired.', otherwise: 'error' },
  ERROR_EXIT,
];

export const transfer = defineNode({
  type: 'transfer',
  summary: 'Connects the caller to somebody.',
  doc: 'Dials and bridges. When the talk is over and the caller is still there, `next` is taken; the caller is never dropped because the other side failed. `into` gets { outcome, sipCode, talkSeconds }.',
  example: `connect:
  type: transfer
  to: { number: "{{dealers[index].phone}}" }
  ring: 25s
  maxTalk: 30m
  into: talk
  next: anything-else
  exits: { busy: dealer-busy, noAnswer: dealer-busy, failed: not-reached }`,
  fields: {
    to: z
      .union([z.strictObject({ extension: templateText }), z.strictObject({ number: templateText })], {
        error: 'must be { extension: "100" } or { number: "{{…}}" }',
      })
      .describe('An extension of this house, or an outside number.'),
    callerId: templateText
      .optional()
      .describe('The number to show the other side. Default: the caller’s own number, as it was presented to us.'),
    ...INHERITED.transfer,
    into: variableName.optional().describe('Variable for how it went.'),
  },
  exits: EXITS,
  asksCaller: true,
  needsAnswer: false,
  writes: (source) => (source.into === undefined ? [] : [{ path: ['into'], name: source.into, text: false }]),
  compile(source, kit) {
    const extension = 'extension' in source.to;
    const to = extension
      ? kit.template(['to', 'extension'], (source.to as { extension: string }).extension, 'dialled')
      : kit.template(['to', 'number'], (source.to as { number: string }).number, 'dialled');
    const callerId = source.callerId === undefined ? null : kit.template(['callerId'], source.callerId, 'dialled');
    const { ring, maxTalk } = inherit('transfer', kit.defaults, source);
    const ringMs = parseDuration(ring) ?? 0;
    const maxTalkMs = parseDuration(maxTalk) ?? null;
    const { into } = source;
    return {
      enter(m) {
        const target = targetOf(extension, short(m, to).replaceAll(/[\s().-]/g, ''));
        if (target === null) return told(m, into, 'invalid-number', null, 0);
        return {
          kind: 'wait',
          command: { kind: 'dial', target, ringMs, callerId: callerId === null ? null : short(m, callerId), maxTalkMs },
        };
      },
      resume: (m, input) => ended(m, input, into),
    };
  },
});

function short(m: Machine, template: Template): string {
  return template.render(scopeOf(m), filterContext(m), 80).trim();
}

function targetOf(extension: boolean, text: string): DialTarget | null {
  if (extension) return EXTENSION.test(text) ? { kind: 'extension', extension: text } : null;
  return NUMBER.test(text) ? { kind: 'number', number: text } : null;
}

function ended(m: Machine, input: StepInput, into: string | undefined): Outcome {
  if (input.kind !== 'dialled') throw new Fault('unexpected-input', `${input.kind} came for a transfer`);
  return told(m, into, input.outcome, input.sipCode, input.talkMs);
}

function told(m: Machine, into: string | undefined, outcome: DialOutcome, sipCode: number | null, talkMs: number): Outcome {
  if (into !== undefined) assign(m, into, { outcome, sipCode, talkSeconds: Math.round(talkMs / 1000) });
  m.events.push({ kind: 'result', node: m.top.node, name: 'transfer', outcome });
  return exitBy(OUTCOME_EXITS[outcome]);
}
