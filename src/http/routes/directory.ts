import type { z } from 'zod';
import { type Attempt, USUAL_RING_MS } from '../../domain/directory.ts';
import type { WrittenLine } from '../../domain/directory-change.ts';
import { numberOf } from '../../domain/directory-schema.ts';
import { SantralError } from '../../domain/errors.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { MissedCall } from '../../domain/missed-call.ts';
import type { KeptAbsence } from '../../ports/directory.ts';
import type { Role } from '../../ports/stores.ts';
import type { DirectoryView } from '../../services/directory/directory.ts';
import {
  addAbsence,
  listAbsences,
  listDirectory,
  listMissedCalls,
  type missedCallView,
  putPerson,
  removeAbsence,
  removePerson,
  type WrittenTelephone,
} from '../contracts/directory.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

const SECOND_MS = 1000;

export function directoryRoutes({ deps: { directory, stores, config, log } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(listDirectory, async ({ query: { kind }, caller: { user } }) => ({
      items: (await directory.list(kind)).map((one) => entry(one, user.role)),
    })),
    route(putPerson, async ({ params: { id }, body: { name, telephones, language, calendar, email }, caller: { user } }) => {
      await directory.putPerson(id, {
        name,
        ...(language === undefined ? {} : { language }),
        ...(calendar === undefined ? {} : { calendar }),
        ...(email === undefined ? {} : { email }),
        ...(telephones === undefined ? {} : { lines: telephones.map(lineOf) }),
      });
      log.info({ person: id, by: user.name }, 'a person was put into the directory');
      const found = (await directory.list('person')).find((one) => one.id === id);
      if (found === undefined) throw new SantralError('request.not-found', `${id} was taken out again meanwhile.`);
      return entry(found, user.role);
    }),
    route(removePerson, async ({ params: { id }, caller: { user } }) => {
      await directory.removePerson(id);
      log.info({ person: id, by: user.name }, 'a person was taken out of the directory');
    }),
    route(listAbsences, async () => ({ items: (await directory.absences()).map(shown) })),
    route(addAbsence, async ({ body, caller: { user } }) => {
      const absence = await directory.addAbsence(body, user.name);
      log.info({ absence: absence.id, of: absence.of, by: user.name }, 'somebody is away');
      return shown(absence);
    }),
    route(removeAbsence, async ({ params: { id }, caller: { user } }) => {
      await directory.removeAbsence(id);
      log.info({ absence: id, by: user.name }, 'somebody is back');
    }),
    route(listMissedCalls, async ({ query: { limit, ...asked }, caller: { user } }) => {
      const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
      const rows = await stores.missedCalls.list({ brand, limit: limit + 1, ...given });
      const items = rows.slice(0, limit).map((row) => view(row, user.role));
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),
  ];
}

function lineOf({ extension, number, ringSeconds, accept }: WrittenTelephone, at: number): WrittenLine {
  const said = {
    ...(ringSeconds === undefined ? {} : { ringMs: ringSeconds * SECOND_MS }),
    ...(accept === undefined ? {} : { accept }),
  };
  const usual = { ringMs: USUAL_RING_MS, accept: 'answer' } as const;
  if (extension !== undefined) return { telephone: { kind: 'extension', extension }, ...said, usual };
  const read = numberOf(number ?? '');
  if (read === undefined) {
    const message = `body.telephones.${at}.number: not a number that can be called. Write it as "+90 532 123 45 67".`;
    throw new SantralError('request.invalid', message);
  }
  return { telephone: { kind: 'number', number: read.e164 }, ...said, usual: { ...usual, accept: read.isMobile ? 'key' : 'answer' } };
}

function entry({ label, rounds, ...rest }: DirectoryView, role: Role) {
  return { ...rest, label: { ...label }, rounds: rounds.map((round) => round.map((one) => tried(one, role))) };
}

function tried(one: Attempt, role: Role) {
  const none = { telephone: null, person: null, ringSeconds: null, accept: null };
  if (one.kind === 'person') return { ...none, kind: one.kind, person: one.person };
  const how = { ringSeconds: one.ringMs / SECOND_MS, accept: one.accept };
  if (one.kind === 'own') return { ...none, kind: one.kind, ...how };
  const { telephone: to } = one;
  const number = to.kind === 'extension' ? to.extension : role === 'admin' ? to.number : maskNumber(to.number);
  return { ...none, kind: one.kind, telephone: number, ...how };
}

function shown({ brand: _brand, ...absence }: KeptAbsence) {
  return absence;
}

function view({ brand: _brand, number, ...rest }: MissedCall, role: Role): z.output<typeof missedCallView> {
  return { ...rest, number: number === null || role === 'admin' ? number : maskNumber(number) };
}
