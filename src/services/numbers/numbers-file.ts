import { z } from 'zod';
import { type BrandId, parseBrandId } from '../../domain/brand.ts';
import { ANY_DID, normaliseDid } from '../../domain/did.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Problem } from '../../domain/problem.ts';
import { fitShape, readYaml, type SourceText, type YamlSource } from '../../domain/yaml-source.ts';

/** A number and where it leads, as flows/numbers.yaml says. `brand` and `language` are null where the settings' own apply. */
export interface FileRoute {
  readonly did: string;
  readonly flow: string;
  readonly brand: BrandId | null;
  readonly language: Language | null;
  readonly label: string;
}

const brand = z.string().refine((text) => parseBrandId(text) !== undefined, 'must be 1 to 40 lower-case letters, digits and dashes');
const shape = z.strictObject({
  numbers: z.record(
    z.string(),
    z.strictObject({
      flow: z.string().min(1),
      brand: brand.optional(),
      language: z.enum(LANGUAGES).optional(),
      label: z.string().max(100).default(''),
    }),
  ),
});
const DID = /^(\*|\+?\d{1,18})$/;

/** Reads flows/numbers.yaml. Routes with a problem are left out; `flows` are the flows there are. */
export function parseNumbers(
  file: SourceText,
  flows: ReadonlySet<string>,
): { readonly routes: readonly FileRoute[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const source = readYaml(file, 'numbers');
  const written = fitShape(source, shape, 'numbers', problems)?.numbers ?? {};
  const keys = new Map(source.keys(['numbers']).map((key) => [key.written, key]));
  for (const key of keys.values()) if (!key.quoted) problems.push(unquoted(source, key.written));
  const routes = new Map<string, FileRoute>();
  for (const [key, { flow, brand, language, label }] of Object.entries(written)) {
    const did = normaliseDid(key);
    // A number that YAML changed (zeros lost) is not the one that was written.
    if (keys.get(key)?.quoted !== true) continue;
    const problem = faultOf(source, key, did, { flow, flows, twin: routes.has(did) });
    if (problem !== undefined) problems.push(problem);
    else routes.set(did, { did, flow, brand: brand === undefined ? null : (brand as BrandId), language: language ?? null, label });
  }
  return { routes: [...routes.values()], problems };
}

function unquoted(source: YamlSource, written: string): Problem {
  const message = `${written} is written without quotes, so YAML takes it for a number and would lose its zeros.`;
  return source.problem(['numbers', written], 'numbers.unquoted', message, `Write "${written}".`);
}

function faultOf(
  source: YamlSource,
  key: string,
  did: string,
  { flow, flows, twin }: { readonly flow: string; readonly flows: ReadonlySet<string>; readonly twin: boolean },
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
  const known = [...flows].sort().join(', ') || 'none';
  return source.problem(['numbers', key, 'flow'], 'numbers.unknown-flow', `There is no flow "${flow}".`, `Known: ${known}.`);
}

/** Whether some number catches every call. */
export function hasFallback(routes: readonly FileRoute[]): boolean {
  return routes.some(({ did }) => did === ANY_DID);
}
