import type { ActionHandler } from '../../src/ports/actions.ts';

/** The switches as callers find them on most days: nothing is on. */
export const SWITCHED_OFF: Readonly<Record<string, ActionHandler>> = { 'switches.get': async () => ({ on: false, tr: '', en: '' }) };
