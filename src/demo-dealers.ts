import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrandId } from './domain/brand.ts';
import type { Log } from './ports/log.ts';
import type { Dealers } from './services/dealers/dealers.ts';

/** Brings the demonstration's dealers, so that the first call finds one. What is wrong with the file is logged and changes nothing. */
export async function bringDemoDealers(dealers: Dealers, brand: BrandId, flowsDir: string, log: Log): Promise<void> {
  const file = path.join(flowsDir, 'demo', 'dealers.csv');
  try {
    const { added } = await dealers.importCsv(brand, await readFile(file), { dryRun: false });
    log.info({ added }, 'the demonstration’s dealers are loaded (SANTRAL_DEMO=off leaves them out)');
  } catch (error) {
    log.warn({ file, err: error }, 'the demonstration’s dealers could not be loaded');
  }
}
