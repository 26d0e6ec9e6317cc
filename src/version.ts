import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Beside `src/` and `dist/` alike; it goes into the image of the engine as well. */
const PACKAGE = new URL('../package.json', import.meta.url);

/** Santral's version, which stands in package.json alone. */
export const VERSION = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(PACKAGE, 'utf8'))).version;
