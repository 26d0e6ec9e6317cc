import type { E164 } from '../../domain/phone-number.ts';
import { isValueMap } from '../../domain/value.ts';
import type { CollectSpec } from '../commands.ts';
import { type Behaviour, exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { cause } from '../effects.ts';
import { CALLBACK_DEFAULTS } from '../engine-defaults.ts';
import { counter, type Machine } from '../machine.ts';
import { collect, play } from '../play.ts';
import { joinRendered, type Prompts } from '../prompts.ts';
import { personOf } from '../session.ts';
import { pressed } from './pressed.ts';

export interface Arranging {
  readonly group: string;
  readonly reason: string;
  /** Where the place counts from, UTC ms; null: from now on. */
  since(m: Machine): number | null;
  /** How often each question is heard at most. */
  readonly attempts: number;
  readonly keys: Readonly<Record<'yes' | 'no' | 'leave', string>>;
  readonly prompts: Readonly<Record<'offer' | 'ask' | 'bad' | 'done', Prompts>>;
  readonly offerSpec: CollectSpec;
  readonly numberSpec: CollectSpec;
  /** null: not a number that can be called. */
  numberOf(text: string): E164 | null;
}

/** Where the talk stands: a number is offered, one is keyed, or the request is stored. */
type Stage = { readonly kind: 'offer'; readonly number: E164 } | { readonly kind: 'number' } | { readonly kind: 'stored' };

export function arrangeCallback(arranging: Arranging): Behaviour {
  return {
    enter(m) {
      const own = arranging.numberOf(personOf(m.trigger));
      return own === null ? askNumber(m, arranging, false) : offer(m, arranging, own);
    },
    again(m) {
      const stage = stageOf(m);
      if (stage.kind === 'stored') return NEXT;
      return stage.kind === 'offer' ? offer(m, arranging, stage.number) : askNumber(m, arranging, false);
    },
    resume(m, input) {
      const stage = stageOf(m);
      switch (stage.kind) {
        case 'offer':
          return offered(m, arranging, stage.number, input);
        case 'number':
          return keyed(m, arranging, input);
        case 'stored':
          return NEXT;
      }
    },
  };
}

/** Offers a number; it is the read-back of one that was keyed, too. */
function offer(m: Machine, { prompts, keys, offerSpec }: Arranging, number: E164): Outcome {
  m.top.local = { number };
  return collect(m, prompts.offer.render(m, { number, ...keys }), offerSpec);
}

function offered(m: Machine, arranging: Arranging, number: E164, input: StepInput): Outcome {
  const { keys, attempts } = arranging;
  const digits = pressed(m, input, (key) => Object.values(keys).includes(key));
  if (digits === keys.yes) return store(m, arranging, number);
  if (digits === keys.leave) return told(m, 'declined');
  if (digits === keys.no) return askNumber(m, arranging, false);
  // Who says nothing does not ask to be called.
  const unanswered = counter(m, 'unanswered') + 1;
  m.top.counters = { ...m.top.counters, unanswered };
  if (input.kind !== 'digits') m.events.push({ kind: 'no-input', node: m.top.node, count: unanswered });
  return unanswered >= attempts ? told(m, 'noNumber') : offer(m, arranging, number);
}

function askNumber(m: Machine, { prompts, attempts, numberSpec }: Arranging, wasBad: boolean): Outcome {
  const asked = counter(m, 'asked') + 1;
  if (asked > attempts) return told(m, 'noNumber');
  m.top.counters = { asked };
  m.top.local = null;
  const question = prompts.ask.render(m, { end: CALLBACK_DEFAULTS.end });
  return collect(m, wasBad ? joinRendered([prompts.bad.render(m), question]) : question, numberSpec);
}

/** Only how many digits were keyed is told: they are somebody's number. */
function keyed(m: Machine, arranging: Arranging, input: StepInput): Outcome {
  if (input.kind !== 'digits') {
    m.events.push({ kind: 'no-input', node: m.top.node, count: counter(m, 'asked') });
    return askNumber(m, arranging, false);
  }
  const number = input.end === 'matched' ? arranging.numberOf(input.digits) : null;
  const end = input.end === 'matched' && number === null ? 'no-match' : input.end;
  m.events.push({ kind: 'digits', node: m.top.node, digits: null, length: input.digits.length, end });
  return number === null ? askNumber(m, arranging, end !== 'empty') : offer(m, arranging, number);
}

function store(m: Machine, { group, reason, prompts, since }: Arranging, number: E164): Outcome {
  cause(m, { kind: 'callback', draft: { group, number, language: m.language, reason, origin: 'flow', since: since(m) } });
  m.top.local = { stored: true };
  m.events.push({ kind: 'result', node: m.top.node, name: 'callback', outcome: 'stored' });
  return play(m, prompts.done, 'keep') ?? NEXT;
}

function told(m: Machine, exit: 'declined' | 'noNumber'): Outcome {
  m.events.push({ kind: 'result', node: m.top.node, name: 'callback', outcome: exit });
  return exitBy(exit);
}

function stageOf(m: Machine): Stage {
  const { local } = m.top;
  if (!isValueMap(local)) return { kind: 'number' };
  const { number, stored } = local;
  if (stored === true) return { kind: 'stored' };
  return typeof number === 'string' ? { kind: 'offer', number: number as E164 } : { kind: 'number' };
}
