import path from 'node:path';
import type { Config } from './config/config.ts';
import { loadMatchKeys } from './config/match-keys.ts';
import type { BrandId } from './domain/brand.ts';
import type { CallId, IdSource, UserId } from './domain/ids.ts';
import { readText } from './files/definition-files.ts';
import { importSpoolIn } from './files/import-spool.ts';
import { threadReader } from './import-desk.ts';
import type { Clock } from './ports/clock.ts';
import type { HttpClient } from './ports/http-client.ts';
import type { Log } from './ports/log.ts';
import type { ImportKind } from './ports/matching.ts';
import type { OutboxStore } from './ports/outbox.ts';
import type { Stores } from './ports/stores.ts';
import type { CallWatch } from './services/calls/call-watch.ts';
import { type CallEvents, createCallEvents } from './services/crm/call-events.ts';
import { watchCalls } from './services/crm/watch-calls.ts';
import type { Floor } from './services/floor/floor-shape.ts';
import { createImports, type Imports } from './services/importer/imports.ts';
import { IMPORT_LIMITS } from './services/importer/limits.ts';
import { createLists } from './services/lists/lists.ts';
import { createExpectations } from './services/matching/expectations.ts';
import { DEFAULT_SETTINGS } from './services/matching/look-up.ts';
import { matchActions } from './services/matching/match-actions.ts';
import { createMatching, type Matching } from './services/matching/matching.ts';
import { createNumberTokens, type NumberTokens, type TokenKeys } from './services/matching/number-tokens.ts';
import { createSegments } from './services/matching/segments.ts';
import { parseSegments } from './services/matching/segments-file.ts';
import type { Outbox } from './services/outbox/outbox.ts';
import type { Webhooks } from './services/outbox/webhooks-file.ts';

const MEGABYTE = 1_048_576;
/** Numbers without a country are Turkish; service, paid and short ones are nobody's to be called or known by. */
const NUMBER_RULES = { region: 'TR' };

/** Which call an agent has on the line; the floor says so once it is there. */
export interface AgentsLine {
  callOf(agent: UserId): CallId | null;
}

/** The call that an agent rings with, talks in, or has just talked in. */
export function callOfAgent(floor: Pick<Floor, 'agent'>, agent: UserId): CallId | null {
  const state = floor.agent(agent)?.state;
  return state !== undefined && 'callId' in state ? state.callId : null;
}

interface Parts {
  readonly config: Pick<Config, 'places' | 'flowsDir' | 'importMegabytes' | 'importRows' | 'zone'>;
  readonly stores: Stores;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}

/** The importer with everything it stands on; for the engine and for the command line. */
export async function openImports(
  parts: Parts,
  { tokens: keys, sealKey }: { readonly tokens: TokenKeys; readonly sealKey: string },
  changed: (brand: BrandId, kind: ImportKind) => void,
): Promise<{ readonly imports: Imports; readonly segmentFile: ReturnType<typeof parseSegments> }> {
  const { config, stores, clock, ids, log } = parts;
  const segmentFile = parseSegments(await readText(path.join(config.flowsDir, 'segments.yaml')));
  for (const { file, line, column, code, message, remedy } of segmentFile.problems)
    log.error({ code, remedy }, `${file}:${line}:${column} ${message}`);
  const tokens = createNumberTokens(keys);
  const limits = { ...IMPORT_LIMITS, bytes: config.importMegabytes * MEGABYTE, rows: config.importRows };
  const segments = [...segmentFile.rules.segments.keys()];
  const imports = createImports({
    store: stores.matching.imports,
    lists: stores.lists.loads,
    spool: importSpoolIn(config.places.imports),
    reader: threadReader(),
    clock,
    ids,
    log: log.child({ room: 'imports' }),
    maxBytes: limits.bytes,
    jobFor: async (brand) => {
      const { mode } = (await stores.matching.settings(brand)) ?? DEFAULT_SETTINGS;
      const form = tokens.form(mode);
      return { limits, tokens: keys, form, rules: NUMBER_RULES, zone: config.zone, segments, sealKey };
    },
    changed,
  });
  return { imports, segmentFile };
}

interface MatchingParts {
  readonly http: HttpClient;
  /** What contacts of lists are sealed with. */
  readonly sealKey: string;
  readonly callOfAgent: (agent: UserId) => CallId | null;
}

/** Who calls: customers and segments, and what flows and agents do with them. */
export async function openMatching(parts: Parts & MatchingParts) {
  const { config, stores, clock, ids, http, callOfAgent } = parts;
  const log = parts.log.child({ room: 'matching' });
  const keys = loadMatchKeys(config.places.matchKeys);
  const tokens = createNumberTokens(keys);
  const matching = createMatching({ stores, tokens, clock, ids, log, callOfAgent });
  const expectations = createExpectations(stores.matching, clock);
  const { imports, segmentFile } = await openImports(parts, { tokens: keys, sealKey: parts.sealKey }, (brand) => {
    matching.forget(brand);
    expectations.forget(brand);
  });
  const segments = createSegments({ store: stores.matching, tokens, http, clock, log, rules: segmentFile.rules });
  const lists = createLists({ store: stores.lists, clock, ids, rules: NUMBER_RULES });
  return { matching, expectations, imports, lists, segments, tokens, actions: matchActions({ segments, matching, clock }) };
}

/** Who calls is looked up at once, beside the greeting, and other systems are told. */
export function openCallWatch(parts: {
  readonly matching: Matching;
  readonly tokens: NumberTokens;
  readonly outbox: Pick<Outbox, 'wake'> & { readonly webhooks: Webhooks };
  readonly store: Pick<OutboxStore, 'add'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
}): { readonly watch: CallWatch; readonly events: CallEvents } {
  const { matching, tokens, outbox, store, clock, ids } = parts;
  const wake = (): void => outbox.wake();
  const log = parts.log.child({ room: 'crm' });
  const events = createCallEvents({ targets: outbox.webhooks, store, wake, settings: matching.settings, tokens, clock, ids, log });
  return { watch: watchCalls(matching, events), events };
}
