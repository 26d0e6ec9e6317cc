import { randomBytes } from 'node:crypto';
import { opennessBy } from './calendars.ts';
import type { Config } from './config/config.ts';
import type { Secrets } from './config/secrets.ts';
import { parsePhoneNumber } from './domain/phone-number.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import type { Telephony } from './ports/telephony.ts';
import { type CallbackForms, createCallbackForms, type FormDeps } from './services/callback-forms/forms.ts';
import { createFormTokens } from './services/callback-forms/tokens.ts';
import { type Callbacks, createCallbacks } from './services/callbacks/callbacks.ts';
import type { CallbackDeps } from './services/callbacks/deps.ts';
import type { CallWatch } from './services/calls/call-watch.ts';
import { acceptWords } from './services/calls/queue-words.ts';
import type { FloorDefinitions } from './services/floor/load-queues.ts';
import type { Releases } from './services/flows/releases.ts';
import type { Numbers } from './services/numbers/route-numbers.ts';
import { systemClock as clock, systemIds as ids } from './system-clock.ts';

/** Web forms that ask to be called back. */
export function openCallbackForms({ stores, wishes, forms, config, secrets, log }: FormParts): CallbackForms {
  const { brand, formsPerAddress: perAddress, formsPerNumber: perNumber, formsPerHour: perHour } = config;
  return createCallbackForms({
    ...{ forms, wishes, clock, ids, log: log.child({ room: 'callback-forms' }) },
    store: stores.callbackForms,
    tokens: createFormTokens(secrets.sessionKey, randomBytes),
    settings: {
      ...{ brand, perAddress, perNumber, perHour },
      tokenMs: config.formTokenMinutes * 60_000,
      minMs: config.formMinSeconds * 1000,
      keepMs: config.formDays * 86_400_000,
    },
  });
}

interface FormParts extends Pick<FormDeps, 'forms' | 'wishes'> {
  readonly stores: Pick<Stores, 'callbackForms'>;
  readonly config: Config;
  readonly secrets: Pick<Secrets, 'sessionKey'>;
  readonly log: Log;
}

interface Parts extends Pick<CallbackDeps, 'floor' | 'calls'>, Pick<FloorDefinitions, 'queues' | 'callbackRules'> {
  readonly stores: Pick<Stores, 'callbacks' | 'calls'>;
  readonly telephony: Pick<Telephony, 'connection'>;
  readonly releases: Pick<Releases, 'newest'>;
  readonly numbers: Pick<Numbers, 'dids'>;
  readonly config: Config;
  readonly log: Log;
}

/** Callers who could not reach an agent are called back. */
export function openCallbacks({
  stores,
  telephony,
  releases,
  numbers,
  queues,
  callbackRules,
  config,
  log,
  floor,
  calls,
}: Parts): Callbacks {
  const { brand, callerId = null, zone } = config;
  return createCallbacks({
    ...{ floor, calls, clock, ids },
    store: stores.callbacks,
    callStore: stores.calls,
    isUp: () => telephony.connection().kind === 'up',
    queues: () => queues,
    rules: () => callbackRules,
    openness: opennessBy(releases),
    own: ownNumbers(() => numbers.dids(), [...[...queues.values()].map((queue) => queue.callerId), callerId]),
    acceptWords(queue, language) {
      const release = releases.newest();
      return release === null ? [] : acceptWords(queue, language, { release, zone, now: clock.now() });
    },
    log: log.child({ room: 'callbacks' }),
    settings: {
      ...{ brand, callerId },
      pollMs: config.callbackPollSeconds * 1000,
      staleMs: config.callbackStaleSeconds * 1000,
      keepAgentMs: config.callbackKeepAgentSeconds * 1000,
    },
  });
}

/** Numbers of the house as they are presented, and as they are called; reckoned anew when they change. */
function ownNumbers(dids: () => readonly string[], others: readonly (string | null)[]): () => ReadonlySet<string> {
  let of: readonly string[] | null = null;
  let own: ReadonlySet<string> = new Set();
  return () => {
    if (of === dids()) return own;
    of = dids();
    const numbers = [...of, ...others.filter((number) => number !== null)];
    own = new Set(numbers.flatMap((number) => [number, ...e164Of(number)]));
    return own;
  };
}

function e164Of(number: string): readonly string[] {
  const parsed = parsePhoneNumber(number);
  return parsed.kind === 'ok' ? [parsed.e164] : [];
}

/** Everybody who wants to know of calls hears of each. */
export function watchTogether(watches: readonly CallWatch[]): CallWatch {
  return {
    arrived(call, params) {
      for (const watch of watches) watch.arrived(call, params);
    },
    ended(call) {
      for (const watch of watches) watch.ended(call);
    },
    asked(call) {
      for (const watch of watches) watch.asked?.(call);
    },
    dropped(call) {
      for (const watch of watches) watch.dropped(call);
    },
  };
}
