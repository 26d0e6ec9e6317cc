import { z } from 'zod';
import { flowSchema } from './flow-schema.ts';

/** The JSON Schema (draft 7, which editors of YAML know best) of a flow file. */
export function flowJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(flowSchema, { io: 'input', target: 'draft-7' });
  return { $schema, title: 'Santral flow', description: 'A flow of Santral; flows/README.md is its reference.', ...rest };
}

/** As it is published: `flows/schema/flow.schema.json`. */
export function publishedSchema(): string {
  return printSchema(flowJsonSchema());
}

/** A schema as a file. */
export function printSchema(schema: Readonly<Record<string, unknown>>): string {
  return `${print(schema, '', 0)}\n`;
}

const LINE_WIDTH = 140;

/** JSON as the formatter of this repository writes it: lists of plain values on one line where they fit. `taken` is the width before the value. */
function print(value: unknown, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const plain = value.every((item) => typeof item !== 'object');
    if (plain && indent.length + taken + line.length + 1 <= LINE_WIDTH) return line;
    return `[\n${value.map((item) => inner + print(item, inner, 0)).join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value).map(([key, field]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${inner}${name}${print(field, inner, name.length)}`;
  });
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}
