import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DEFAULT_BRAND } from '../../../src/domain/brand.ts';
import { type CallId, type IdKind, makeId, type RecordingId } from '../../../src/domain/ids.ts';
import type { ValueMap } from '../../../src/domain/value.ts';
import { createSurveyLinks } from '../../../src/services/surveys/links.ts';
import { createSurveys } from '../../../src/services/surveys/surveys.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { onCall } from '../../kit/action-context.ts';
import { silentLog } from '../../kit/asterisk.ts';
import { TEST_SEAL } from '../../kit/seal.ts';
import { shippedSurveys } from '../../kit/surveys.ts';

/** 2026-03-02 12:00 UTC. */
export const NOON = 1_772_452_800_000;
export const CALL = makeId('call', NOON, [1]);

/** The survey services on a SQLite file and a clock that stands still until it is moved. */
export async function openSurveyHouse() {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'santral-surveys-'));
  const stores = await openStores({ sqliteFile: path.join(dir, 'test.db'), log: silentLog, seal: TEST_SEAL });
  const clock = { time: NOON, now: () => clock.time };
  let made = 0;
  const ids = { next: <K extends IdKind>(kind: K) => makeId(kind, NOON + (made += 1), []) };
  const discarded = new Set<RecordingId>();
  const start = () => {
    const made = createSurveys(parts);
    made.use(shippedSurveys());
    return made;
  };
  const parts: Parameters<typeof createSurveys>[0] = {
    store: stores.surveys,
    calls: stores.calls,
    clock,
    ids,
    links: createSurveyLinks('a secret', randomBytes),
    settings: { brand: DEFAULT_BRAND, zone: 'Europe/Istanbul', publicUrl: 'https://santral.example.com' },
    kept: async (id) => !discarded.has(id),
    callerId: '+902125550010',
    log: silentLog,
  };
  let surveys = start();
  const period = { from: NOON - 3_600_000, to: NOON + 3_600_000 };
  return {
    get surveys() {
      return surveys;
    },
    /** The engine is gone with all that it held in memory, and another one begins. */
    restart: () => void (surveys = start()),
    stores,
    clock,
    ids,
    discarded,
    period,
    act: (name: string, params: ValueMap, callId: CallId = CALL) =>
      surveys.actions[name]?.({ survey: 'nps', language: 'tr', ...params }, onCall(callId)),
    report: async (id = 'nps') => (await surveys.report(id, period)).report,
    comments: (id = 'nps') => surveys.comments(id, { ...period, limit: 10 }),
    async close() {
      await stores.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
export type SurveyHouse = Awaited<ReturnType<typeof openSurveyHouse>>;
