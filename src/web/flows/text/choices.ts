import type { FlowWords } from '../../api/flow-words.ts';
import { namedValues, propertiesOf, type Schema, shapesAt } from './schema-walk.ts';
import { nodeNames, nodeType, placeAt, type YamlPlace } from './yaml-place.ts';

/** One thing that could stand here. `info` is what the language or the catalogue says of it. */
export interface Choice {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'node' | 'prompt';
  readonly info?: string;
}

export interface Choices {
  /** Offset in the text where what is being written begins. */
  readonly from: number;
  readonly items: readonly Choice[];
}

/** What may stand at a place of a flow’s text; null when nothing is known of it. */
export function choicesAt(text: string, offset: number, words: FlowWords): Choices | null {
  const place = placeAt(text, offset);
  if (place === null) return null;
  // The type itself may become any other.
  const typeOf = (node: string): string | undefined => (place.path.at(-1) === 'type' ? undefined : nodeType(text, node));
  const shapes = shapesAt(words.schema, place.path, typeOf);
  const keys = place.kind === 'value' ? [] : keysOf(shapes);
  const values = place.kind === 'key' ? [] : valuesOf(shapes, place, text, words);
  const items = distinct([...keys, ...values]);
  return items.length === 0 ? null : { from: offset - place.partial.length, items };
}

/** Steps and expectations of a scenario that name prompts, and those that name nodes. */
const HEARD = new Set(['hears', 'hearsOnly', 'hearsNot', 'key']);
const NAMED_NODES = new Set(['node', 'visited', 'notVisited', 'exits']);

/** What may stand at a place of a scenario file. `flowText`: the flow it tells of, for the names of its nodes. */
export function scenarioChoicesAt(text: string, offset: number, words: FlowWords, flowText: string): Choices | null {
  const place = placeAt(text, offset);
  if (place === null) return null;
  const shapes = shapesAt(words.scenarioSchema, place.path, () => undefined);
  const keys = place.kind === 'value' ? [] : keysOf(shapes);
  const values =
    place.kind === 'key' ? [] : shapes.flatMap((shape) => namedValues(shape).map((label) => choice(label, 'value', shape['description'])));
  const items = distinct([...keys, ...values, ...namesInScenario(place, words, flowText)]);
  return items.length === 0 ? null : { from: offset - place.partial.length, items };
}

function namesInScenario({ path, kind }: YamlPlace, words: FlowWords, flowText: string): Choice[] {
  if (!path.includes('steps')) return [];
  const named = path.findLast((key) => key !== '[]') ?? '';
  const nodes = (): Choice[] => nodeNames(flowText).map((label) => choice(label, 'node'));
  if (kind === 'key') return named === 'exits' ? nodes().map((one) => ({ ...one, kind: 'key' })) : [];
  if (HEARD.has(named)) return promptsOf(words);
  return NAMED_NODES.has(named) && named !== 'exits' ? nodes() : [];
}

function keysOf(shapes: readonly Schema[]): Choice[] {
  return shapes.flatMap((shape) => Object.entries(propertiesOf(shape)).map(([label, field]) => choice(label, 'key', field['description'])));
}

function valuesOf(shapes: readonly Schema[], place: YamlPlace, text: string, words: FlowWords): Choice[] {
  const named = shapes.flatMap((shape) => namedValues(shape).map((label) => choice(label, 'value', shape['description'])));
  return [...named, ...namesFor(place.path, text, words), ...(shapes.some(isPromptKey) ? promptsOf(words) : [])];
}

/** Keys whose value is the name of a node. */
const TARGETS = new Set(['start', 'next', 'else', 'to']);
/** Maps whose values are names of nodes. */
const MAPS_OF_TARGETS = new Set(['exits', 'options']);

function namesFor(path: readonly string[], text: string, words: FlowWords): Choice[] {
  const [key = '', above = ''] = [path.at(-1), path.at(-2)];
  const isNode = path[0] === 'nodes' && path.length > 2;
  if (MAPS_OF_TARGETS.has(above) || (TARGETS.has(key) && above !== 'with'))
    return [...nodeNames(text), ...(key === 'start' ? [] : ['return'])].map((label) => choice(label, 'node'));
  if (isNode && key === 'do') return words.actions.map(({ name, doc }) => choice(name, 'value', doc));
  if (isNode && key === 'flow') return words.flows.map((label) => choice(label, 'value'));
  if (isNode && key === 'calendar') return words.calendars.map((label) => choice(label, 'value'));
  return [];
}

function isPromptKey({ type, pattern }: Schema): boolean {
  return type === 'string' && typeof pattern === 'string' && pattern.includes('\\.');
}

function promptsOf({ prompts }: FlowWords): Choice[] {
  return prompts.map(({ key, text }) => choice(key, 'prompt', [text.tr, text.en].filter((one) => one !== undefined).join('\n')));
}

function choice(label: string, kind: Choice['kind'], info?: unknown): Choice {
  return { label, kind, ...(typeof info === 'string' && info !== '' ? { info } : {}) };
}

function distinct(items: readonly Choice[]): Choice[] {
  const byLabel = new Map<string, Choice>();
  for (const item of items) if (!byLabel.has(item.label)) byLabel.set(item.label, item);
  return [...byLabel.values()];
}
