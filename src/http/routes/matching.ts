import type { z } from 'zod';
import type { MatchFigures } from '../../domain/matching/expectation.ts';
import type { MatchSettings } from '../../ports/matching.ts';
import type { Caller } from '../../services/auth/callers.ts';
import type { CallerView } from '../../services/matching/matching.ts';
import {
  askQuestion,
  getExpectation,
  getMatchSettings,
  listCandidates,
  listSegments,
  noneOfThese,
  putMatchSettings,
  readCustomer,
  verifyCandidate,
} from '../contracts/matching.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function matchingRoutes({ deps: { matching, expectations, segments, stores, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  return [
    route(listCandidates, async ({ caller }) => view(await matching.candidates(asker(caller)))),
    route(verifyCandidate, async ({ params: { id }, body: { field, answer }, caller }) => {
      const { right, ...seen } = await matching.verify(asker(caller), id, field, answer);
      return { ...view(seen), right };
    }),
    route(noneOfThese, async ({ caller }) => view(await matching.none(asker(caller)))),
    route(askQuestion, async ({ body: { field, answer }, caller }) => view(await matching.question(asker(caller), field, answer))),
    route(readCustomer, async ({ caller }) => matching.customer(asker(caller))),
    route(getMatchSettings, async () => settingsView(await matching.settings(brand))),
    route(putMatchSettings, async ({ body, caller }) => {
      await matching.putSettings(brand, body, caller.user.name);
      return settingsView(await matching.settings(brand));
    }),
    route(getExpectation, async () => {
      const { customers, forms, advice, segments: members } = await expectations.of(brand);
      const shown = forms.map(({ form, mode, keys, real, expected }) => {
        return { form, mode: { ...mode }, keys, real: figures(real), expected: expected === null ? null : figures(expected) };
      });
      return { customers, forms: shown, advice: { ...advice }, segments: { ...members } };
    }),
    route(listSegments, async () => {
      const sizes = await stores.matching.segmentSizes(brand);
      const items = [...segments.rules.segments.values()].map(({ label, skills, ...rest }) => {
        return { ...rest, label: { ...label }, skills: { ...skills }, numbers: sizes.get(rest.name) ?? 0 };
      });
      const { external } = segments.rules;
      return { items, external: external && { connector: external.connector, timeoutMs: external.timeoutMs, send: external.send } };
    }),
  ];
}

function asker({ user: { id, name } }: Caller) {
  return { id, name };
}

function view({ callId, view: seen, keyed, narrowedBy }: CallerView): z.output<(typeof listCandidates)['reply']['schema']> {
  const rest = { callId, keyed: [...keyed], narrowedBy: [...narrowedBy] };
  if (seen.kind === 'too-many') return { ...rest, view: { ...seen, fields: [...seen.fields] } };
  if (!('cards' in seen)) return { ...rest, view: seen };
  return { ...rest, view: { ...seen, cards: seen.cards.map((one) => ({ ...one, fields: [...one.fields] })) } };
}

function settingsView({ verify, questions, mode, ...rest }: MatchSettings) {
  return { ...rest, mode: { ...mode }, verify: [...verify], questions: [...questions] };
}

function figures(given: MatchFigures) {
  return { ...given };
}
