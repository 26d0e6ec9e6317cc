import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrandId } from './domain/brand.ts';
import type { Log } from './ports/log.ts';
import type { Stores } from './ports/stores.ts';
import { importAppointments } from './services/appointments/import-appointments.ts';

/** Brings the demonstration's services, calendars and customers. What is wrong with the file is logged and changes nothing. */
export async function bringDemoAppointments(stores: Stores, brand: BrandId, flowsDir: string, log: Log): Promise<void> {
  const file = path.join(flowsDir, 'demo', 'appointments.yaml');
  try {
    const text = await readFile(file, 'utf8');
    const report = await importAppointments(stores, { brand, file: { path: file, text }, now: Date.now(), dryRun: false });
    const { problems, ...counts } = report;
    if (problems.length === 0) log.info(counts, 'the demonstration’s services and calendars are loaded');
    for (const { message, line } of problems) log.warn({ file, line }, `the demonstration’s appointments could not be loaded: ${message}`);
  } catch (error) {
    log.warn({ file, err: error }, 'the demonstration’s appointments could not be loaded');
  }
}
