import { expect, it } from 'vitest';
import { createMemory } from '../../src/speech/memory.ts';
import type { Found, Want } from '../../src/speech/want.ts';

const want = (text: string, key: string | null = null): Want => ({ key, language: 'tr', text });
const found = (path: string): Found => ({ kind: 'clip', clip: { path, durationMs: 20 }, source: 'cache', fallback: false });

it('memory holds so many clips; the least recently used goes first', () => {
  const used: string[] = [];
  const memory = createMemory(2, (id) => used.push(id) > 0);
  memory.put(want('a'), 'ida', found('/a'));
  memory.put(want('b'), 'idb', found('/b'));
  expect(memory.get(want('a'))).toEqual(found('/a'));
  memory.put(want('c'), 'idc', found('/c'));
  expect([memory.get(want('a')), memory.get(want('b')), memory.get(want('c'))]).toEqual([found('/a'), undefined, found('/c')]);
  expect(used).toEqual(['ida', 'ida', 'idc']);
});

it('memory tells texts, keys and languages apart', () => {
  const memory = createMemory(10, () => true);
  memory.put(want('a', 'k'), 'id', found('/a'));
  expect(memory.get(want('a'))).toBeUndefined();
  expect(memory.get(want('a', 'other'))).toBeUndefined();
  expect(memory.get({ ...want('a', 'k'), language: 'en' })).toBeUndefined();
});

it('memory gives no clip whose file is gone, and forgets it', () => {
  let there = false;
  const memory = createMemory(10, () => there);
  memory.put(want('a'), 'ida', found('/a'));
  expect(memory.get(want('a'))).toBeUndefined();
  there = true;
  expect(memory.get(want('a'))).toBeUndefined();
});

it('memory forgets clips whose files are gone', () => {
  const memory = createMemory(10, () => true);
  for (const text of ['a', 'b']) memory.put(want(text), `id${text}`, found(`/${text}`));
  memory.put(want('a', 'again'), 'ida', found('/a'));
  memory.drop(new Set(['ida']));
  expect([memory.get(want('a')), memory.get(want('a', 'again')), memory.get(want('b'))]).toEqual([undefined, undefined, found('/b')]);
});
