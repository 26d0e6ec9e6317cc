import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NODE_PROMPTS } from '../../src/flow/built-in-prompts.ts';
import { parseCatalogue } from '../../src/flow/catalogue.ts';

const names = readdirSync('sounds').filter((name) => name.endsWith('.yaml'));
const { entries } = parseCatalogue(names.map((name) => ({ path: name, text: readFileSync(`sounds/${name}`, 'utf8') })));

test.each(NODE_PROMPTS.map((prompt) => [prompt.key, prompt] as const))('sounds/ holds %s, with the engine’s words', (key, { text }) => {
  expect(entries.get(key)?.text).toEqual(text);
});
