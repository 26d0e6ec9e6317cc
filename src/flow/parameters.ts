import { isValueMap, type Value, type ValueMap } from '../domain/value.ts';
import { Fault } from './fault.ts';

/** The kinds of values that parameters and results may be told to have. */
export const VALUE_TYPES = ['text', 'number', 'boolean', 'list', 'map', 'any'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** What a flow says of one of its parameters. */
export interface Parameter {
  readonly type: ValueType;
  readonly required: boolean;
  /** Somebody's own affair (a code, a debt): it may be heard, and stays out of the journal. */
  readonly personal: boolean;
  /** What counts when nothing is given. */
  readonly fallback: Value;
}

const KEYS = new Set(['type', 'required', 'default', 'personal']);

/** `{ type: text, required: true }` or `{ type: number, default: 3 }`; everything else is a default of any type. */
export function parameterOf(declared: Value): Parameter {
  if (!isDeclaration(declared)) return { type: 'any', required: false, personal: false, fallback: declared };
  const type = VALUE_TYPES.find((one) => one === declared['type']) ?? 'any';
  const { required, personal, default: fallback = null } = declared;
  return { type, required: required === true, personal: personal === true, fallback };
}

/** Whether it tells a type, and is no map that happens to be a default. */
export function isDeclaration(declared: Value): declared is ValueMap {
  return isValueMap(declared) && typeof declared['type'] === 'string' && Object.keys(declared).every((key) => KEYS.has(key));
}

export function typeOf(value: Value): Exclude<ValueType, 'any'> | null {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
    case 'boolean':
      return typeof value as 'number' | 'boolean';
    default:
      return value === null ? null : Array.isArray(value) ? 'list' : 'map';
  }
}

/** Whether a value is of the type; null, that is nothing, is of every type. */
export function isOfType(value: Value, type: ValueType): boolean {
  const own = typeOf(value);
  return type === 'any' || own === null || own === type;
}

/** Throws a Fault that names the first parameter which is missing or of another type. Values are not told. */
export function checkGiven(flow: string, takes: Readonly<Record<string, Parameter>>, given: ValueMap): void {
  for (const [name, { type, required }] of Object.entries(takes)) {
    const value = Object.hasOwn(given, name) ? (given[name] ?? null) : null;
    if (required && value === null) throw new Fault('bad-parameter', `${flow} needs the parameter ${name} and did not get it`);
    if (!isOfType(value, type))
      throw new Fault('bad-parameter', `${flow}: the parameter ${name} must be ${named(type)}, not ${named(typeOf(value) ?? 'any')}`);
  }
}

/** Throws a Fault when a result is not of the type that the flow promises. */
export function checkResults(flow: string, gives: Readonly<Record<string, ValueType>>, results: ValueMap): void {
  for (const [name, type] of Object.entries(gives)) {
    const value = results[name] ?? null;
    if (!isOfType(value, type))
      throw new Fault('bad-result', `${flow}: the result ${name} must be ${named(type)}, not ${named(typeOf(value) ?? 'any')}`);
  }
}

/** With its article, for sentences. */
export function named(type: ValueType): string {
  return type === 'text' ? 'text' : type === 'boolean' ? 'true or false' : type === 'any' ? 'anything' : `a ${type}`;
}

/** Results are a list of names, or a map of names and types. */
export function resultsOf(
  declared: readonly string[] | Readonly<Record<string, ValueType>> | undefined,
): Readonly<Record<string, ValueType>> {
  if (declared === undefined) return {};
  return isNameList(declared) ? Object.fromEntries(declared.map((name) => [name, 'any' as const])) : declared;
}

function isNameList(declared: readonly string[] | Readonly<Record<string, ValueType>>): declared is readonly string[] {
  return Array.isArray(declared);
}
