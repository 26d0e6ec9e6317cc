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

/** JSON as the formatter of this repository writes it: lists of plain values on one line where they fit. `taken` is the width around the value. */
function print(value: unknown, indent: string, taken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const plain = value.every((item) => typeof item !== 'object');
    if (plain && indent.length + taken + line.length <= LINE_WIDTH) return line;
    return `[\n${value.map((item, index) => inner + print(item, inner, comma(index, value.length))).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  const fields = entries.map(([key, field], index) => {
    const name = `${JSON.stringify(key)}: `;
    return `${inner}${name}${print(field, inner, name.length + comma(index, entries.length))}`;
  });
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

/** The width of what follows a member: the last has no comma. */
function comma(index: number, count: number): number {
  return index < count - 1 ? 1 : 0;
}
