const LONGEST = 120;

/** A value as it would be written on one line, cut where it is long. */
export function oneLine(value: unknown): string {
  return shortened(written(value), LONGEST);
}

export function shortened(text: string, longest = LONGEST): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length <= longest ? flat : `${flat.slice(0, longest - 1)}…`;
}

function written(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return fields.length === 0 ? '{}' : `{ ${fields.map(([key, field]) => `${key}: ${written(field)}`).join(', ')} }`;
  }
  if (typeof value === 'string')
    return /^[\p{L}\d][\p{L}\d .+/-]*$/u.test(value) && !/^[\d.]+$/.test(value) ? value : JSON.stringify(value);
  return String(value as number | boolean);
}
