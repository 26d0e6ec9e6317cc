import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CAMPAIGN_PROBLEMS } from '../../src/domain/campaign-problem.ts';
import { NODE_KINDS } from '../../src/flow/nodes/registry.ts';
import en from '../../src/web/locales/en.json' with { type: 'json' };
import tr from '../../src/web/locales/tr.json' with { type: 'json' };

type Texts = { readonly [key: string]: string | Texts };

const WEB = path.resolve('src/web');
/** `count_one` and `count_other` are one key to the code. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flat(texts: Texts, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') found.set(`${prefix}${key}`, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text);
  }
  return found;
}

const texts = { tr: flat(tr), en: flat(en) };

/** Every key the code asks for: whole ones, and beginnings of those that are put together (`phone.ended.${reason}`). */
function asked(): { readonly whole: Set<string>; readonly beginnings: Set<string> } {
  const whole = new Set<string>();
  const beginnings = new Set<string>();
  const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  for (const file of files) {
    const source = readFileSync(path.join(WEB, file), 'utf8');
    for (const [, key] of source.matchAll(/\bt\(\s*'([^']+)'/g)) if (key !== undefined) whole.add(key);
    for (const [, beginning] of source.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)) if (beginning !== undefined) beginnings.add(beginning);
    // The error catalogue of the pages, keys below `errors`.
    const told = /const TOLD = \[([^\]]+)\]/.exec(source)?.[1] ?? '';
    for (const [, code] of told.matchAll(/'([^']+)'/g)) whole.add(`errors.${code}`);
  }
  beginnings.delete('errors.');
  return { whole, beginnings };
}

const variables = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

describe('the texts of the pages', () => {
  it('name every exit that the language itself gives to nodes, and no other', () => {
    const exits = [...new Set(NODE_KINDS.flatMap((kind) => kind.exits.map(({ name }) => name)))].sort();
    for (const language of [tr, en]) expect(Object.keys(language.feed.exits).sort()).toEqual(exits);
  });

  it('name everything that can keep a campaign from being started, and no more', () => {
    for (const language of [tr, en]) expect(Object.keys(language.campaigns.problems)).toEqual([...CAMPAIGN_PROBLEMS]);
  });

  it('have the same keys in Turkish and English', () => {
    expect([...texts.tr.keys()].sort()).toEqual([...texts.en.keys()].sort());
  });

  it('are nowhere empty, and name the same variables in both', () => {
    for (const [key, english] of texts.en) {
      const turkish = texts.tr.get(key) ?? '';
      expect(english.trim(), key).not.toBe('');
      expect(turkish.trim(), key).not.toBe('');
      expect(variables(turkish), key).toEqual(variables(english));
    }
  });

  it('are all used, and none that is asked for is missing', () => {
    const { whole, beginnings } = asked();
    const keys = new Set([...texts.en.keys()].map((key) => key.replace(PLURAL, '')));
    const used = (key: string): boolean => whole.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning));
    expect([...keys].filter((key) => !used(key))).toEqual([]);
    expect([...whole].filter((key) => !keys.has(key))).toEqual([]);
    expect([...beginnings].filter((beginning) => ![...keys].some((key) => key.startsWith(beginning)))).toEqual([]);
    expect(whole.size).toBeGreaterThan(50);
  });

  it('are written with the letters Turkish has', () => {
    const all = [...texts.tr.values()].join(' ');
    for (const letter of 'ğüşıöçİ') expect(all).toContain(letter);
    // Words that betray a keyboard without Turkish letters.
    expect(all).not.toMatch(/\b(icin|degil|sifre|dugum|cagri|baglan\w*|lutfen|tus\b)/i);
  });
});
