import { z } from 'zod';
import { DURATION_PATTERN, parseDuration } from '../../domain/duration.ts';
import type { Problem } from '../../domain/problem.ts';
import { NO_SEGMENTS, type Segment, type SegmentRules, STANDARD } from '../../domain/segment.ts';
import { fitPart, fitShape, readYaml, type SourceText } from '../../domain/yaml-source.ts';

const ROOM = 'segments';
const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const DEFAULT_TIMEOUT_MS = 800;
/** The caller hears nothing meanwhile. */
const LONGEST_TIMEOUT_MS = 5000;

const name = z.string().regex(NAME, 'must be small letters, digits and dashes');
const segmentShape = z.strictObject({
  label: z.strictObject({ tr: z.string().min(1).max(60), en: z.string().min(1).max(60) }),
  class: name.optional(),
  queue: name.optional(),
  skills: z.record(name, z.int().min(1).max(9)).default({}),
  greeting: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'must be the key of a prompt')
    .optional(),
});
const externalShape = z.strictObject({
  connector: name,
  path: z.string().regex(/^\/[^\s?#]{0,200}$/, 'must begin with / and hold neither ? nor #'),
  timeout: z
    .string()
    .regex(DURATION_PATTERN, 'must be a time such as 800ms')
    .refine((text) => between(parseDuration(text)), 'must be between 1ms and 5s')
    .optional(),
  send: z.enum(['number', 'token']).default('token'),
});
const fileShape = z.looseObject({ segments: z.record(z.string(), z.unknown()).default({}), external: z.unknown().optional() });

export interface ParsedSegments {
  readonly rules: SegmentRules;
  readonly problems: readonly Problem[];
}

/** Reads flows/segments.yaml; null: there is none. Entries with a problem are left out, the others count. */
export function parseSegments(file: SourceText | null): ParsedSegments {
  const problems: Problem[] = [];
  if (file === null) return { rules: NO_SEGMENTS, problems };
  const source = readYaml(file, ROOM);
  const written = fitShape(source, fileShape, ROOM, problems);
  if (written === undefined) return { rules: NO_SEGMENTS, problems };
  const { segments: entries, external: outside, ...others } = written;
  fitPart(source, [], others, z.strictObject({}), ROOM, problems);
  const segments = new Map<string, Segment>();
  for (const [key, value] of Object.entries(entries)) {
    if (!NAME.test(key) || key === STANDARD) {
      const remedy = 'Use small letters, digits and dashes; standard is everybody who is in no segment.';
      problems.push(source.problem(['segments', key], `${ROOM}.bad-name`, `"${key}" cannot be the name of a segment.`, remedy));
      continue;
    }
    const entry = fitPart(source, ['segments', key], value, segmentShape, ROOM, problems);
    if (entry === undefined) continue;
    const { label, skills } = entry;
    segments.set(key, {
      name: key,
      label,
      skills,
      class: entry.class ?? null,
      queue: entry.queue ?? null,
      greeting: entry.greeting ?? null,
    });
  }
  const external =
    outside === undefined || outside === null ? undefined : fitPart(source, ['external'], outside, externalShape, ROOM, problems);
  const known =
    external === undefined
      ? null
      : {
          connector: external.connector,
          path: external.path,
          send: external.send,
          timeoutMs: parseDuration(external.timeout ?? '') ?? DEFAULT_TIMEOUT_MS,
        };
  return { rules: { segments, external: known }, problems };
}

function between(ms: number | undefined): boolean {
  return ms !== undefined && ms > 0 && ms <= LONGEST_TIMEOUT_MS;
}
