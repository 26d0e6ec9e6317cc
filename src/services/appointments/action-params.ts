import { SantralError } from '../../domain/errors.ts';
import { type AppointmentId, parseId } from '../../domain/ids.ts';
import type { ValueMap } from '../../domain/value.ts';

/** A parameter as text, blanks cut off; empty when it was not given. */
export function textParam(params: ValueMap, name: string): string {
  const value = params[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A parameter that must be there. Throws `request.invalid`. */
export function neededParam(params: ValueMap, name: string): string {
  const text = textParam(params, name);
  if (text === '') throw refused(name, 'given');
  return text;
}

/** A whole number within bounds; the fallback when it was not given. Throws `request.invalid`. */
export function numberParam(params: ValueMap, name: string, fallback: number, [least, most]: readonly [number, number]): number {
  const text = textParam(params, name);
  const value = text === '' ? fallback : Number(text);
  if (!Number.isInteger(value) || value < least || value > most) throw refused(name, `a whole number from ${least} to ${most}`);
  return value;
}

/** The id of an appointment. Throws `request.invalid`. */
export function appointmentParam(params: ValueMap, name: string): AppointmentId {
  const id = parseId('appointment', neededParam(params, name));
  if (id === undefined) throw refused(name, 'the id of an appointment, as an action gave it');
  return id;
}

export function refused(name: string, wanted: string): SantralError {
  return new SantralError('request.invalid', `The parameter "${name}" must be ${wanted}.`, { details: { parameter: name } });
}
