import { z } from 'zod';
import { type BrandId, parseBrandId } from '../../domain/brand.ts';
import { normaliseDid } from '../../domain/did.ts';
import { type Label, labelOf } from '../../domain/label.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Problem } from '../../domain/problem.ts';
import { fitPart, fitShape, readYaml, type SourceText, type YamlSource } from '../../domain/yaml-source.ts';
import { isOfType, named, type Parameter } from '../../flow/parameters.ts';
import type { KeptRoutes, NumberParams } from '../../ports/stores.ts';

/** A number and where it leads, as flows/numbers.yaml says. `brand` and `language` are null where the settings' own apply. */
export interface FileRoute {
  readonly did: string;
  readonly flow: string;
  readonly brand: BrandId | null;
  readonly language: Language | null;
  readonly label: Label;
  /** Parameters of the flow (`with:`). */
  readonly params?: NumberParams;
  /** Whether its calls are recorded; absent: as the flow and the settings say. */
  readonly record?: boolean;
}

const MOST_PARAMS = 20;
const brand = z.string().refine((text) => parseBrandId(text) !== undefined, 'must be 1 to 40 lower-case letters, digits and dashes');
const labelText = z.string().max(100);
const label = z.union([labelText, z.strictObject({ tr: labelText.optional(), en: labelText.optional() })], {
  error: 'must be text of at most 100 characters, or { tr: …, en: … }',
});
/** Parameters a number gives its flow: plain values only. */
export const numberParams = z
  .record(z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/), z.union([z.string().max(200), z.number(), z.boolean()]))
  .refine((params) => Object.keys(params).length <= MOST_PARAMS, `must be at most ${MOST_PARAMS} parameters`);
const entryShape = z.strictObject({
  flow: z.string().min(1),
  brand: brand.optional(),
  language: z.enum(LANGUAGES).optional(),
  label: label.default(''),
  with: numberParams.optional(),
  record: z.boolean().optional(),
});
/** The entries are fitted one by one: a slip in one leaves the others standing. */
const fileShape = z.looseObject({ numbers: z.record(z.string(), z.unknown()) });
const DID = /^(\*|\+?\d{1,18})$/;

export interface ParsedNumbers {
  readonly routes: readonly FileRoute[];
  readonly problems: readonly Problem[];
  /** Numbers that the file names but whose route could not be read; all when the file as a whole could not. */
  readonly lost: KeptRoutes;
}

/** The flows there are, each with the parameters it takes; null where that cannot be told, as the flow has faults. */
export type FlowsByName = ReadonlyMap<string, Readonly<Record<string, Parameter>> | null>;

/** Reads flows/numbers.yaml. Routes with a problem are left out and counted as lost. */
export function parseNumbers(file: SourceText, flows: FlowsByName): ParsedNumbers {
  const problems: Problem[] = [];
  const source = readYaml(file, 'numbers');
  const written = fitShape(source, fileShape, 'numbers', problems);
  if (written === undefined) return { routes: [], problems, lost: 'all' };
  const { numbers, ...others } = written;
  fitPart(source, [], others, z.strictObject({}), 'numbers', problems);
  const keys = new Map(source.keys(['numbers']).map((key) => [key.written, key]));
  const lost = new Set<string>();
  for (const key of keys.values()) {
    if (key.quoted) continue;
    // A number that YAML changed (zeros lost) is not the one that was written.
    problems.push(unquoted(source, key.written));
    lost.add(normaliseDid(key.written));
  }
  const routes = new Map<string, FileRoute>();
  for (const [key, value] of Object.entries(numbers)) {
    if (keys.get(key)?.quoted !== true) continue;
    const did = normaliseDid(key);
    const entry = fitPart(source, ['numbers', key], value, entryShape, 'numbers', problems);
    const problem = entry && faultOf(source, key, did, { flow: entry.flow, flows, twin: routes.has(did) });
    const faults = problem !== undefined ? [problem] : entry === undefined ? [] : faultsOfParams(source, key, entry, flows);
    problems.push(...faults);
    if (entry === undefined || faults.length > 0) lost.add(did);
    else routes.set(did, routeOf(did, entry));
  }
  return { routes: [...routes.values()], problems, lost };
}

function routeOf(did: string, { flow, brand, language, label, with: params, record }: z.infer<typeof entryShape>): FileRoute {
  const route = { did, flow, brand: brand === undefined ? null : (brand as BrandId), language: language ?? null, label: labelOf(label) };
  return { ...route, ...(params === undefined ? {} : { params }), ...(record === undefined ? {} : { record }) };
}

function unquoted(source: YamlSource, written: string): Problem {
  const message = `${written} is written without quotes, so YAML takes it for a number and would lose its zeros.`;
  return source.problem(['numbers', written], 'numbers.unquoted', message, `Write "${written}".`);
}

function faultOf(
  source: YamlSource,
  key: string,
  did: string,
  { flow, flows, twin }: { readonly flow: string; readonly flows: FlowsByName; readonly twin: boolean },
): Problem | undefined {
  if (!DID.test(did)) {
    return source.problem(
      ['numbers', key],
      'numbers.bad-number',
      `"${key}" is not a number.`,
      'Write its digits, or "*" for every other number.',
    );
  }
  if (twin) {
    const message = `"${key}" is the same number as one above.`;
    return source.problem(['numbers', key], 'numbers.duplicate', message, 'Remove one; 0212…, 90212… and +90212… are one number.');
  }
  if (flows.has(flow)) return undefined;
  const known = [...flows.keys()].sort().join(', ') || 'none';
  return source.problem(['numbers', key, 'flow'], 'numbers.unknown-flow', `There is no flow "${flow}".`, `Known: ${known}.`);
}

/** What a number gives its flow against what the flow says it takes. */
function faultsOfParams(
  source: YamlSource,
  key: string,
  { flow, with: given = {} }: z.infer<typeof entryShape>,
  flows: FlowsByName,
): Problem[] {
  const takes = flows.get(flow);
  if (takes == null) return [];
  const known = Object.keys(takes).sort().join(', ') || 'none';
  const unfit = Object.entries(given).flatMap(([name, value]) => {
    const place = ['numbers', key, 'with', name];
    const wanted = Object.hasOwn(takes, name) ? takes[name] : undefined;
    if (wanted === undefined)
      return [source.problem(place, 'numbers.unknown-parameter', `${flow} has no parameter "${name}".`, `Its parameters: ${known}.`)];
    if (isOfType(value, wanted.type)) return [];
    const message = `The parameter ${name} of ${flow} must be ${named(wanted.type)}.`;
    return [source.problem(place, 'numbers.parameter-type', message, `Write ${EXAMPLES[wanted.type]}.`)];
  });
  const missing = Object.entries(takes).flatMap(([name, { required }]) => {
    if (!required || Object.hasOwn(given, name)) return [];
    const message = `${flow} needs the parameter "${name}".`;
    return [source.problem(['numbers', key], 'numbers.missing-parameter', message, `Write with: { ${name}: … }.`)];
  });
  return [...unfit, ...missing];
}

const EXAMPLES: Readonly<Record<Parameter['type'], string>> = {
  text: 'text, digits in quotes: "10"',
  number: 'a number without quotes: 10',
  boolean: 'true or false, without quotes',
  list: 'the number another flow: a number can give no list',
  map: 'the number another flow: a number can give no map',
  any: 'any plain value',
};
