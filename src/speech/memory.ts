import type { Found, Want } from './want.ts';

interface Entry {
  readonly id: string;
  readonly found: Found;
}

/** Clips that are known, by what was asked for; the least recently used go first. No waiting. */
export interface Memory {
  get(want: Want): Found | undefined;
  put(want: Want, id: string, found: Found): void;
  /** Forgets clips whose files are gone. */
  drop(ids: ReadonlySet<string>): void;
  clear(): void;
}

/** `use` notes that a clip is used, and tells whether its file is still there: somebody may have deleted it. */
export function createMemory(limit: number, use: (id: string) => boolean): Memory {
  // A Map keeps its order of insertion: taking an entry out and putting it in again makes it the youngest.
  const entries = new Map<string, Entry>();
  return {
    get(want) {
      const name = nameOf(want);
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      entries.delete(name);
      if (!use(entry.id)) return undefined;
      entries.set(name, entry);
      return entry.found;
    },
    put(want, id, found) {
      entries.set(nameOf(want), { id, found });
      if (entries.size <= limit) return;
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    },
    drop(ids) {
      for (const [name, entry] of entries) if (ids.has(entry.id)) entries.delete(name);
    },
    clear: () => entries.clear(),
  };
}

function nameOf({ language, key, text }: Want): string {
  return `${language}\0${key ?? ''}\0${text}`;
}
