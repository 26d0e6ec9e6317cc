/** Keys of what is asked of the engine, so that one change makes the rest be asked again. */
export const FLOWS = ['flows'] as const;
export const openedKey = (flow: string) => [...FLOWS, flow, 'opened'] as const;
export const figuresKey = (flow: string) => [...FLOWS, flow, 'figures'] as const;
export const readinessKey = (flow: string, version: number) => [...FLOWS, flow, 'readiness', version] as const;
export const revisionKey = (flow: string, revision: number) => [...FLOWS, flow, 'revision', revision] as const;
export const WORDS = ['flow-language'] as const;
