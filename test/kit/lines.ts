import { type Caller, openStage, type Stage, type StageOptions } from './engine.ts';
import { type CallOnRecord, callWhere, type Fact } from './journal.ts';
import type { CallOptions } from './phone-house.ts';

/** A small flow: its nodes as YAML, and what else stands above them. In English only, unless `head` names languages. */
export interface Line {
  readonly nodes: string;
  readonly head?: string;
}

/** A flow as it is shipped. */
export interface ShippedLine {
  readonly text: string;
}

/** A stage with one number for each flow. */
export interface Lines extends Stage {
  /** A phone that has dialled the flow's number. */
  dial(flow: string, options?: CallOptions): Promise<Caller>;
  /** The flow's last call, as soon as the database knows of its end. */
  ended(flow: string): Promise<CallOnRecord>;
  /** The flow's last call, as soon as it fits. */
  onRecord(flow: string, fits: (call: CallOnRecord) => boolean, what: string): Promise<CallOnRecord>;
  /** Facts of one kind, of the flow's last call. */
  facts(flow: string, kind: Fact['kind']): Promise<Fact['data'][]>;
  /** Resolves when Asterisk has no channel any more. */
  quiet(): Promise<void>;
}

const FIRST_NUMBER = 2001;
const LOOK_EVERY_MS = 20;
const QUIET_MS = 10_000;

/** A prompt of a flow, written on the spot. */
export function text(words: string): string {
  return `{ text: { en: "${words}" } }`;
}

/** The lines' first node is the first that is written down. */
export async function openLines(
  lines: Readonly<Record<string, string | Line | ShippedLine>>,
  options: Omit<StageOptions, 'flows'> = {},
): Promise<Lines> {
  const ids = Object.keys(lines);
  const numberOf = (flow: string): string => {
    const index = ids.indexOf(flow);
    if (index < 0) throw new Error(`There is no line ${flow}`);
    return String(FIRST_NUMBER + index);
  };
  const stage = await openStage({
    flows: Object.fromEntries(
      Object.entries(lines).map(([id, line]) => [id, flowOf(id, typeof line === 'string' ? { nodes: line } : line)]),
    ),
    numbers: `numbers:\n${ids.map((id) => `  "${numberOf(id)}": { flow: ${id}, language: en }\n`).join('')}`,
    ...options,
  });
  // Rendering prompts takes much of a small machine: what is heard meanwhile is torn.
  await stage.engine().logged(({ msg }) => msg === 'prompts are ready');
  const { database } = stage.asterisk.config.places;
  const onRecord: Lines['onRecord'] = (flow, fits, what) => callWhere(database, numberOf(flow), fits, what);
  const ended: Lines['ended'] = (flow) => onRecord(flow, ({ state }) => state === 'ended', 'over');
  return {
    ...stage,
    dial: (flow, options) => stage.call(numberOf(flow), options),
    ended,
    onRecord,
    async facts(flow, kind) {
      const { journal } = await onRecord(flow, () => true, 'there');
      return journal.filter((fact) => fact.kind === kind).map(({ data }) => data);
    },
    quiet: () => until(async () => (await channelsOf(stage)) === 0, QUIET_MS, 'Asterisk has no channel any more'),
  };
}

/** How many channels Asterisk has. */
export async function channelsOf(stage: Stage): Promise<number> {
  return Number(/^(\d+) active channel/m.exec(await stage.asterisk.rx('core show channels count'))?.[1]);
}

/** Looks again and again at what tells nobody when it changes. */
export async function until(done: () => Promise<boolean> | boolean, withinMs: number, what: string): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await done())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function flowOf(id: string, line: Line | ShippedLine): string {
  if ('text' in line) return line.text;
  const { nodes, head = '' } = line;
  const start = /^\s*([a-z][a-z0-9-]*):/m.exec(nodes)?.[1];
  const languages = head.includes('languages:') ? '' : 'languages: [en]\n';
  return `flow: ${id}\nstart: ${start}\n${languages}${head}\nnodes:\n${nodes}`;
}
