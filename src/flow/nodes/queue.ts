import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { isKey, type Key } from '../../domain/keys.ts';
import type { SkillLevels } from '../../domain/queue.ts';
import type { QueuedEnd } from '../commands.ts';
import { exitBy, type Outcome, type StepInput } from '../compiled.ts';
import { Fault } from '../fault.ts';
import { assign, filterContext, type Machine, scopeOf } from '../machine.ts';
import { duration, expressionText, NAME_PATTERN, nameText, templateText, variableName, wholeNumber } from '../parts.ts';
import { defineNode, ERROR_EXIT, type ExitSpec, type Kit, NEXT_EXIT } from './kind.ts';
import { optionMap, wireOptions } from './options.ts';
import { sinceOf } from './since.ts';

const ENDS: Readonly<Record<Exclude<QueuedEnd, 'key'>, string>> = {
  served: 'next',
  overflow: 'overflow',
  full: 'full',
  'too-long': 'tooLong',
  'no-agents': 'noAgents',
  closed: 'closed',
  failed: 'failed',
};

const EXITS: readonly ExitSpec[] = [
  NEXT_EXIT,
  { name: 'overflow', doc: 'The caller waited as long as the queue lets them.', otherwise: 'failed' },
  { name: 'full', doc: 'As many callers as the queue takes wait already.', otherwise: 'failed' },
  { name: 'tooLong', doc: 'The wait would be longer than the queue takes callers for.', otherwise: 'failed' },
  { name: 'noAgents', doc: 'No agent of the queue is logged in, now or any more.', otherwise: 'failed' },
  { name: 'closed', doc: 'The queue is closed, or closing time came.', otherwise: 'failed' },
  { name: 'failed', doc: 'Anything else; also every end above that is not wired.', otherwise: 'error' },
  ERROR_EXIT,
];

const LONGEST_NAME = 60;
/** A name, or a text that becomes one. */
const queueText = z.string({ error: '@wrong-type' }).regex(/^[a-z][a-z0-9-]{0,59}$|\{\{/, { error: '@bad-name' });

export const queue = defineNode({
  type: 'queue',
  summary: 'Lets the caller wait for an agent, and talk with them.',
  doc: 'The queue’s own definition (flows/queues.yaml) says who serves it, what is heard meanwhile and when a caller has waited too long. `next` is taken when the talk is over and the caller is still there. Each key of `keys` leaves the queue by itself, at any moment of the wait. `into` gets { how, key, waitedSeconds, talkSeconds, agent, since }; give `since` to a later queue node, and the caller keeps the place.',
  example: `wait:
  type: queue
  queue: support
  class: "{{segment}}"
  skills: { english: 3 }
  keys: { 1: voicemail }
  into: service
  next: after-talk
  exits: { noAgents: ring-desk, overflow: voicemail, full: voicemail, closed: agents-away, failed: agent-unreachable }`,
  fields: {
    queue: queueText.describe('A queue of flows/queues.yaml; `{{…}}` where it is known only during the call.'),
    class: templateText.optional().describe('The caller’s class, one of the queue’s. Default: `standard`.'),
    skills: z
      .record(nameText, wholeNumber(1, 9), { error: 'must be a map: a skill, and the least level of it, 1 to 9' })
      .optional()
      .describe('What the agent must be able to do besides what the queue asks for.'),
    keys: optionMap.optional().describe('Keys that leave the queue, each one key, and where they lead.'),
    since: expressionText.optional().describe('Where the wait counts from: `since` of an earlier wait of this call. Default: now.'),
    patience: duration('1s', '10m')
      .optional()
      .describe(
        'Leaves by `overflow` when no agent was found after this time, and hears no welcome before: for people we called, who did not choose to wait. While an agent is being rung they wait on. Default: as long as the queue lets them wait.',
      ),
    into: variableName.optional().describe('Variable for how it went.'),
  },
  exits: EXITS,
  asksCaller: true,
  writes: (source) => (source.into === undefined ? [] : [{ path: ['into'], name: source.into, text: false }]),
  compile(source, kit) {
    const name = kit.template(['queue'], source.queue, 'kept');
    if (name.fixed !== null) kit.queue(['queue'], name.fixed);
    const className = source.class === undefined ? null : kit.template(['class'], source.class, 'kept');
    const since = source.since === undefined ? null : kit.expression(['since'], source.since, 'weighed');
    const keys = keysOf(kit, wireOptions(kit, source.keys, 'keys'));
    const skills: SkillLevels = source.skills ?? {};
    const { into } = source;
    const patienceMs = source.patience === undefined ? null : (parseDuration(source.patience) ?? 0);
    return {
      enter(m) {
        const named = className === null ? '' : className.render(scopeOf(m), filterContext(m), LONGEST_NAME).trim();
        const queue = name.render(scopeOf(m), filterContext(m), LONGEST_NAME).trim();
        if (!NAME_PATTERN.test(queue)) return exitBy(ENDS.failed);
        const from = since === null ? null : since.evaluate(scopeOf(m));
        const command = {
          kind: 'queue',
          queue,
          skills,
          keys,
          class: NAME_PATTERN.test(named) ? named : null,
          since: sinceOf(m, from),
          ...(patienceMs === null ? {} : { patienceMs }),
        } as const;
        return { kind: 'wait', command };
      },
      resume: (m, input) => ended(m, input, into),
    };
  },
});

/** Music is no moment to wait for a second key. */
function keysOf(kit: Kit, pressed: readonly string[]): readonly Key[] {
  for (const keys of pressed.filter((one) => !isKey(one)))
    kit.problem('bad-option', ['keys', keys], `"${keys}" is not one key of a telephone`, 'Keys are 0 to 9, "*", "#" and A to D.');
  return pressed.filter(isKey);
}

function ended(m: Machine, input: StepInput, into: string | undefined): Outcome {
  if (input.kind !== 'queued') throw new Fault('unexpected-input', `${input.kind} came for a queue`);
  const { how, key, waitedMs, talkMs, agent } = input;
  const waiting = m.waiting?.kind === 'queue' ? m.waiting.since : null;
  const since = waiting ?? m.world.now - waitedMs - talkMs;
  if (into !== undefined) assign(m, into, { how, key, waitedSeconds: seconds(waitedMs), talkSeconds: seconds(talkMs), agent, since });
  m.events.push({ kind: 'result', node: m.top.node, name: 'queue', outcome: how });
  return exitBy(how === 'key' ? (key ?? 'failed') : ENDS[how]);
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
