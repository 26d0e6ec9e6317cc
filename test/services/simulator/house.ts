import type { BrandId } from '../../../src/domain/brand.ts';
import { type IdSource, makeId, type TokenId } from '../../../src/domain/ids.ts';
import type { Value } from '../../../src/domain/value.ts';
import type { HttpOutcome, HttpRequest } from '../../../src/ports/http-client.ts';
import type { Proposal } from '../../../src/services/flows/releases.ts';
import type { SimulationOrder, SimulationOwner } from '../../../src/services/simulator/order.ts';
import { createSimulator, type Simulator } from '../../../src/services/simulator/simulator.ts';
import { check, LIMITS, release } from '../../flow/kit.ts';
import { FLOW } from '../../flow/scenario/kit.ts';
import { type VirtualClock, virtualClock } from '../../kit/virtual-clock.ts';
import { silentLog } from '../dealers/fakes.ts';

/** A flow with a secret that is sent to a system. */
export const SECRET_FLOW = `flow: secret
start: pin
variables: { pin: "" }
nodes:
  pin: { type: collect, prompt: test.code, into: pin, digits: 4, secret: true, next: ask }
  ask: { type: http, method: POST, url: "https://crm.example/pin", body: { pin: "{{pin}}" }, next: again }
  again: { type: menu, prompt: test.menu, options: { 1: bye } }
  bye: { type: hangup }
`;

export interface SimulatorHouse {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  readonly requests: HttpRequest[];
  readonly asked: Value[];
  /** What the systems answer; a request that is not answered yet waits for `answer`. */
  answer: (request: HttpRequest) => Promise<HttpOutcome>;
}

export const ADMIN: SimulationOwner = { login: 'tok_admin' as TokenId, admin: true };
export const MANAGER: SimulationOwner = { login: 'tok_manager' as TokenId, admin: false };

/** Ids that count. */
function countingIds(): IdSource {
  let count = 0;
  return { next: (kind) => makeId(kind, 1_790_000_000_000 + (count += 1), []) };
}

export function simulatorHouse(): SimulatorHouse {
  const flows = { main: FLOW, secret: SECRET_FLOW };
  const published = release(flows);
  const clock = virtualClock();
  const requests: HttpRequest[] = [];
  const asked: Value[] = [];
  const house: SimulatorHouse = {
    clock,
    requests,
    asked,
    answer: async () => ({ kind: 'ok', status: 200, value: { name: 'Ayşe' } }),
    simulator: createSimulator({
      releases: {
        newest: () => published,
        propose: async (changes): Promise<Proposal> => {
          const texts = { ...flows, ...Object.fromEntries(changes.map(({ flow, source }) => [flow, source])) };
          const checked = check(texts);
          const problems = checked.problems.map((one) => ({ ...one, file: one.file.replace('flows/', '') }));
          return {
            release: { ...published, id: 0, flows: checked.flows },
            problems,
            outlines: new Map(),
            prompts: { catalogue: published.catalogue, uses: [] },
          };
        },
      },
      draft: async (flow) =>
        flow === 'main'
          ? { flow, source: FLOW.replace('digits: 4', 'digits: 2'), scenarios: null, version: 1, basedOn: 1, author: 'ayse', updatedAt: 0 }
          : undefined,
      actions: {
        'dealers.by-province': async (params) => {
          asked.push(params);
          return ['one'];
        },
      },
      http: {
        request: async (request) => {
          requests.push(request);
          return house.answer(request);
        },
      },
      speak: async (item) => (item.text === '' ? null : new TextEncoder().encode(item.text)),
      clock,
      ids: countingIds(),
      random: () => 0.5,
      log: silentLog(),
      brand: 'santral' as BrandId,
      zone: 'Europe/Istanbul',
      limits: LIMITS,
      typeAheadKeys: 32,
    }),
  };
  return house;
}

export function orderOf(changes: Partial<SimulationOrder> = {}): SimulationOrder {
  return {
    flow: 'main',
    language: 'tr',
    caller: '+905550000012',
    dialled: '1000',
    params: {},
    at: null,
    random: null,
    source: { kind: 'published' },
    lookUps: 'by-hand',
    ...changes,
  };
}
