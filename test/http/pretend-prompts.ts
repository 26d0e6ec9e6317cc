import path from 'node:path';
import type { BrandId } from '../../src/domain/brand.ts';
import type { IdSource } from '../../src/domain/ids.ts';
import type { CatalogueEntry } from '../../src/flow/release.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Stores } from '../../src/ports/stores.ts';
import type { PromptBook } from '../../src/services/prompts/prompt-list.ts';
import { createPrompts, type Prompts } from '../../src/services/prompts/prompts.ts';
import { encodeTones } from '../../src/speech/tones.ts';
import { createDecoder } from '../../src/speech/uploads/decoder.ts';
import { createShelf } from '../../src/speech/uploads/shelf.ts';
import { createStudio } from '../../src/speech/uploads/studio.ts';
import { writeWav } from '../../src/speech/wav.ts';

/** A small catalogue with everything that can be wrong with one. */
export const BOOK: PromptBook = {
  catalogue: new Map(
    [
      entry('general.goodbye', { tr: 'Hoşça kalın.', en: 'Goodbye.' }),
      entry('main.menu', { tr: 'Bir ya da ikiyi tuşlayın.', en: 'Press one or two.' }),
      entry('main.count', { tr: '{{n|number}} bayi var.', en: 'There are {{n|number}} dealers.' }),
      entry('main.only-turkish', { tr: 'Yalnız Türkçe.' }),
      entry('main.unused', { tr: 'Kimse söylemez.', en: 'Nobody says it.' }),
    ].map((one) => [one.key, one]),
  ),
  uses: [
    { flow: 'main-menu', node: 'menu', key: 'main.menu' },
    { flow: 'main-menu', node: 'again', key: 'main.menu' },
    { flow: 'night', node: 'menu', key: 'main.menu' },
    { flow: 'main-menu', node: 'count', key: 'main.count' },
    { flow: 'main-menu', node: 'turkish', key: 'main.only-turkish' },
    { flow: 'night', node: 'gone', key: 'main.gone' },
  ],
};

function entry(key: string, text: CatalogueEntry['text']): CatalogueEntry {
  return { key, text, file: 'sounds/main.yaml', line: 3 };
}

/** The real use case on a folder of its own; the voice says tones. */
export function pretendPrompts(parts: {
  readonly dir: string;
  readonly brand: BrandId;
  readonly audit: Stores['audit'];
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
}): Prompts {
  const { dir, ...rest } = parts;
  return createPrompts({
    ...rest,
    book: () => BOOK,
    shelf: createShelf({ uploadsDir: path.join(dir, 'sounds'), recordingsDir: path.join(dir, 'shipped'), changed: async () => {} }),
    studio: createStudio(createDecoder()),
    speak: async (text, language) => writeWav(encodeTones(language, text)),
  });
}
