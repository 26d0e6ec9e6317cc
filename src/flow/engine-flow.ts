import { LANGUAGES, type Language } from '../domain/language.ts';
import { BY_HAND_FLOW, byHandFlow } from './by-hand-flow.ts';
import { type CompiledFlow, type CompiledNode, type Outcome, TOO_LONG, UNWIRED } from './compiled.ts';
import type { Machine } from './machine.ts';
import { play } from './play.ts';
import { type PromptPart, promptList } from './prompts.ts';
import type { Release } from './release.ts';
import { compileTemplate } from './template.ts';

/** The flow that stands behind every flow: the ends that are taken where nobody wired an exit. */
export const ENGINE_FLOW = '$engine';

const ENDS = { ...UNWIRED, tooLong: TOO_LONG } as const;

/** Words for a release without these prompts; with them a call never ends without a word. */
export const BUILT_IN_PROMPTS = {
  error: {
    key: 'general.technical-trouble',
    text: {
      tr: 'Şu anda teknik bir sorun yaşıyoruz. Lütfen daha sonra tekrar arayınız.',
      en: 'We are having a technical problem at the moment. Please call again later.',
    },
  },
  exhausted: {
    key: 'general.goodbye',
    text: { tr: 'Aradığınız için teşekkür ederiz. İyi günler dileriz.', en: 'Thank you for calling. Goodbye.' },
  },
  tooLong: {
    key: 'engine.call-too-long',
    text: {
      tr: 'Görüşme süreniz doldu. Bizi aradığınız için teşekkür ederiz.',
      en: 'Your call has reached its time limit. Thank you for calling.',
    },
  },
} as const satisfies Record<keyof typeof ENDS, { key: string; text: Record<Language, string> }>;

/** A flow of the release, or one of the engine's own. */
export function flowOf(release: Release, id: string): CompiledFlow | null {
  if (id === ENGINE_FLOW) return engineFlow(release);
  return id === BY_HAND_FLOW ? byHandFlow : (release.flows.get(id) ?? null);
}

const made = new WeakMap<Release['catalogue'], CompiledFlow>();

/** The built-in ends with the prompts of the release's own catalogue. */
export function engineFlow(release: Release): CompiledFlow {
  let flow = made.get(release.catalogue);
  if (flow === undefined) made.set(release.catalogue, (flow = build(release)));
  return flow;
}

function build(release: Release): CompiledFlow {
  const nodes = (Object.keys(ENDS) as (keyof typeof ENDS)[]).map((name) => endNode(ENDS[name], partOf(release, name)));
  return {
    id: ENGINE_FLOW,
    title: {},
    languages: LANGUAGES,
    start: UNWIRED.error,
    afterCall: null,
    answer: { policy: 'byFlow', settleMs: 0 },
    parameters: {},
    takes: {},
    results: [],
    gives: {},
    variables: {},
    personal: new Set(),
    secrets: new Set(),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    outline: [],
  };
}

function partOf(release: Release, name: keyof typeof ENDS): PromptPart {
  const { key, text } = BUILT_IN_PROMPTS[name];
  const own = release.catalogue.get(key)?.text ?? {};
  const entries = LANGUAGES.map((language) => {
    const template = compileTemplate(own[language] ?? text[language]).template;
    // These ends must never fail: a text with variables is replaced.
    return [language, template.fixed === null ? compileTemplate(text[language]).template : template] as const;
  });
  return { key, text: Object.fromEntries(entries), bargeIn: true, when: null, with: [] };
}

function endNode(id: string, part: PromptPart): CompiledNode {
  const prompts = promptList([part]);
  const end: Outcome = { kind: 'hangup', cause: 'normal' };
  return {
    id,
    type: 'hangup',
    exits: new Map(),
    passing: false,
    behaviour: { enter: (m: Machine) => play(m, prompts, 'keep') ?? end, resume: () => end },
  };
}
