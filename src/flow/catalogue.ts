import { isLanguage, LANGUAGES, type Language } from '../domain/language.ts';
import { isMap } from './check/maps.ts';
import { type FlowSource, readSource, type SourceFile } from './check/source.ts';
import { PROMPT_KEY_PATTERN } from './parts.ts';
import type { Problem } from './problems.ts';
import type { CatalogueEntry } from './release.ts';

export interface ParsedCatalogue {
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  readonly problems: readonly Problem[];
  /** Something could not be read: a prompt that is not among the entries may be there all the same. */
  readonly incomplete: boolean;
}

/** The prompts of `sounds/*.yaml`, files of `general.goodbye: { tr: "…", en: "…" }`. What cannot be read is a problem; the rest counts. */
export function parseCatalogue(files: readonly SourceFile[]): ParsedCatalogue {
  const entries = new Map<string, CatalogueEntry>();
  const problems: Problem[] = [];
  let incomplete = false;
  for (const file of files) {
    const source = readSource(file);
    problems.push(...source.problems);
    incomplete ||= source.value === undefined;
    if (source.value === undefined || source.value === null) continue;
    if (!isMap(source.value)) {
      problems.push(
        source.problem([], 'wrong-type', 'the file does not hold prompts', 'Write lines such as general.goodbye: { tr: "…", en: "…" }.'),
      );
      incomplete = true;
      continue;
    }
    for (const [key, value] of Object.entries(source.value)) readEntry(source, key, value, entries, problems);
    incomplete ||= Object.keys(source.value).some((key) => !entries.has(key));
  }
  return { entries, problems, incomplete };
}

function readEntry(source: FlowSource, key: string, value: unknown, entries: Map<string, CatalogueEntry>, problems: Problem[]): void {
  const report = (...args: Parameters<FlowSource['problem']>) => void problems.push(source.problem(...args));
  if (!PROMPT_KEY_PATTERN.test(key)) {
    report(
      [key],
      'bad-name',
      `"${key}" cannot be the key of a prompt`,
      'Write small letters, digits and dashes with a dot between: dealer.ask-plate.',
    );
    return;
  }
  const before = entries.get(key);
  if (before !== undefined) {
    report([key], 'duplicate-key', `"${key}" stands in ${before.file}, line ${before.line}, too`, 'Remove one of the two.');
    return;
  }
  if (!isMap(value)) {
    report([key], 'wrong-type', `"${key}" must hold a text per language`, 'Write { tr: "…", en: "…" }.');
    return;
  }
  const text: Partial<Record<Language, string>> = {};
  for (const [language, words] of Object.entries(value)) {
    if (!isLanguage(language))
      report([key, language], 'unknown-key', `"${language}" is no language of Santral`, `Languages: ${LANGUAGES.join(', ')}.`);
    else if (typeof words !== 'string')
      report(
        [key, language],
        typeof words === 'number' ? 'unquoted-digits' : 'wrong-type',
        `the ${language} of "${key}" must be text`,
        'Put the text in quotes.',
      );
    else text[language] = words;
  }
  const { line } = source.problem([key], 'wrong-type', '', '');
  entries.set(key, { key, text, file: source.file, line });
}
