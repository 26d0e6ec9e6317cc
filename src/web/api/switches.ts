import type { Language } from '../../domain/language.ts';
import { request } from './client.ts';
import { type Shape, shape } from './shape.ts';

/** The emergency announcement as it stands. */
export interface Emergency {
  readonly on: boolean;
  /** Callers hear it at this moment. */
  readonly inForce: boolean;
  readonly text: Readonly<Record<Language, string | null>>;
  readonly from: number | null;
  readonly until: number | null;
  readonly changed: { readonly at: number; readonly by: string; readonly via: 'api' | 'phone' } | null;
  readonly hasPin: boolean;
}

export interface EmergencyChange {
  readonly on: boolean;
  readonly text: Readonly<Partial<Record<Language, string>>>;
  readonly until: number | null;
}

export async function askEmergency(): Promise<Emergency> {
  const [first] = shape(await request('GET', '/switches'), 'switches').list('items');
  return emergencyFrom(first ?? shape({}, 'switch'));
}

export async function setEmergency(change: EmergencyChange): Promise<Emergency> {
  return emergencyFrom(shape(await request('PUT', '/switches/emergency', change), 'switch'));
}

/** null takes it away. */
export async function setEmergencyPin(pin: string | null): Promise<void> {
  if (pin === null) await request('DELETE', '/switches/emergency/pin');
  else await request('PUT', '/switches/emergency/pin', { pin });
}

function emergencyFrom(row: Shape): Emergency {
  const text = row.child('text');
  const changed = row.has('changed') ? row.child('changed') : null;
  return {
    on: row.flag('on'),
    inForce: row.flag('inForce'),
    text: { tr: text.optionalText('tr'), en: text.optionalText('en') },
    from: row.has('from') ? row.number('from') : null,
    until: row.has('until') ? row.number('until') : null,
    changed:
      changed === null
        ? null
        : { at: changed.number('at'), by: changed.text('by'), via: changed.text('via') === 'phone' ? 'phone' : 'api' },
    hasPin: row.flag('hasPin'),
  };
}
