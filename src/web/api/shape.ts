import { ApiError } from './client.ts';

/** Reads a field of something the engine sent; a wrong shape is told with its place. */
export interface Shape {
  text(name: string): string;
  optionalText(name: string): string | null;
  number(name: string): number;
  flag(name: string): boolean;
  list(name: string): readonly Shape[];
  texts(name: string): readonly string[];
  child(name: string): Shape;
  has(name: string): boolean;
  readonly raw: unknown;
}

/** Wraps a parsed JSON object; throws `web.unexpected` when it is none. */
export function shape(value: unknown, place: string): Shape {
  const fields = asObject(value, place);
  const field = <T>(name: string, good: (value: unknown) => value is T, wanted: string): T => {
    const found = fields[name];
    if (!good(found)) throw wrong(`${place}.${name}`, wanted);
    return found;
  };
  return {
    raw: value,
    text: (name) => field(name, isText, 'text'),
    optionalText: (name) => (isText(fields[name]) ? fields[name] : null),
    number: (name) => field(name, isNumber, 'a number'),
    flag: (name) => fields[name] === true,
    list: (name) => field(name, isList, 'a list').map((item, index) => shape(item, `${place}.${name}[${index}]`)),
    texts: (name) => field(name, isTexts, 'a list of texts'),
    child: (name) => shape(fields[name], `${place}.${name}`),
    has: (name) => fields[name] !== undefined && fields[name] !== null,
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isTexts = (value: unknown): value is string[] => isList(value) && value.every(isText);

function asObject(value: unknown, place: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(place, 'an object');
  return value as Record<string, unknown>;
}

function wrong(place: string, wanted: string): ApiError {
  return new ApiError('web.unexpected', 200, `${place} is not ${wanted}`);
}
