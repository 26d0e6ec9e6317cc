import { z } from 'zod';
import type { BrandId } from './brand.ts';
import type { CallbackRules } from './callback.ts';
import { callbackRulesOf, callbackShape } from './callback-schema.ts';
import { parseDuration } from './duration.ts';
import type { Problem } from './problem.ts';
import type { Comfort, Queue, SkillLevels, Widening, WrapUpRule } from './queue.ts';
import { QUEUE_NAME, queueShape, type WrittenQueue } from './queue-schema.ts';
import { fitPart, fitShape, readYaml, type SourceText, type YamlSource } from './yaml-source.ts';

const ROOM = 'queues';
export const STANDARD_CLASS = 'standard';
const USUAL_WRAP_UP = { mode: 'optional', time: '30s' } as const;
const fileShape = z.looseObject({ queues: z.record(z.string(), z.unknown()), callbacks: z.record(z.string(), z.unknown()).optional() });

/** Something a queue names that is defined elsewhere, with its place in the file. */
export interface QueueReference {
  /** The queue, or the callback group, that names it. */
  readonly queue: string;
  readonly kind: 'prompt' | 'calendar' | 'dispositions' | 'flow';
  readonly name: string;
  readonly place: Pick<Problem, 'file' | 'line' | 'column'>;
}

export interface ParsedQueues {
  readonly queues: ReadonlyMap<string, Queue>;
  /** How people are called back, by callback group. */
  readonly callbacks: ReadonlyMap<string, CallbackRules>;
  readonly problems: readonly Problem[];
  /** Of the queues that could be read. */
  readonly references: readonly QueueReference[];
}

/** Reads flows/queues.yaml; null: there is none. A queue with a problem is left out, the others count. */
export function parseQueues(file: SourceText | null, brand: BrandId): ParsedQueues {
  const problems: Problem[] = [];
  const queues = new Map<string, Queue>();
  const callbacks = new Map<string, CallbackRules>();
  const nothing = { queues, callbacks, problems, references: [] };
  if (file === null) return nothing;
  const source = readYaml(file, ROOM);
  const written = fitShape(source, fileShape, ROOM, problems);
  if (written === undefined) return nothing;
  const { queues: entries, callbacks: groups, ...others } = written;
  fitPart(source, [], others, z.strictObject({}), ROOM, problems);
  for (const [id, value] of Object.entries(entries)) {
    const queue = readQueue(source, id, value, brand, problems);
    if (queue !== undefined) queues.set(id, queue);
  }
  const references: QueueReference[] = [...queues.values()].flatMap((queue) => referencesOf(source, queue));
  const names = new Set([...queues.values()].map((queue) => queue.callbackGroup));
  for (const [group, value] of Object.entries(groups ?? {})) {
    const rules = readCallbacks(source, group, value, names, problems);
    if (rules !== undefined) callbacks.set(group, rules);
    if (rules?.calendar != null)
      references.push(reference(source, ['callbacks', group, 'calendar'], { owner: group, kind: 'calendar', name: rules.calendar }));
    for (const [index, name] of rules?.flows.entries() ?? []) {
      const twice = [...callbacks.values()].find((other) => other !== rules && other.flows.includes(name));
      if (twice !== undefined) {
        const message = `The flow "${name}" stands in two callback groups, "${twice.group}" and "${group}".`;
        problems.push(source.problem(['callbacks', group, 'flows', index], `${ROOM}.flow-twice`, message, 'Leave it in one of them.'));
      }
      references.push(reference(source, ['callbacks', group, 'flows', index], { owner: group, kind: 'flow', name }));
    }
  }
  return { queues, callbacks, problems, references };
}

/** A group that no queue belongs to would call nobody back, and nobody would notice. */
function readCallbacks(
  source: YamlSource,
  group: string,
  value: unknown,
  groups: ReadonlySet<string>,
  problems: Problem[],
): CallbackRules | undefined {
  const entry = fitPart(source, ['callbacks', group], value ?? {}, callbackShape, ROOM, problems);
  if (entry === undefined) return undefined;
  if (groups.has(group)) return callbackRulesOf(group, entry);
  const message = `No queue belongs to the callback group "${group}".`;
  const remedy = `Write the name of a queue, or of its callbackGroup. Known: ${[...groups].sort().join(', ') || 'none'}.`;
  problems.push(source.problem(['callbacks', group], `${ROOM}.unknown-group`, message, remedy));
  return undefined;
}

function reference(
  source: YamlSource,
  at: readonly PropertyKey[],
  { owner, kind, name }: { readonly owner: string; readonly kind: QueueReference['kind']; readonly name: string },
): QueueReference {
  const { file, line, column } = source.problem(at, '', '', '');
  return { queue: owner, kind, name, place: { file, line, column } };
}

function readQueue(source: YamlSource, id: string, value: unknown, brand: BrandId, problems: Problem[]): Queue | undefined {
  if (!QUEUE_NAME.test(id)) {
    const message = `"${id}" cannot be the name of a queue.`;
    problems.push(
      source.problem(['queues', id], 'queues.bad-name', message, 'Use small letters, digits and dashes, beginning with a letter.'),
    );
    return undefined;
  }
  const entry = fitPart(source, ['queues', id], value, queueShape, ROOM, problems);
  if (entry === undefined) return undefined;
  const queue = queueOf(id, entry, brand);
  const faults = [...wideningFaults(queue), ...otherFaults(queue, entry)];
  problems.push(
    ...faults.map(({ at, code, message, remedy }) => source.problem(['queues', id, ...at], `${ROOM}.${code}`, message, remedy)),
  );
  return faults.length === 0 ? queue : undefined;
}

/** Milliseconds of a time that fits the schema; `none` is 0. */
function ms(text: string): number {
  return parseDuration(text) ?? 0;
}

function queueOf(id: string, entry: WrittenQueue, brand: BrandId): Queue {
  const { overflow, empty, serviceLevel, sticky } = entry;
  return {
    id,
    brand: entry.brand === undefined ? brand : (entry.brand as BrandId),
    label: entry.label,
    skills: entry.skills,
    widening: entry.widening.map(({ after, skills }) => ({ afterMs: ms(after), skills })),
    sticky: sticky === undefined ? null : { withinMs: ms(sticky.within), waitMs: ms(sticky.wait) },
    classes: { [STANDARD_CLASS]: 0, ...Object.fromEntries(Object.entries(entry.classes).map(([name, bonus]) => [name, ms(bonus)])) },
    hardMaxWaitMs: ms(entry.hardMaxWait),
    offerMs: ms(entry.offer),
    wrapUp: wrapUpOf(entry.wrapUp ?? USUAL_WRAP_UP),
    dispositions: entry.dispositions ?? null,
    dispositionRequired: entry.dispositionRequired,
    overflow: {
      afterMs: overflow.after === undefined || overflow.after === 'none' ? null : ms(overflow.after),
      length: overflow.length ?? null,
      estimatedWaitMs: overflow.estimatedWait === undefined ? null : ms(overflow.estimatedWait),
    },
    emptyAtJoin: empty?.atJoin ?? 'leave',
    whenLastLeaves: empty?.whenLastLeaves ?? 'leave',
    calendar: entry.calendar ?? null,
    atClosing: entry.atClosing,
    comfort: comfortOf(entry.comfort ?? COMFORT),
    whisper: promptOf(entry.whisper),
    welcome: promptOf(entry.welcome),
    recordingNotice: promptOf(entry.recordingNotice),
    record: entry.record ?? null,
    recordingDays: entry.recordingDays ?? null,
    callerId: entry.callerId ?? null,
    serviceLevelMs: ms(serviceLevel?.within ?? '20s'),
    shortAbandonMs: ms(serviceLevel?.shortAbandon ?? '5s'),
    callbackGroup: entry.callbackGroup ?? id,
    callbackShare: entry.callbackShare,
  };
}

const COMFORT = queueShape.shape.comfort.unwrap().parse({});

function comfortOf({ every, ...comfort }: typeof COMFORT): Comfort {
  return { ...comfort, everyMs: ms(every) };
}

function wrapUpOf({ mode, time, extension }: NonNullable<WrittenQueue['wrapUp']>): WrapUpRule {
  const timed = mode !== 'none' && mode !== 'unlimited';
  return { mode, ms: timed ? ms(time ?? USUAL_WRAP_UP.time) : 0, extensionMs: ms(extension ?? 'none') };
}

function promptOf(key: string): string | null {
  return key === 'none' ? null : key;
}

interface Fault {
  readonly at: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** Each widening comes later than the one before, and asks for less. */
function wideningFaults({ skills, widening }: Queue): readonly Fault[] {
  const asked = [skills, ...widening.map((one) => one.skills)];
  return widening.flatMap((one, index) => [
    ...tooEarly(one, widening[index - 1], index),
    ...notLower(one.skills, asked.slice(0, index + 1), index),
  ]);
}

function tooEarly(one: Widening, before: Widening | undefined, index: number): readonly Fault[] {
  if (before === undefined || one.afterMs > before.afterMs) return [];
  const message = 'This widening does not come after the one before it.';
  return [{ at: ['widening', index, 'after'], code: 'bad-widening', message, remedy: 'List them by time, each with its own.' }];
}

function notLower(skills: SkillLevels, before: readonly SkillLevels[], index: number): readonly Fault[] {
  return Object.entries(skills).flatMap(([skill, level]) => {
    const asked = before.flatMap((one) => one[skill] ?? []).at(-1);
    if (asked === undefined || level < asked) return [];
    const message = `Level ${level} of "${skill}" is no less than ${asked}, which is asked for until then.`;
    return [
      { at: ['widening', index, 'skills', skill], code: 'bad-widening', message, remedy: `Write a level below ${asked}; 0: not needed.` },
    ];
  });
}

function otherFaults(queue: Queue, { classes, wrapUp, comfort }: WrittenQueue): readonly Fault[] {
  const faults: Fault[] = [];
  const { sticky, overflow, dispositions } = queue;
  if ((classes[STANDARD_CLASS] ?? '0s') !== '0s') {
    const remedy = 'Remove it, and give the other classes what they are ahead of standard.';
    faults.push({
      at: ['classes', STANDARD_CLASS],
      code: 'bad-class',
      message: 'The class "standard" is what others are measured by.',
      remedy,
    });
  }
  if (sticky !== null && overflow.afterMs !== null && sticky.waitMs >= overflow.afterMs) {
    const message = 'Callers would overflow before anybody else but their last agent is tried.';
    faults.push({ at: ['sticky', 'wait'], code: 'bad-sticky', message, remedy: 'Make sticky.wait shorter than overflow.after.' });
  }
  if (queue.dispositionRequired && dispositions === null) {
    const message = 'A disposition is required, but the queue names no tree of them.';
    faults.push({
      at: ['dispositionRequired'],
      code: 'no-dispositions',
      message,
      remedy: 'Add dispositions: with a tree of flows/dispositions.yaml.',
    });
  }
  faults.push(...wrapUpFaults(wrapUp), ...comfortFaults(comfort));
  return faults;
}

function wrapUpFaults(wrapUp: WrittenQueue['wrapUp']): readonly Fault[] {
  if (wrapUp?.mode !== 'none' && wrapUp?.mode !== 'unlimited') return [];
  return (['time', 'extension'] as const).flatMap((key) => {
    if (wrapUp[key] === undefined) return [];
    const message = `The mode ${wrapUp.mode} has no ${key}.`;
    return [{ at: ['wrapUp', key], code: 'bad-wrap-up', message, remedy: `Remove ${key}:, or choose optional, forced or on-request.` }];
  });
}

function comfortFaults(comfort: WrittenQueue['comfort']): readonly Fault[] {
  if (comfort === undefined || comfort.every === 'none') return [];
  if (comfort.prompts.length > 0 || Object.keys(comfort.keys).length > 0 || comfort.position || comfort.estimatedWait) return [];
  const message = 'There is nothing to say while callers wait.';
  return [{ at: ['comfort'], code: 'bad-comfort', message, remedy: 'Add prompts:, or write every: none.' }];
}

function referencesOf(source: YamlSource, queue: Queue): readonly QueueReference[] {
  const { id, comfort } = queue;
  const named = (kind: QueueReference['kind'], name: string | null, ...at: readonly PropertyKey[]): readonly QueueReference[] =>
    name === null ? [] : [reference(source, ['queues', id, ...at], { owner: id, kind, name })];
  return [
    ...named('calendar', queue.calendar, 'calendar'),
    ...named('dispositions', queue.dispositions, 'dispositions'),
    ...comfort.prompts.flatMap((key, index) => named('prompt', key, 'comfort', 'prompts', index)),
    ...Object.entries(comfort.keys).flatMap(([key, prompt]) => named('prompt', prompt, 'comfort', 'keys', key)),
    ...(['whisper', 'welcome', 'recordingNotice'] as const).flatMap((key) => named('prompt', queue[key], key)),
  ];
}

/** What is there to be named. */
export type KnownNames = Readonly<Record<QueueReference['kind'], ReadonlySet<string>>>;

const KIND_WORDS = {
  prompt: { what: 'prompt', where: 'Add it to sounds/, or name another key.' },
  calendar: { what: 'calendar', where: 'Calendars stand in flows/calendars/.' },
  dispositions: { what: 'tree of dispositions', where: 'Trees stand in flows/dispositions.yaml.' },
  flow: { what: 'flow', where: 'Flows stand in flows/.' },
} as const;

/** A problem for each name that is not there. */
export function missingReferences(references: readonly QueueReference[], known: KnownNames): readonly Problem[] {
  return references
    .filter(({ kind, name }) => !known[kind].has(name))
    .map(({ queue, kind, name, place }) => {
      const { what, where } = KIND_WORDS[kind];
      const names = [...known[kind]].sort();
      const remedy = kind === 'prompt' ? where : `${where} Known: ${names.join(', ') || 'none'}.`;
      return {
        severity: 'error',
        code: `${ROOM}.unknown-${kind}`,
        message: `"${queue}" names the ${what} "${name}", which is not there.`,
        remedy,
        ...place,
      };
    });
}
