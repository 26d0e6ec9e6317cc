import type { z } from 'zod';

/** One setting: an environment variable, what it is for, and how its text becomes a value. The README's table is made from this. */
export interface Setting<T> {
  readonly env: string;
  readonly help: string;
  /** As it would be typed; undefined when there is no default. */
  readonly fallback: string | undefined;
  readonly schema: z.ZodType<T, string | undefined>;
  readonly secret: boolean;
}

/** One setting, as the environment gives it. */
export function setting<T>(
  env: string,
  fallback: string | undefined,
  schema: z.ZodType<T, string | undefined>,
  help: string,
  secret = false,
): Setting<T> {
  return { env, help, fallback, schema, secret };
}
