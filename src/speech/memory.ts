import type { Found, Want } from './want.ts';

interface Entry {
  readonly id: string;
  readonly found: Found;
}

/** Clips that are known, by what was asked for; the least recently used go first. No disk, no waiting. */
export interface Memory {
  get(want: Want): Found | undefined;
  put(want: Want, id: string, found: Found): void;
  /** Forgets clips whose files are gone. */
  drop(ids: ReadonlySet<string>): void;
  clear(): void;
}

export function createMemory(limit: number, used: (id: string) => void): Memory {
  // A Map keeps its order of insertion: taking an entry out and putting it in again makes it the youngest.
  const entries = new Map<string, Entry>();
  return {
    get(want) {
      const name = nameOf(want);
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      entries.delete(name);
      entries.set(name, entry);
      used(entry.id);
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
