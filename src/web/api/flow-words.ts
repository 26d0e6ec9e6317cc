import { request } from './client.ts';
import { shape } from './shape.ts';

/** What a flow may be written with. */
export interface FlowWords {
  /** JSON Schema of a flow file. */
  readonly schema: { readonly [key: string]: unknown };
  /** JSON Schema of a scenario file. */
  readonly scenarioSchema: { readonly [key: string]: unknown };
  readonly prompts: readonly { readonly key: string; readonly text: { readonly tr?: string; readonly en?: string } }[];
  readonly actions: readonly { readonly name: string; readonly doc: string }[];
  readonly flows: readonly string[];
  readonly calendars: readonly string[];
}

export async function loadFlowWords(): Promise<FlowWords> {
  const answer = shape(await request('GET', '/flow-language'), 'words');
  const names = (field: string): string[] => {
    const list = (answer.raw as { readonly [key: string]: unknown })[field];
    return Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : [];
  };
  return {
    schema: answer.child('schema').raw as FlowWords['schema'],
    scenarioSchema: answer.child('scenarioSchema').raw as FlowWords['schema'],
    prompts: answer.list('prompts').map((row) => ({ key: row.text('key'), text: textsOf(row.child('text').raw) })),
    actions: answer.list('actions').map((row) => ({ name: row.text('name'), doc: row.text('doc') })),
    flows: names('flows'),
    calendars: names('calendars'),
  };
}

/** A text per language, as far as it is there. */
export function textsOf(value: unknown): { readonly tr?: string; readonly en?: string } {
  const { tr, en } = (typeof value === 'object' && value !== null ? value : {}) as { readonly tr?: unknown; readonly en?: unknown };
  return { ...(typeof tr === 'string' ? { tr } : {}), ...(typeof en === 'string' ? { en } : {}) };
}
