import type { Value } from '../../domain/value.ts';

export interface Page {
  readonly items: readonly { readonly key: string; readonly item: Value; readonly position: number }[];
  /** The key that leads to the next page; null when all items are on this one. */
  readonly more: string | null;
}

/** Deals out keys to the items of a page; page 0 comes again after the last. `more` is a key of the list only when one page holds all. */
export function pageOf(all: readonly Value[], keys: readonly string[], more: string, page: number): Page {
  const paged = all.length > keys.length;
  const own = paged ? keys.filter((key) => key !== more) : keys;
  const pages = Math.max(1, Math.ceil(all.length / Math.max(1, own.length)));
  const from = (page % pages) * own.length;
  const items = all.slice(from, from + own.length).map((item, i) => ({ key: own[i] as string, item, position: from + i + 1 }));
  return { items, more: paged ? more : null };
}
