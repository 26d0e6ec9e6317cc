import { z } from 'zod';
import { type Connector, DEMO } from '../domain/connector.ts';
import { DURATION_PATTERN, parseDuration } from '../domain/duration.ts';
import type { Problem } from '../domain/problem.ts';
import { fitPart, fitShape, readYaml, type SourceText } from '../domain/yaml-source.ts';
import { NAME_PATTERN } from './parts.ts';

const ROOM = 'connectors';
const DEFAULT_TIMEOUT_MS = 5000;
const LONGEST_MS = 60_000;
const SECRETS = /\$\{([^}]*)\}/g;

const url = z
  .string()
  .refine((text) => text === DEMO || isBase(text), 'must be an address such as https://dealer.example/api, without ? and #; or demo')
  .transform((text) => text.replace(/\/+$/, ''));
const headerText = z
  .string()
  .max(2000)
  .regex(/^[\u0020-\u007e]*$/, 'must be one line of plain characters')
  .refine(
    (text) => [...text.matchAll(SECRETS)].every(([, name]) => NAME_PATTERN.test(name ?? '')),
    'must be text that names secrets as ${small-letters-and-dashes}',
  );
const entryShape = z.strictObject({
  title: z.strictObject({ tr: z.string().min(1), en: z.string().min(1) }).optional(),
  url,
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/, 'must be the name of a header'), headerText).default({}),
  timeout: z
    .string()
    .regex(DURATION_PATTERN, 'must be a time such as 4s')
    .refine((text) => (parseDuration(text) ?? 0) > 0 && (parseDuration(text) ?? 0) <= LONGEST_MS, 'must be between 1ms and 60s')
    .optional(),
});
const fileShape = z.looseObject({ connectors: z.record(z.string(), z.unknown()) });

export interface ParsedConnectors {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly problems: readonly Problem[];
}

/** Reads flows/connectors.yaml; null: there is none. Entries with a problem are left out, the others count. */
export function parseConnectors(file: SourceText | null | undefined): ParsedConnectors {
  const problems: Problem[] = [];
  const connectors = new Map<string, Connector>();
  if (file === null || file === undefined) return { connectors, problems };
  const source = readYaml(file, ROOM);
  const written = fitShape(source, fileShape, ROOM, problems);
  if (written === undefined) return { connectors, problems };
  const { connectors: entries, ...others } = written;
  fitPart(source, [], others, z.strictObject({}), ROOM, problems);
  for (const [name, value] of Object.entries(entries)) {
    const at = ['connectors', name];
    if (!NAME_PATTERN.test(name)) {
      problems.push(
        source.problem(at, 'connectors.bad-name', `"${name}" cannot be the name of a connector.`, 'Use small letters, digits and dashes.'),
      );
      continue;
    }
    const entry = fitPart(source, at, value, entryShape, ROOM, problems);
    if (entry !== undefined) connectors.set(name, connectorOf(name, entry));
  }
  return { connectors, problems };
}

function connectorOf(name: string, entry: z.infer<typeof entryShape>): Connector {
  const headers = Object.entries(entry.headers).map(([header, text]) => [header.toLowerCase(), text] as const);
  return {
    name,
    url: entry.url,
    headers: Object.fromEntries(headers),
    timeoutMs: entry.timeout === undefined ? DEFAULT_TIMEOUT_MS : (parseDuration(entry.timeout) ?? DEFAULT_TIMEOUT_MS),
  };
}

/** A fixed host, and a path at most: what a flow adds must stay on it. */
function isBase(text: string): boolean {
  if (!/^https?:\/\/[A-Za-z0-9.[\]:-]+(?:\/[^?#\s]*)?$/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}
