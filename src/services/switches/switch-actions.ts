import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { PinVerdict } from '../../domain/pin-verdict.ts';
import { isInForce, isSwitch, SWITCHES, type SwitchName, type SwitchState } from '../../domain/switch.ts';
import type { Value, ValueMap } from '../../domain/value.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { ChangedBy, SwitchChange } from './switch-change.ts';

interface Doing {
  state(brand: BrandId, name: SwitchName): Promise<SwitchState | undefined>;
  set(brand: BrandId, name: SwitchName, change: SwitchChange, by: ChangedBy): Promise<unknown>;
  judge(brand: BrandId, name: SwitchName, pin: string, actor: string): Promise<PinVerdict>;
  now(): number;
}

type SwitchAction = 'switches.get' | 'switches.check-pin' | 'switches.set';

/** What flows do with switches. `by` is kept masked: numbers of callers live with their calls alone. */
export function switchActions({ state, set, judge, now }: Doing): Record<SwitchAction, ActionHandler> {
  return {
    'switches.get': async (params, { brand }) => spoken(await state(brand, nameIn(params)), now()),
    'switches.check-pin': async (params, { brand }) => judge(brand, nameIn(params), textIn(params, 'pin'), actorIn(params)),
    'switches.set': async (params, { brand }) => {
      const name = nameIn(params);
      const actor = actorIn(params);
      const { on } = params;
      if (typeof on !== 'boolean') throw refused('on', 'true or false');
      const verdict = await judge(brand, name, textIn(params, 'pin'), actor);
      if (verdict !== 'right') throw new SantralError('request.forbidden', `The secret of the switch ${name} is ${verdict}.`);
      const { text = {} } = (await state(brand, name)) ?? {};
      // What was said over the web stays; its times are over: the telephone means now.
      await set(brand, name, { on, text, from: null, until: null }, { actor, via: 'phone' });
      return spoken(await state(brand, name), now());
    },
  };
}

/** A switch as flows see it: empty texts where the prompt of the catalogue is to be heard. */
function spoken(state: SwitchState | undefined, now: number): Value {
  if (state === undefined || !isInForce(state, now)) return { on: false, tr: '', en: '' };
  return { on: true, tr: state.text.tr ?? '', en: state.text.en ?? '' };
}

function nameIn(params: ValueMap): SwitchName {
  const name = params['switch'];
  if (!isSwitch(name)) throw refused('switch', `one of ${SWITCHES.join(', ')}`);
  return name;
}

function textIn(params: ValueMap, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

function actorIn(params: ValueMap): string {
  return maskNumber(textIn(params, 'by')) || 'unknown';
}

function refused(name: string, wanted: string): SantralError {
  return new SantralError('request.invalid', `The parameter "${name}" must be ${wanted}.`, { details: { parameter: name } });
}
