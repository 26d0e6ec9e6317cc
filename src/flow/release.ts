import type { Language } from '../domain/language.ts';
import type { Calendar } from '../domain/opening-hours.ts';
import type { CompiledFlow } from './compiled.ts';

/** A prompt of the catalogue in `sounds/`: text per language. Texts may hold `{{variable|filter}}`. */
export interface CatalogueEntry {
  readonly key: string;
  readonly text: Readonly<Partial<Record<Language, string>>>;
  readonly file: string;
  readonly line: number;
}

/**
 * Everything a session runs on, frozen together: all flows in one revision each, the prompt catalogue and the calendars.
 * Publishing any flow makes a new release; running sessions keep theirs (behaviour 45).
 */
export interface Release {
  readonly id: number;
  readonly flows: ReadonlyMap<string, CompiledFlow>;
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>;
  readonly calendars: ReadonlyMap<string, Calendar>;
}
