import type { Path } from './source.ts';

/** Words without quotes on a right side of `set:`, which is an expression: how the text is written; null where they are no words. */
export function meantText(path: Path, source: unknown): string | null {
  const [field, name] = path.slice(-2);
  if (field !== 'set' || typeof source !== 'string' || !/^\p{L}[\p{L}\p{N}_ ]*$/u.test(source.trim())) return null;
  return `${name}: "'${source.trim()}'"`;
}

/** `{{name}}` in an expression: how it is written there; null where there is none. */
export function withoutBraces(source: string): string | null {
  const bare = source.replace(/\{\{\s*([^{}|]+?)\s*(?:\|[^{}]*)?\}\}/g, '$1');
  return bare === source ? null : `Names in an expression have no braces: ${bare}`;
}
