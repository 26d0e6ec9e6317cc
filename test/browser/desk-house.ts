import type { Page } from 'playwright-core';
import { DEFAULT_BRAND } from '../../src/domain/brand.ts';
import type { CandidateCard, CustomerRecord, DispositionTreeView, Pop, VerifyField } from '../../src/domain/desk-view.ts';
import type { UserId } from '../../src/domain/ids.ts';
import { FIELD_LABELS } from '../../src/domain/matching/field-labels.ts';
import { createDesk } from '../../src/services/desk/desk.ts';
import { systemClock } from '../../src/system-clock.ts';
import { type PretendFloor, pretendFloor } from '../kit/pretend-floor.ts';
import { type PretendEngine, type PretendOptions, startPretendEngine } from './pretend-engine.ts';

/** What a page asked for: method, address and body. */
export interface Asked {
  readonly what: string;
  readonly body: unknown;
}

/** The engine before a floor that is moved by hand. */
export interface DeskHouse {
  readonly engine: PretendEngine;
  readonly floor: PretendFloor;
  /** Answers what a page asks of the agent's and the floor's API, and keeps it. */
  answer(page: Page, answers?: Readonly<Record<string, unknown>>): Promise<Asked[]>;
  stop(): Promise<void>;
}

export async function openDeskHouse(options: PretendOptions = {}): Promise<DeskHouse> {
  const floor = pretendFloor();
  let streams = 0;
  const desk = createDesk({ floor, brand: DEFAULT_BRAND, clock: systemClock, nameStream: () => `s${(streams += 1)}` });
  const engine = await startPretendEngine({ role: 'agent', ...options, services: { desk, ...options.services } });
  return {
    engine,
    floor,
    async answer(page, answers = {}) {
      const asked: Asked[] = [];
      await page.route(/\/api\/v1\/(agent|agents|floor(?!\/stream)|dealers|services|appointments)(\/|$|\?)/, async (route) => {
        const request = route.request();
        const what = `${request.method()} ${new URL(request.url()).pathname.replace('/api/v1', '')}`;
        asked.push({ what, body: request.postDataJSON() as unknown });
        const found = Object.entries(answers).find(([address]) => what === address)?.[1];
        if (found === undefined) await route.fulfill({ status: 204 });
        else await route.fulfill({ json: found });
      });
      return asked;
    },
    async stop() {
      desk.close();
      await engine.stop();
    },
  };
}

export const DAY_MS = 86_400_000;

const asked = (field: 'birth-year' | 'plate'): VerifyField => ({ field, ...FIELD_LABELS[field] });

const CANDIDATES: CandidateCard[] = [
  {
    ...{ id: 'c1', name: 'A*** Y***', city: 'İstanbul', segment: { tr: 'Altın', en: 'Gold' }, sameDealer: true },
    ...{ dealer: 'Yıldız Otomotiv', lastContactAt: Date.now() - DAY_MS, openAppointmentAt: Date.now() + 2 * DAY_MS },
    fields: [asked('birth-year'), asked('plate')],
  },
  {
    ...{ id: 'c2', name: 'Ç*** Ö*** Ş***', city: 'Ankara', segment: null, sameDealer: false },
    ...{ dealer: null, lastContactAt: Date.now() - 40 * DAY_MS, openAppointmentAt: null },
    fields: [asked('birth-year')],
  },
  {
    ...{
      id: 'c3',
      name: 'M*** K***',
      city: null,
      segment: null,
      sameDealer: false,
      dealer: null,
      lastContactAt: null,
      openAppointmentAt: null,
    },
    fields: [],
  },
];

export const RECORD: CustomerRecord = {
  ...{ id: 'cus-1042', name: 'Ayşe Yılmaz', customerNumber: '100001', city: 'İstanbul', segment: { tr: 'Altın', en: 'Gold' } },
  ...{ dealer: 'Yıldız Otomotiv', lastContactAt: Date.now() - DAY_MS, openAppointmentAt: Date.now() + 2 * DAY_MS },
  fields: [{ label: { tr: 'Araç', en: 'Car' }, value: 'Yıldız 1.6, 2021' }],
};

/** As the engine tells it: once nothing can be verified any more, nobody is listed. */
export function popOf(kind: Pop['kind'], changes: Partial<Pop['verification']> = {}): Pop {
  const candidates = kind === 'one' ? CANDIDATES.slice(0, 1) : kind === 'many' ? CANDIDATES : [];
  return {
    kind,
    candidates,
    count: kind === 'too-many' ? 25 : candidates.length,
    question: kind === 'too-many' ? asked('birth-year') : null,
    verification: { state: 'open', triesLeft: 3, candidate: null, keyed: null, noneOfThese: false, ...changes },
  };
}

const leaf = (path: string, tr: string, en: string) => ({ path, label: { tr, en }, leaf: true });
const branch = (path: string, tr: string, en: string) => ({ path, label: { tr, en }, leaf: false });

export const TREE: DispositionTreeView = {
  id: 'service',
  items: [
    branch('sale', 'Satış', 'Sale'),
    leaf('sale/booked', 'Randevu verildi', 'Appointment made'),
    leaf('sale/think', 'Düşünecek', 'Will think about it'),
    branch('service', 'Servis', 'Service'),
    leaf('service/solved', 'Çözüldü', 'Solved'),
    leaf('service/open', 'Takip gerekiyor', 'Needs follow-up'),
    leaf('wrong-number', 'Yanlış numara', 'Wrong number'),
  ],
};

/** The one user of the pretend engine becomes an agent who works on this page. */
export function addAgent(house: DeskHouse, id: UserId): void {
  const snapshot = house.floor.add(id, { state: { kind: 'available' }, since: Date.now() - 65_000 });
  house.floor.agents.set(id, { ...snapshot, dispositions: [TREE] });
}
