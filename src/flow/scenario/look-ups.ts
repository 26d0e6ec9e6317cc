import type { Value, ValueMap } from '../../domain/value.ts';
import type { Wait } from '../playing/play.ts';
import type { GivenAnswer, GivenLookUp } from './scenario.ts';

type LookUp = Extract<Wait, { kind: 'look-up' }>['command'];

/** What a look-up is called: `dealers.by-province`, `GET https://crm.example/orders/7`, or `GET dealer-system/orders/7`. */
export function nameOfLookUp(command: LookUp): string {
  return command.kind === 'action' ? command.action : `${command.method} ${addressOf(command)}`;
}

/** Where a request goes; on a connector its name stands for scheme and host. */
function addressOf({ connector = '', url }: Extract<LookUp, { kind: 'http' }>): string {
  return `${connector}${url}`;
}

/** What it is asked with. */
export function askedWith(command: LookUp): ValueMap {
  if (command.kind === 'action') return command.params;
  return { method: command.method, url: addressOf(command), body: command.body };
}

/** A look-up's given answers, by the first name that fits. */
export function givenFor(lookUps: readonly GivenLookUp[], command: LookUp): GivenLookUp | undefined {
  return lookUps.find(({ name }) => fitsName(name, command));
}

/** Whether a scenario's name for a look-up means an address, not an action. */
export function isAddress(name: string): boolean {
  return name.includes('/');
}

function fitsName(name: string, command: LookUp): boolean {
  if (command.kind === 'action') return name === command.action;
  if (!isAddress(name)) return false;
  const [, method, url = ''] = /^(?:([A-Z]+) )?(.*)$/s.exec(name) ?? [];
  return (method === undefined || method === command.method) && fitsPattern(url.split('*'), addressOf(command));
}

/** `*` stands for anything; without regular expressions, so that no pattern runs for ever. */
function fitsPattern([first = '', ...rest]: readonly string[], text: string): boolean {
  if (!text.startsWith(first)) return false;
  const last = rest.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** The answer to the nth asking, from 0. */
export function answerAt(given: GivenLookUp, nth: number): GivenAnswer {
  return given.answers[Math.min(nth, given.answers.length - 1)] as GivenAnswer;
}

/** Whether all that is expected is there: of maps the keys that are named, of lists every item, else the same value. */
export function holds(expected: Value | undefined, actual: Value | undefined): boolean {
  if (Array.isArray(expected))
    return (
      Array.isArray(actual) && actual.length === expected.length && expected.every((one, at) => holds(one as Value, actual[at] as Value))
    );
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
    return Object.entries(expected).every(([key, one]) => Object.hasOwn(actual, key) && holds(one as Value, (actual as ValueMap)[key]));
  }
  return expected === actual;
}
