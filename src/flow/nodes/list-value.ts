import type { Value } from '../../domain/value.ts';
import type { Expression } from '../expression.ts';
import { Fault } from '../fault.ts';
import { type Machine, scopeOf } from '../machine.ts';

/** The list that an expression gives; null, as a look-up that found nothing gives it, is an empty one. */
export function listOf(m: Machine, expression: Expression): readonly Value[] {
  const value = expression.evaluate(scopeOf(m));
  if (value === null) return [];
  if (!Array.isArray(value)) throw new Fault('not-a-list', `${expression.source}: gives no list`);
  return value as readonly Value[];
}
