import type { Language } from '../../domain/language.ts';
import type { BuiltInPrompt } from '../built-in-prompts.ts';
import { type Prompts, promptList } from '../prompts.ts';
import type { CompiledTemplate, Template } from '../template.ts';
import type { FlowDraft, NodeDraft } from './draft.ts';

/** As much of what the flows of a release share as prompts are made of. */
interface Words {
  readonly catalogue: ReadonlyMap<string, unknown>;
  readonly texts: ReadonlyMap<string, Readonly<Partial<Record<Language, Template>>>>;
  templateOf(source: string): CompiledTemplate;
}

/** A prompt that no author asked for: silence when the catalogue has no fixed text for it. */
export function enginePrompt({ texts }: Words, key: string): Prompts {
  const text = texts.get(key) ?? {};
  const said = Object.values(text);
  const fixed = said.length > 0 && said.every((template) => template.fixed !== null);
  return promptList(fixed ? [{ key, text, bargeIn: true, when: null, with: [] }] : []);
}

/** A prompt that a node says by itself; done without where the catalogue has none. */
export function offered({ catalogue }: Words, draft: FlowDraft, node: NodeDraft, key: string): void {
  if (catalogue.has(key)) draft.prompts.push({ node: node.name, key });
}

/** A node's own words where the flow gives none: the catalogue's text, else the engine's. */
export function nodePrompt({ texts, templateOf }: Words, { key, names, text }: BuiltInPrompt, bargeIn: boolean): Prompts {
  const given = new Set(names);
  const own = Object.entries(text).map(([language, words]) => {
    const written = texts.get(key)?.[language as Language];
    const usable = written !== undefined && written.names.every((name) => given.has(name));
    return [language, usable ? written : templateOf(words).template] as const;
  });
  return promptList([{ key, text: Object.fromEntries(own), bargeIn, when: null, with: [] }]);
}
