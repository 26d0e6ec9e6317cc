/** A piece of JSON Schema, as `GET /api/v1/flow-language` gives it. */
export type Schema = { readonly [key: string]: unknown };

/** More than any schema of ours nests. */
const MOST_NESTED = 30;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The shapes a value may have: references and alternatives resolved. */
export function shapesOf(root: Schema, schema: Schema, depth = 0): Schema[] {
  if (depth > MOST_NESTED) return [];
  const inner = (part: unknown): Schema[] => (isSchema(part) ? shapesOf(root, part, depth + 1) : []);
  const ref = schema['$ref'];
  if (typeof ref === 'string') return inner(targetOf(root, ref));
  const parts = ['allOf', 'anyOf', 'oneOf'].map((name) => schema[name]).filter(Array.isArray);
  return parts.length === 0 ? [schema] : parts.flat().flatMap(inner);
}

/** `#/definitions/prompt`. */
function targetOf(root: Schema, ref: string): unknown {
  return ref
    .split('/')
    .slice(1)
    .reduce<unknown>((at, step) => (isSchema(at) ? at[step] : undefined), root);
}

/** The shapes of what stands at a key, or in a list (`[]`). `typeOf` tells the type of a node, to leave the others out. */
export function shapesAt(root: Schema, path: readonly string[], typeOf: (node: string) => string | undefined): Schema[] {
  let shapes = shapesOf(root, root);
  for (const [depth, step] of path.entries()) {
    shapes = shapes.flatMap((shape) => {
      const next = step === '[]' ? shape['items'] : (propertiesOf(shape)[step] ?? shape['additionalProperties']);
      return isSchema(next) ? shapesOf(root, next) : [];
    });
    if (depth === 1 && path[0] === 'nodes') shapes = ofType(shapes, typeOf(step));
  }
  return shapes;
}

export function propertiesOf(shape: Schema): { readonly [key: string]: Schema } {
  const { properties } = shape;
  return isSchema(properties) ? (properties as { readonly [key: string]: Schema }) : {};
}

function ofType(shapes: Schema[], type: string | undefined): Schema[] {
  const fitting = shapes.filter((shape) => propertiesOf(shape)['type']?.['const'] === type);
  return fitting.length === 0 ? shapes : fitting;
}

/** The values that a shape names one by one. */
export function namedValues(shape: Schema): string[] {
  if (Array.isArray(shape['enum'])) return shape['enum'].map(String);
  if (typeof shape['const'] === 'string') return [shape['const']];
  return shape['type'] === 'boolean' ? ['true', 'false'] : [];
}
