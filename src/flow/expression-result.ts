import type { Value } from '../domain/value.ts';
import { Fault } from './fault.ts';

const MAX_DEPTH = 20;

/** A result of the expression library as plain JSON: whole numbers become numbers; what is no JSON is a Fault. Copies only what it must. */
export function plainResult(value: unknown): Value {
  return plain(value, 0);
}

function plain(value: unknown, depth: number): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new Fault('expression', 'the result is not a number (division by zero?)');
      return value;
    case 'bigint':
      if (!Number.isSafeInteger(Number(value))) throw new Fault('expression', 'the result is too large a number');
      return Number(value);
    case 'object':
      return value === null ? null : plainObject(value, depth);
    default:
      throw new Fault('expression', 'the result is missing or no plain value');
  }
}

function plainObject(value: object, depth: number): Value {
  if (depth > MAX_DEPTH) throw new Fault('expression', 'the result is nested too deeply');
  if (Array.isArray(value)) return plainList(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new Fault('expression', 'the result is no plain value');
  let changed = false;
  const entries = Object.entries(value).map(([key, inner]): [string, Value] => {
    const kept = plain(inner, depth + 1);
    changed ||= kept !== inner;
    return [key, kept];
  });
  return changed ? Object.fromEntries(entries) : (value as Value);
}

function plainList(list: readonly unknown[], depth: number): Value {
  let copy: Value[] | null = null;
  for (let i = 0; i < list.length; i += 1) {
    const kept = plain(list[i], depth + 1);
    if (copy === null && kept !== list[i]) copy = list.slice(0, i) as Value[];
    copy?.push(kept);
  }
  return copy ?? (list as Value);
}
