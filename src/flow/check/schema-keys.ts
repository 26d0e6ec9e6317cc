import { z } from 'zod';
import type { Path } from './source.ts';

/** The keys that a schema knows at a place: for "did you mean". Empty where any key goes. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  let found: z.core.$ZodType[] = unwrap(schema);
  for (const step of path) found = found.flatMap((one) => inside(one, step).flatMap(unwrap));
  return [...new Set(found.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : [])))];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  return [schema];
}

function inside(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const field = (schema.shape as Record<string, z.core.$ZodType>)[step];
    return field === undefined ? [] : [field];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  return schema instanceof z.ZodArray ? [schema.element] : [];
}
