import type { AuditEntry } from '../../domain/audit.ts';
import type { BrandId } from '../../domain/brand.ts';
import { SantralError } from '../../domain/errors.ts';
import type { IdSource } from '../../domain/ids.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { PinVerdict } from '../../domain/pin-verdict.ts';
import { isInForce, SWITCHES, type SwitchName, type SwitchState } from '../../domain/switch.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SwitchStore } from '../../ports/switches.ts';
import type { Passwords } from '../auth/passwords.ts';
import { switchActions } from './switch-actions.ts';
import type { ChangedBy, SwitchChange } from './switch-change.ts';
import { judgePin, weaknessOf } from './switch-pins.ts';

/** A switch as supervisors see it. */
export interface SwitchView extends Omit<SwitchState, 'changedAt' | 'changedBy' | 'changedVia'> {
  /** It is on, and its time has come and is not over. */
  readonly inForce: boolean;
  /** null: nobody ever touched it. */
  readonly changed: Pick<SwitchState, 'changedAt' | 'changedBy' | 'changedVia'> | null;
  /** The telephone can switch it. */
  readonly hasPin: boolean;
}

export interface SwitchDeps {
  readonly store: SwitchStore;
  readonly passwords: Passwords;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly audit: Pick<AuditStore, 'add'>;
  /** Makes words ready to be heard, so that the first caller does not wait for them. Never rejects. */
  readonly prepare: (words: readonly { readonly text: string; readonly language: Language }[]) => void;
}

/** Switches: what a supervisor turns on and off for all callers. Every change is noted with who made it. */
export interface Switches {
  readonly actions: Readonly<Record<string, ActionHandler>>;
  list(brand: BrandId): Promise<readonly SwitchView[]>;
  /** Takes effect with the next caller. Rejects with `request.invalid` when it would be over before it begins. */
  set(brand: BrandId, name: SwitchName, change: SwitchChange, by: ChangedBy): Promise<SwitchView>;
  /** The secret of the telephone; null takes it away. Rejects with `request.invalid` for one that is easily guessed. */
  setPin(brand: BrandId, name: SwitchName, pin: string | null, actor: string): Promise<void>;
}

export function createSwitches(deps: SwitchDeps): Switches {
  const { store, passwords, clock, ids, audit, prepare } = deps;

  function line(brand: BrandId, name: SwitchName, what: AuditEntry['what'], by: ChangedBy, details: AuditEntry['details']): AuditEntry {
    return { id: ids.next('audit'), brand, at: clock.now(), ...by, what, subject: name, details };
  }

  async function view(brand: BrandId, name: SwitchName): Promise<SwitchView> {
    const [state, pin] = await Promise.all([store.get(brand, name), store.pin(brand, name)]);
    return viewOf(brand, name, state, pin !== undefined, clock.now());
  }

  async function set(brand: BrandId, name: SwitchName, change: SwitchChange, by: ChangedBy): Promise<SwitchView> {
    const { on, text, from, until } = change;
    if (until !== null && until <= Math.max(from ?? 0, on ? clock.now() : 0))
      throw new SantralError('request.invalid', 'The end must come after the beginning, and must not have passed already.', {
        details: { errors: [{ path: 'body.until', code: 'too_small', message: 'must come after the beginning and after now' }] },
      });
    const entry = line(brand, name, 'switch-set', by, {
      on,
      from,
      until,
      texts: LANGUAGES.filter((language) => text[language] !== undefined),
    });
    await store.put({ brand, name, on, text, from, until, changedAt: entry.at, changedBy: by.actor, changedVia: by.via }, entry);
    if (on) prepare(LANGUAGES.flatMap((language) => (text[language] === undefined ? [] : [{ language, text: text[language] }])));
    return view(brand, name);
  }

  async function judge(brand: BrandId, name: SwitchName, pin: string, actor: string): Promise<PinVerdict> {
    const verdict = await judgePin({ store, passwords, now: clock.now() }, { brand, name }, pin);
    if (verdict === 'wrong') await audit.add(line(brand, name, 'switch-pin-wrong', { actor, via: 'phone' }, {}));
    return verdict;
  }

  return {
    actions: switchActions({ state: (brand, name) => store.get(brand, name), set, judge, now: () => clock.now() }),
    list: (brand) => Promise.all(SWITCHES.map((name) => view(brand, name))),
    set,
    async setPin(brand, name, pin, actor) {
      const weakness = pin === null ? undefined : weaknessOf(pin);
      if (weakness !== undefined)
        throw new SantralError('request.invalid', `The secret ${weakness}.`, {
          details: { errors: [{ path: 'body.pin', code: 'weak', message: weakness }] },
        });
      const hash = pin === null ? null : await passwords.hash(pin);
      await store.putPin(brand, name, hash, line(brand, name, 'switch-pin-set', { actor, via: 'api' }, { set: pin !== null }));
    },
  };
}

function viewOf(brand: BrandId, name: SwitchName, state: SwitchState | undefined, hasPin: boolean, now: number): SwitchView {
  if (state === undefined) return { brand, name, on: false, text: {}, from: null, until: null, inForce: false, changed: null, hasPin };
  const { changedAt, changedBy, changedVia, ...rest } = state;
  return { ...rest, inForce: isInForce(state, now), changed: { changedAt, changedBy, changedVia }, hasPin };
}
