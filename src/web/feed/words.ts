import { DIAL_OUTCOMES, type DialOutcome } from '../../domain/dial-outcome.ts';
import type { TerminationKind } from '../../domain/termination.ts';
import type { IconName } from '../icons.tsx';

/** The node types we have a word and a picture for, which are all of today's; others show their own name. */
const NODE_ICONS = {
  say: 'speaker',
  menu: 'keypad',
  collect: 'keypad',
  record: 'record',
  set: 'box',
  branch: 'branch',
  http: 'globe',
  action: 'search',
  language: 'language',
  hours: 'clock',
  subflow: 'layers',
  transfer: 'forward',
  hangup: 'hangUp',
  return: 'arrow',
  queue: 'people',
  answer: 'phone',
  notify: 'mail',
  voicemail: 'record',
  consent: 'question',
  'opt-out': 'lock',
  'callback-request': 'phone',
  choose: 'keypad',
  loop: 'keypad',
  split: 'branch',
  date: 'calendar',
  time: 'clock',
  pin: 'lock',
  'missed-call': 'phone',
  'record-call': 'record',
} as const satisfies Record<string, IconName>;
export type NodeType = keyof typeof NODE_ICONS;

export function nodeType(type: string): NodeType | null {
  return Object.hasOwn(NODE_ICONS, type) ? (type as NodeType) : null;
}

export function nodeIcon(type: string): IconName {
  const known = nodeType(type);
  return known === null ? 'box' : NODE_ICONS[known];
}

/** A record, so that a new kind of termination does not compile until it has its words. */
const TERMINATIONS: Record<TerminationKind, true> = {
  'caller-hung-up': true,
  'flow-hung-up': true,
  'ended-by-user': true,
  refused: true,
  'not-reached': true,
  'machine-answered': true,
  'left-while-away': true,
  'asterisk-lost': true,
  failed: true,
};

export function termination(kind: string | undefined): TerminationKind | null {
  return kind !== undefined && Object.hasOwn(TERMINATIONS, kind) ? (kind as TerminationKind) : null;
}

const COLLECT_ENDS = ['matched', 'incomplete', 'no-match', 'empty'] as const;
export type CollectEnd = (typeof COLLECT_ENDS)[number];

export function collectEnd(end: string): CollectEnd | null {
  return COLLECT_ENDS.find((known) => known === end) ?? null;
}

const DIAL_TARGETS = ['extension', 'number'] as const;

export function dialTarget(target: string): (typeof DIAL_TARGETS)[number] | null {
  return DIAL_TARGETS.find((known) => known === target) ?? null;
}

export function dialOutcome(outcome: string): DialOutcome | null {
  return DIAL_OUTCOMES.find((known) => known === outcome) ?? null;
}

/** `+0:07`: how long after the call began. Both UTC ms. */
export function sinceStart(at: number, startedAt: number): string {
  const seconds = Math.max(0, Math.round((at - startedAt) / 1000));
  return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
