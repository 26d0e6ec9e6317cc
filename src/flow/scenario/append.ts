import { isMap, isSeq, parseDocument } from 'yaml';
import type { PlayedCall } from './played-call.ts';
import { scenarioLines, writeScenario } from './record.ts';

export type Appended =
  | { readonly kind: 'appended'; readonly text: string }
  /** Its `scenarios:` is no list with a dash before each, or it cannot be read: nobody knows where one more belongs. */
  | { readonly kind: 'unreadable' };

/** Adds a call that was played to the end of a scenario file; everything else in it stays as it is written. An empty text becomes a file. */
export function appendScenario(file: string, call: PlayedCall, name: string): Appended {
  if (file.trim() === '') return { kind: 'appended', text: writeScenario(call, name) };
  const at = endOfList(file);
  if (at === null) return { kind: 'unreadable' };
  const item = scenarioLines(call, name, at.sayDirection).map((line) => `${' '.repeat(at.indent)}${line}`);
  const rest = file.slice(at.offset);
  return { kind: 'appended', text: `${[file.slice(0, at.offset), ...item].join('\n')}${rest === '' ? '\n' : rest}` };
}

interface EndOfList {
  readonly offset: number;
  /** How far the dashes of the list are indented. */
  readonly indent: number;
  /** The head says who calls, and the scenario must say it for itself. */
  readonly sayDirection: boolean;
}

/** Where the last scenario ends. */
function endOfList(file: string): EndOfList | null {
  const document = parseDocument(file);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const list = document.contents.get('scenarios', true);
  if (!isSeq(list) || list.flow === true || list.items.length === 0 || list.range == null) return null;
  const [begin, end] = list.range;
  const lineBegin = file.lastIndexOf('\n', begin - 1) + 1;
  const written = file.slice(0, end).trimEnd().length;
  const lineEnd = file.indexOf('\n', written);
  const sayDirection = document.contents.has('direction');
  return { offset: lineEnd < 0 ? file.length : lineEnd, indent: file.slice(lineBegin, begin).length, sayDirection };
}
