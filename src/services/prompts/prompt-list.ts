import type { AuditEntry } from '../../domain/audit.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { PromptUse } from '../../flow/check.ts';
import { BUILT_IN_PROMPTS } from '../../flow/engine-flow.ts';
import type { CatalogueEntry } from '../../flow/release.ts';
import type { StoredRecording } from '../../ports/prompt-recordings.ts';

/** The prompts that flows run on, and where flows name one. */
export interface PromptBook {
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  readonly uses: readonly PromptUse[];
}

/** A flow and its nodes that say a prompt. */
export interface UsedBy {
  readonly flow: string;
  readonly nodes: readonly string[];
}

/** One language of a prompt. */
export interface PromptVersion {
  readonly text: string | null;
  /** The text holds values of the call: it is always spoken by the voice, a recording would never be heard. */
  readonly speaksValues: boolean;
  readonly recording: { readonly origin: StoredRecording['origin']; readonly changedAt: number; readonly changedBy: string | null } | null;
}

export interface ListedPrompt {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly versions: Readonly<Record<Language, PromptVersion>>;
  /** Languages with neither text nor recording. */
  readonly missing: readonly Language[];
  readonly usedBy: readonly UsedBy[];
  /** Said by the engine itself. */
  readonly usedByEngine: boolean;
}

export interface PromptListing {
  readonly prompts: readonly ListedPrompt[];
  /** Named by flows, but not in the catalogue. */
  readonly absent: readonly { readonly key: string; readonly usedBy: readonly UsedBy[] }[];
}

const BUILT_IN: ReadonlySet<string> = new Set(Object.values(BUILT_IN_PROMPTS).map(({ key }) => key));

/** Everything there is to know about the prompts. `changes` are the newest uploads, by `tr/main.menu`. */
export function listPrompts(
  { catalogue, uses }: PromptBook,
  recordings: readonly StoredRecording[],
  changes: ReadonlyMap<string, AuditEntry>,
): PromptListing {
  const recorded = new Map(recordings.map((one) => [`${one.language}/${one.key}`, one]));
  const users = usersOf(uses);
  const prompts = Array.from(catalogue.values(), (entry): ListedPrompt => {
    const versions = { tr: versionOf(entry, 'tr', recorded, changes), en: versionOf(entry, 'en', recorded, changes) };
    const missing = LANGUAGES.filter((language) => versions[language].text === null && versions[language].recording === null);
    const { key, file, line } = entry;
    const usedByEngine = key.startsWith('engine.') || BUILT_IN.has(key);
    return { key, file, line, versions, missing, usedBy: users.get(key) ?? [], usedByEngine };
  });
  const absent = [...users].filter(([key]) => !catalogue.has(key)).map(([key, usedBy]) => ({ key, usedBy }));
  return { prompts: prompts.toSorted(byKey), absent: absent.toSorted(byKey) };
}

function versionOf(
  { key, text }: CatalogueEntry,
  language: Language,
  recorded: ReadonlyMap<string, StoredRecording>,
  changes: ReadonlyMap<string, AuditEntry>,
): PromptVersion {
  const name = `${language}/${key}`;
  const found = recorded.get(name);
  const words = text[language] ?? null;
  const changedBy = found?.origin === 'uploaded' ? (changes.get(name)?.actor ?? null) : null;
  return {
    text: words,
    speaksValues: speaksValues(words),
    recording: found === undefined ? null : { origin: found.origin, changedAt: found.changedAt, changedBy },
  };
}

export function speaksValues(text: string | null): boolean {
  return text?.includes('{{') === true;
}

function usersOf(uses: readonly PromptUse[]): Map<string, UsedBy[]> {
  const flows = new Map<string, Map<string, Set<string>>>();
  for (const { key, flow, node } of uses) {
    const ofKey = flows.get(key) ?? new Map<string, Set<string>>();
    flows.set(key, ofKey);
    ofKey.set(flow, (ofKey.get(flow) ?? new Set()).add(node));
  }
  const told = (ofKey: Map<string, Set<string>>) => Array.from(ofKey, ([flow, nodes]) => ({ flow, nodes: [...nodes] }));
  return new Map(Array.from(flows, ([key, ofKey]) => [key, told(ofKey)]));
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : 1;
}
