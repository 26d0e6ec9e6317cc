import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { splitPins } from '../config/schemas.ts';
import { SantralError } from '../domain/errors.ts';
import type { Survey } from '../domain/survey.ts';
import { SWITCHES, type SwitchName } from '../domain/switch.ts';
import type { SourceText } from '../domain/yaml-source.ts';
import type { Release } from '../flow/release.ts';
import type { ActionHandler } from '../ports/actions.ts';
import type { Log } from '../ports/log.ts';
import type { Stores } from '../ports/stores.ts';
import { createAppointments } from '../services/appointments/appointments.ts';
import { importAppointments } from '../services/appointments/import-appointments.ts';
import { createPasswords } from '../services/auth/passwords.ts';
import { createDealers } from '../services/dealers/dealers.ts';
import { pinActions } from '../services/pins/pin-actions.ts';
import { createSwitches } from '../services/switches/switches.ts';
import { systemIds as ids } from '../system-clock.ts';
import { surveysInMemory } from './memory-surveys.ts';

/** What a call in the terminal finds: files, and how the switches stand. */
export interface Trial {
  /** dealers.csv; null: there are no dealers. */
  readonly dealers: Uint8Array | null;
  /** Services, calendars and customers; null: nothing can be booked. */
  readonly appointments: SourceText | null;
  readonly surveys: ReadonlyMap<string, Survey>;
  readonly release: Release;
  /** UTC ms: it stands still. */
  readonly now: number;
  /** Switches that are on. */
  readonly on: readonly string[];
  /** The secret by which the telephone turns them; null: nobody chose one. */
  readonly pin: string | null;
}

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT };

/** All actions of flows over stores that are thrown away after the call. Rejects with `request.invalid` for files that cannot be read. */
export async function trialActions(stores: Stores, config: Config, trial: Trial): Promise<Readonly<Record<string, ActionHandler>>> {
  const { brand, zone, language } = config;
  const clock = { now: () => trial.now };
  const dealers = createDealers({ stores, clock, log: SILENT });
  if (trial.dealers !== null) await dealers.importCsv(brand, trial.dealers, { dryRun: false });
  if (trial.appointments !== null) await bringAppointments(stores, config, trial.appointments, trial.now);
  const appointments = createAppointments({
    stores,
    dealers,
    holidays: (calendar) => trial.release.calendars.get(calendar)?.holidays,
    // Whoever is told of appointments is not told of trials.
    subscribed: () => false,
    clock,
    ids,
    random: randomBytes,
    settings: { zone, holdMs: config.appointmentHoldSeconds * 1000, language },
  });
  return {
    ...dealers.actions,
    ...appointments.actions,
    ...surveysInMemory(trial.surveys, brand),
    ...(await switchActionsOf(stores, config, trial)),
    ...pinActions({ pins: new Map(splitPins(config.pins ?? '')), clock }),
  };
}

async function bringAppointments(stores: Stores, { brand }: Config, file: SourceText, now: number): Promise<void> {
  const { problems } = await importAppointments(stores, { brand, file, now, dryRun: false });
  if (problems.length === 0) return;
  const told = problems.map(({ line, column, message, remedy }) => `${file.path}:${line}:${column} ${message} ${remedy}`);
  throw new SantralError('request.invalid', told.join('\n'));
}

async function switchActionsOf(stores: Stores, { brand }: Config, { now, on, pin }: Trial) {
  const by = { actor: 'terminal', via: 'phone' } as const;
  const passwords = createPasswords((bytes) => randomBytes(bytes));
  const { switches: store, audit } = stores;
  const switches = createSwitches({ store, audit, passwords, clock: { now: () => now }, ids, prepare: () => {} });
  for (const name of on) await switches.set(brand, switchOf(name), { on: true, text: {}, from: null, until: null }, by);
  if (pin !== null) for (const name of SWITCHES) await switches.setPin(brand, name, pin, by.actor);
  return switches.actions;
}

function switchOf(name: string): SwitchName {
  const found = SWITCHES.find((one) => one === name);
  if (found === undefined) throw new SantralError('request.invalid', `There is no switch "${name}". Switches: ${SWITCHES.join(', ')}.`);
  return found;
}
