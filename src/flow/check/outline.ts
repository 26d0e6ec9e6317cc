import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { NodeOutline } from '../compiled.ts';
import type { FlowDraft, NodeDraft } from './draft.ts';
import { isMap } from './maps.ts';

/** A flow as a picture shows it. Of a flow with faults it holds what could be read. */
export interface FlowOutline {
  readonly title: Readonly<Partial<Record<Language, string>>>;
  /** null when the top of the flow cannot be read. */
  readonly start: string | null;
  /** The first node of the after-call section; null when there is none. */
  readonly afterCall: string | null;
  /** Where `error` and `exhausted` lead for nodes that do not say. */
  readonly exits: readonly { readonly exit: string; readonly to: string }[];
  readonly nodes: readonly OutlinedNode[];
}

export interface OutlinedNode extends NodeOutline {
  /** Of its name in the text, from 1. */
  readonly line: number;
  /** The flow that it enters. */
  readonly calls: string | null;
}

/** To be called when everything is compiled and wired: exits are known then. */
export function outlineFlow(draft: FlowDraft): FlowOutline {
  const calls = new Map(draft.calls.map(({ node, flow }) => [node, flow]));
  return {
    title: withoutGaps(draft.header?.title ?? {}),
    start: draft.header?.start ?? null,
    afterCall: draft.header?.afterCall?.start ?? null,
    exits: Object.entries(draft.header?.exits ?? {}).flatMap(([exit, to]) => (to === undefined ? [] : [{ exit, to }])),
    nodes: [...draft.nodes.values()].map((node) => ({
      ...outlineNode(node),
      line: draft.source.lineOf(['nodes', node.name]),
      calls: calls.get(node.name) ?? null,
    })),
  };
}

function outlineNode(node: NodeDraft): NodeOutline {
  return {
    id: node.name,
    type: node.kind?.type ?? writtenType(node.raw),
    exits: node.wires.map(({ exit, to }) => ({ exit, to, label: withoutGaps(node.labels.get(exit) ?? {}) })),
  };
}

/** Of a node whose shape is wrong, the type that stands there. */
function writtenType(raw: unknown): string {
  return isMap(raw) && typeof raw['type'] === 'string' ? raw['type'] : '';
}

/** Without the languages that are not there. */
export function withoutGaps(text: Readonly<Record<string, string | undefined>>): Partial<Record<Language, string>> {
  return Object.fromEntries(LANGUAGES.flatMap((language) => (text[language] === undefined ? [] : [[language, text[language]]])));
}
