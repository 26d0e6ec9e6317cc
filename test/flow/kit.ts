import type { BrandId } from '../../src/domain/brand.ts';
import type { CallId, SessionId } from '../../src/domain/ids.ts';
import type { Calendar, Interval } from '../../src/domain/opening-hours.ts';
import type { Value } from '../../src/domain/value.ts';
import { ACTIONS } from '../../src/flow/actions.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';
import { type CheckedRelease, type CheckLimits, checkRelease } from '../../src/flow/check.ts';
import type { CollectEnd, Command, Effect, FlowEvent, Input } from '../../src/flow/commands.ts';
import { resume, start, type Turn } from '../../src/flow/interpreter.ts';
import { parseMessages } from '../../src/flow/message-catalogue.ts';
import type { Release } from '../../src/flow/release.ts';
import type { Session, Trigger } from '../../src/flow/session.ts';
import type { World } from '../../src/flow/world.ts';

export const PROMPTS = `
general.goodbye: { tr: "Hoşça kalın.", en: "Goodbye." }
general.technical-trouble: { tr: "Teknik bir sorun var.", en: "There is a technical problem." }
general.no-input: { tr: "Sizi duyamadık.", en: "We did not hear you." }
general.no-match: { tr: "Geçersiz.", en: "Not valid." }
general.one-moment: { tr: "Bir dakika.", en: "One moment." }
test.menu: { tr: "Bir ya da iki.", en: "One or two." }
test.help: { tr: "Lütfen biri tuşlayın.", en: "Please press one." }
test.full: { tr: "Tam menü.", en: "The full menu." }
test.code: { tr: "Kodu tuşlayın.", en: "Enter the code." }
test.empty: { tr: "Önce rakam tuşlayın.", en: "Digits first." }
test.read-back: { tr: "Tuşladığınız: {{code|digits}}.", en: "You entered {{code|digits}}." }
test.count: { tr: "{{n|number}} tane.", en: "{{n|number}} of them." }
test.only-turkish: { tr: "Yalnız Türkçe." }
`;

export const MESSAGES = `
booking.made:
  sms: { tr: "Kodunuz {{code}}.", en: "Your code is {{code}}." }
  webhook: { event: booking.made, code: "{{code}}" }
voicemail.new: { webhook: { recording: "{{recording}}", caller: "{{caller}}" } }
booking.offer: { class: commercial, sms: { tr: "{{code}} {{brand}} {{optOut}}", en: "{{code}} {{brand}} {{optOut}}" } }
booking.mail: { email: { subject: { tr: Kod, en: Code }, text: { tr: "{{code}}", en: "{{code}}" } } }
`;

const noon: readonly Interval[] = [{ from: 540, to: 1080 }];
export const OFFICE: Calendar = {
  id: 'office',
  zone: 'Europe/Istanbul',
  weekly: [noon, noon, noon, noon, noon, [], []],
  holidays: [{ date: '2026-10-29', from: 0, name: { tr: 'Cumhuriyet Bayramı', en: 'Republic Day' } }],
};

/** Monday 2026-11-23, 10:00 in Istanbul. */
export const MONDAY = Date.UTC(2026, 10, 23, 7, 0);

export interface Sources {
  readonly prompts?: string;
  readonly messages?: string;
  readonly recordings?: readonly string[];
  readonly limits?: CheckLimits;
}

/** Checks flows given by name. */
export function check(
  flows: Readonly<Record<string, string>>,
  { prompts = PROMPTS, messages = MESSAGES, recordings = [], limits }: Sources = {},
): CheckedRelease {
  const catalogue = parseCatalogue([{ path: 'sounds/test.yaml', text: prompts }]);
  return checkRelease({
    files: Object.entries(flows).map(([name, text]) => ({ path: `flows/${name}.yaml`, text })),
    catalogue: catalogue.entries,
    catalogueIncomplete: catalogue.incomplete,
    calendars: new Map([[OFFICE.id, OFFICE]]),
    actions: ACTIONS,
    messages: parseMessages([{ path: 'flows/messages/test.yaml', text: messages }]).entries,
    recordings: new Set(recordings),
    connectors: new Set(['crm', 'dealer-system']),
    queues: new Set(['support', 'sales']),
    callbackGroups: new Set(['support', 'sales']),
    departments: new Set(['service', 'sales']),
    ...(limits === undefined ? {} : { limits }),
  });
}

/** A release of flows that must be free of errors. */
export function release(flows: Readonly<Record<string, string>>, sources: Sources = {}, id = 1): Release {
  const { flows: compiled, problems } = check(flows, sources);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((one) => `${one.file}:${one.line} ${one.code} ${one.message}`).join('\n'));
  const catalogue = parseCatalogue([{ path: 'sounds/test.yaml', text: sources.prompts ?? PROMPTS }]).entries;
  return { id, flows: compiled, catalogue, calendars: new Map([[OFFICE.id, OFFICE]]) };
}

export const LIMITS = { maxTransitions: 100, maxSubflowDepth: 8, maxTextLength: 2000, maxSessionBytes: 262_144 };

export function worldOf(made: Release, more: Partial<World> = {}): World {
  return { now: MONDAY, zone: 'Europe/Istanbul', release: made, limits: LIMITS, random: 0.5, ...more };
}

export const TRIGGER: Trigger = {
  kind: 'inbound',
  sessionId: 'ses_test' as SessionId,
  callId: 'call_test' as CallId,
  brand: 'santral' as BrandId,
  did: '1000',
  ani: '+905550000012',
  language: 'tr',
  params: {},
};

/** What an input says besides its step. */
export type Doing = Input extends infer I ? (I extends { step: number } ? Omit<I, 'step'> : I) : never;

/**
 * One session, driven step by step. Between every two steps it is serialised and revived, and `answer`, `play` and what
 * is not asked of a caller is left to the test.
 */
export class Driven {
  turn: Turn;
  readonly events: FlowEvent[] = [];
  readonly effects: Effect[] = [];
  world: World;

  constructor(turn: Turn, world: World) {
    this.turn = turn;
    this.world = world;
    this.events.push(...turn.events);
    this.effects.push(...turn.effects);
  }

  get session(): Session {
    return this.turn.session;
  }

  get command(): Command | null {
    return this.turn.command;
  }

  /** The words of the command that is waited for. */
  get words(): string {
    const { command } = this;
    return command !== null && 'items' in command ? command.items.map(({ text }) => text).join(' ') : '';
  }

  get node(): string {
    return this.session.stack.at(-1)?.node ?? '';
  }

  vars(): Readonly<Record<string, Value>> {
    return this.session.stack.at(-1)?.vars ?? {};
  }

  do(doing: Doing): this {
    const input = (doing.kind === 'hung-up' || doing.kind === 'restarted' ? doing : { ...doing, step: this.session.step }) as Input;
    const revived = JSON.parse(JSON.stringify(this.session)) as Session;
    this.turn = resume(revived, input, this.world);
    this.events.push(...this.turn.events);
    this.effects.push(...this.turn.effects);
    return this;
  }

  /** Lets announcements play until the caller is asked, something outside is waited for, or the end. */
  listen(): this {
    while (this.command?.kind === 'play' || this.command?.kind === 'answer')
      this.do(this.command.kind === 'answer' ? { kind: 'answered' } : { kind: 'finished', heard: 'all' });
    return this;
  }

  press(digits: string, end: CollectEnd = 'matched'): this {
    return this.do({ kind: 'digits', digits, end });
  }

  silence(): this {
    return this.do({ kind: 'silence' });
  }

  /** The events of the last turn of one kind. */
  last<K extends FlowEvent['kind']>(kind: K): Extract<FlowEvent, { kind: K }>[] {
    return this.turn.events.filter((event): event is Extract<FlowEvent, { kind: K }> => event.kind === kind);
  }

  faults(): string[] {
    return this.events.flatMap((event) => (event.kind === 'fault' ? [event.code] : []));
  }
}

/** Begins a session of the flow `main`, or another one. */
export function call(
  flows: string | Readonly<Record<string, string>>,
  options: {
    readonly flow?: string;
    readonly trigger?: Partial<Trigger>;
    readonly world?: Partial<World>;
    readonly sources?: Sources;
  } = {},
): Driven {
  const made = release(typeof flows === 'string' ? { main: flows } : flows, options.sources);
  const world = worldOf(made, options.world);
  return new Driven(start(options.flow ?? 'main', { ...TRIGGER, ...options.trigger }, world), world);
}

/** A flow named main out of its nodes, with an end to lead to. */
export function flow(nodes: string, head = ''): string {
  const indented = nodes
    .replace(/^\n/, '')
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  return `flow: main\nstart: begin\n${head}\nnodes:\n${indented}\n  bye: { type: hangup, prompt: general.goodbye }\n`;
}
