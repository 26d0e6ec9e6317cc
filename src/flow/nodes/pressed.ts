import type { CollectEnd } from '../commands.ts';
import type { StepInput } from '../compiled.ts';
import type { Machine } from '../machine.ts';
import type { Failure } from './ladder.ts';

/** What was pressed where options are offered, told to the journal; or why it is none of them. */
export function pressed(m: Machine, input: StepInput, isOption: (keys: string) => boolean): string | { readonly failure: Failure } {
  if (input.kind !== 'digits') return { failure: 'noInput' };
  const { digits } = input;
  const matched = input.end === 'matched' && isOption(digits);
  const end: CollectEnd = matched || input.end !== 'matched' ? input.end : 'no-match';
  m.events.push({ kind: 'digits', node: m.top.node, digits, length: digits.length, end });
  if (matched) return digits;
  return { failure: end === 'empty' ? 'empty' : 'noMatch' };
}
