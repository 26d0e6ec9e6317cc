import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { publishedFiles } from '../../src/cli/flow-publish.ts';
import { flowJsonSchema } from '../../src/flow/json-schema.ts';
import { NODE_KINDS } from '../../src/flow/nodes/registry.ts';
import { PROBLEMS } from '../../src/flow/problems.ts';
import { flowReference } from '../../src/flow/reference/reference.ts';

test.each(publishedFiles().map((file) => [file.path, file.text]))(
  '%s is up to date (else run: npx tsx src/cli/flow-publish.ts)',
  (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

test.each(['flows/main-menu.yaml', 'flows/dealer-lookup.yaml'])('editors find the schema that %s names', (path) => {
  const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(path, 'utf8')) ?? [];
  expect(JSON.parse(readFileSync(new URL(schema, pathToFileURL(path)), 'utf8'))).toEqual(flowJsonSchema());
});

test('the schema knows every node type, its fields, and where text needs quotes', () => {
  const schema = flowJsonSchema() as {
    properties: {
      nodes: {
        additionalProperties: {
          oneOf: { properties: Record<string, { const?: string }>; required: string[]; additionalProperties: boolean }[];
        };
      };
    };
  };
  const nodes = schema.properties.nodes.additionalProperties.oneOf;
  expect(nodes.map(({ properties }) => properties['type']?.const)).toEqual(NODE_KINDS.map(({ type }) => type));
  for (const node of nodes) {
    expect(node.additionalProperties).toBe(false);
    expect(node.required).toContain('type');
  }
});

test('the reference tells of every node type, filter, problem and fault', () => {
  const text = flowReference();
  for (const { type, example } of NODE_KINDS) {
    expect(text).toContain(`### ${type}\n`);
    expect(text).toContain(example);
  }
  for (const { code } of PROBLEMS) expect(text).toContain(`\`${code}\``);
});
