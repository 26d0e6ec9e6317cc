export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All texts within a value: of a node whose shape is wrong, those that name nodes may be its targets. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** All words within a value, of its keys, too: of a node whose shape is wrong, those that name variables may be read or set by it. */
export function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/\W+/);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...wordsIn(inner)]);
}
