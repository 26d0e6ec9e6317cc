import { z } from 'zod';
import type { TransferOutcome } from '../../domain/dial-outcome.ts';
import { parseDuration } from '../../domain/duration.ts';
import type { DialTarget } from '../commands.ts';
import { exitBy, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { Fault } from '../fault.ts';
import { assign, filterContext, type Machine, scopeOf } from '../machine.ts';
import { prompt, templateText, variableName } from '../parts.ts';
import type { Prompts } from '../prompts.ts';
import type { Template } from '../template.ts';
import { compileDirectoryTarget, directoryTarget, isDirectoryTarget } from './directory-target.ts';
import { defineNode, ERROR_EXIT, type ExitSpec, type Kit, NEXT_EXIT } from './kind.ts';

const EXTENSION = /^[0-9A-Za-z*#_-]{1,32}$/;
const NUMBER = /^\+?[0-9]{2,20}$/;

const OUTCOME_EXITS: Readonly<Record<TransferOutcome, string>> = {
  answered: 'next',
  busy: 'busy',
  'no-answer': 'noAnswer',
  rejected: 'rejected',
  'invalid-number': 'invalidNumber',
  congestion: 'congestion',
  cancelled: 'failed',
  failed: 'failed',
  closed: 'closed',
};

const EXITS: readonly ExitSpec[] = [
  NEXT_EXIT,
  { name: 'busy', doc: 'The other side is busy.', otherwise: 'failed' },
  { name: 'noAnswer', doc: 'Nobody answered in time, or everybody is away.', otherwise: 'failed' },
  { name: 'closed', doc: 'Nobody was rung: the hours of the department, dealer or person are over.', otherwise: 'failed' },
  { name: 'rejected', doc: 'The other side refused.', otherwise: 'failed' },
  { name: 'invalidNumber', doc: 'There is no such number, nor anybody of that name.', otherwise: 'failed' },
  { name: 'congestion', doc: 'No line was free.', otherwise: 'failed' },
  { name: 'failed', doc: 'Anything else; also every outcome above that is not wired.', otherwise: 'error' },
  ERROR_EXIT,
];

export const transfer = defineNode({
  type: 'transfer',
  summary: 'Connects the caller to somebody.',
  doc: 'Dials and bridges. A department, a dealer or a person is looked up in flows/directory.yaml: their telephones are tried in their order, who answers is told who calls for whom, and where a telephone may be a mailbox nobody has answered until 1 is pressed. When the talk is over and the caller is still there, `next` is taken; the caller is never dropped because the other side failed. `into` gets { outcome, sipCode, talkSeconds }, and for somebody of the directory `by`: who took the call, null where nobody did or nobody knows any more.',
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
      .union([z.strictObject({ extension: templateText }), z.strictObject({ number: templateText }), ...directoryTarget], {
        error: 'must be { extension: "100" }, { number: "{{…}}" }, { department: service }, { dealer: "{{…}}" } or { person: … }',
      })
      .describe('An extension of this house, an outside number, or somebody of flows/directory.yaml.'),
    hears: z
      .enum(['ringing', 'music'], { error: 'must be ringing or music' })
      .optional()
      .describe('What the caller hears while somebody of the directory is tried. Default: `ringing`.'),
    whisper: prompt
      .optional()
      .describe(
        'What somebody of the directory hears before the caller is there, in the language of the call. Default: for whom the call is, and the end of the caller’s number.',
      ),
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
    const target = compileTarget(kit, source.to);
    const callerId = source.callerId === undefined ? null : kit.template(['callerId'], source.callerId, 'dialled');
    const whisper = source.whisper === undefined ? null : kit.prompts(['whisper'], source.whisper, true);
    const { ring, maxTalk } = inherit('transfer', kit.defaults, source);
    const ringMs = parseDuration(ring) ?? 0;
    const maxTalkMs = parseDuration(maxTalk) ?? null;
    const { into, hears } = source;
    const reaches = isDirectoryTarget(source.to);
    return {
      enter(m) {
        const to = target(m);
        if (to === null) return told(m, NOBODY, into, reaches);
        const shown = callerId === null ? null : short(m, callerId);
        const command = { kind: 'dial', target: to, ringMs, callerId: shown, maxTalkMs, ...aboutDirectory(m, to, hears, whisper) } as const;
        return { kind: 'wait', command };
      },
      resume: (m, input) => ended(m, input, into, reaches),
    };
  },
});

type Dialled = Pick<StepInput & { kind: 'dialled' }, 'outcome' | 'sipCode' | 'talkMs' | 'by'>;
const NOBODY: Dialled = { outcome: 'invalid-number', sipCode: null, talkMs: 0 };

function compileTarget(kit: Kit, to: Readonly<Record<string, string>>): (m: Machine) => DialTarget | null {
  if (isDirectoryTarget(to)) return compileDirectoryTarget(kit, ['to'], to);
  const [kind, text] = Object.entries(to)[0] as ['extension' | 'number', string];
  const template = kit.template(['to', kind], text, 'dialled');
  return (m) => targetOf(kind === 'extension', short(m, template).replaceAll(/[\s().-]/g, ''));
}

/** What only somebody of the directory is dialled with. */
function aboutDirectory(m: Machine, { kind }: DialTarget, hears: 'ringing' | 'music' | undefined, whisper: Prompts | null) {
  if (kind === 'extension' || kind === 'number') return {};
  return { ...(hears === undefined ? {} : { hears }), ...(whisper === null ? {} : { whisper: whisper.render(m).items }) };
}

function short(m: Machine, template: Template): string {
  return template.render(scopeOf(m), filterContext(m), 80).trim();
}

function targetOf(extension: boolean, text: string): DialTarget | null {
  if (extension) return EXTENSION.test(text) ? { kind: 'extension', extension: text } : null;
  return NUMBER.test(text) ? { kind: 'number', number: text } : null;
}

function ended(m: Machine, input: StepInput, into: string | undefined, reaches: boolean): Outcome {
  if (input.kind !== 'dialled') throw new Fault('unexpected-input', `${input.kind} came for a transfer`);
  return told(m, input, into, reaches);
}

function told(m: Machine, { outcome, sipCode, talkMs, by }: Dialled, into: string | undefined, reaches: boolean): Outcome {
  const talkSeconds = Math.round(talkMs / 1000);
  if (into !== undefined) assign(m, into, { outcome, sipCode, talkSeconds, ...(reaches ? { by: by ?? null } : {}) });
  m.events.push({ kind: 'result', node: m.top.node, name: 'transfer', outcome });
  return exitBy(OUTCOME_EXITS[outcome]);
}
