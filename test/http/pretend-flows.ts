import type { Problem } from '../../src/domain/problem.ts';
import type { CompiledFlow } from '../../src/flow/compiled.ts';
import type { HttpDeps } from '../../src/http/deps.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Stores } from '../../src/ports/stores.ts';
import type { Proposal, Releases } from '../../src/services/flows/releases.ts';
import type { ScenarioGate } from '../../src/services/flows/scenario-gate.ts';
import { textHash } from '../../src/text-hash.ts';
import { release } from '../flow/kit.ts';

/** A release whose one flow campaigns may call with. */
export const CALLABLE = release({
  announcement: `flow: announcement
title: { tr: Duyuru, en: Announcement }
start: ask
nodes:
  ask:
    type: menu
    prompt: { text: { tr: Merhaba., en: Hello. } }
    options: { 1: { to: bye, label: { tr: Randevu al, en: Make an appointment } } }
  bye: { type: hangup }
`,
});

/** A stand-in for the flow check: a text with `broken` in it has a fault, one with `odd` a remark. */
function judge({ flow, source }: { readonly flow: string; readonly source: string }): readonly Problem[] {
  const place = { file: `${flow}.yaml`, line: 3, column: 5 };
  return [
    ...(source.includes('broken')
      ? [{ ...place, severity: 'error' as const, code: 'flow.yaml', message: 'It is broken.', remedy: 'Mend it.' }]
      : []),
    ...(source.includes('odd') ? [{ ...place, severity: 'warning' as const, code: 'flow.odd', message: 'It is odd.', remedy: '' }] : []),
  ];
}

/** A text with `red` in it has a scenario that goes otherwise; of one with `untold` in it no scenario tells. */
export const fakeGate: Pick<ScenarioGate, 'run'> = {
  run: async ({ release, flows = [] }) => {
    const red = [...release.flows.keys()].some((text) => text.includes('red'));
    const failure = { line: 4, column: 7, step: 'hears: x', message: 'something else is heard', expected: 'x', actual: 'y' };
    const result = { flow: 'main-menu', name: 'says nothing', language: 'tr', file: 'main-menu.test.yaml', line: 2 } as const;
    const results = [{ ...result, failure: red ? failure : null, transcript: [] }];
    const untold = [...release.flows.keys()].some((text) => text.includes('untold')) ? flows : [];
    return { ok: !red, problems: [], results, coverage: [], untold, unread: [], leftOut: 0 };
  },
};

/** Flows of the proposal are their own texts, for `fakeGate` to read. */
function propose(changes: readonly { readonly flow: string; readonly source: string }[]): Proposal {
  const flows = new Map(changes.map(({ source }) => [source, {} as CompiledFlow]));
  const outline = { title: { tr: 'Ana menü' }, start: 'top', afterCall: null, exits: [], nodes: [] };
  const outlines = new Map(changes.map(({ flow }) => [flow, outline]));
  const release = { id: 0, flows, catalogue: new Map(), calendars: new Map() };
  return { release, problems: changes.flatMap(judge), outlines, prompts: { catalogue: release.catalogue, uses: [] } };
}

export function fakeFlows(stores: Stores, clock: Clock): HttpDeps['flows'] & Pick<Releases, 'look' | 'propose'> {
  const sources = new Map<string, string>();
  return {
    newest: () => null,
    propose: async (changes) => propose(changes),
    look: async (changes) => ({ ...propose(changes), scenarioProblems: [] }),
    check: async (changes) => changes.flatMap(judge),
    async publish(changes, by, { spent, scenarios, notes } = {}) {
      const problems = changes.flatMap(judge);
      if (problems.some(({ severity }) => severity === 'error')) return { kind: 'refused', problems };
      for (const { flow, source } of changes) sources.set(flow, source);
      const all = [...sources].map(([flow, source]) => ({ flow, source, hash: textHash(source), scenarios: scenarios?.get(flow) }));
      return { kind: 'published', release: await stores.flows.publish(all, by, clock.now(), [], spent, undefined, notes) };
    },
    async list() {
      const release = await stores.flows.latestRelease();
      const rows = Object.entries(release?.flows ?? {}).map(async ([flow, revision]) =>
        (await stores.flows.revisions(flow)).find((one) => one.revision === revision),
      );
      return (await Promise.all(rows)).filter((row) => row !== undefined);
    },
  };
}
