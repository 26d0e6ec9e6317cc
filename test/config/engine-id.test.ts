import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asteriskName } from '../../src/config/addresses.ts';
import { readConfig } from '../../src/config/config.ts';
import { loadEngineId } from '../../src/config/engine-id.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'santral-engine-id-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const nameOf = (data: string, machine: string): string => {
  const config = readConfig({ SANTRAL_DATA: path.join(dir, data) }, dir);
  return asteriskName(config, loadEngineId(config.places.engineId, machine));
};

it('two engines are told apart though their machines have one name', () => {
  expect(nameOf('one', 'web')).not.toBe(nameOf('other', 'web'));
  expect(nameOf('one', 'web')).toMatch(/^web-[0-9a-f]{16} http:/);
  expect(readdirSync(path.join(dir, 'one'))).toEqual(['engine-id']);
});

it('an engine is the same one when its machine is named anew', () => {
  const before = nameOf('one', 'web');
  expect(nameOf('one', 'called otherwise')).toBe(before);
});

it.each(['', 'half a\nline'])('what a power cut left of it, %j, is made anew, once', (left) => {
  mkdirSync(path.join(dir, 'one'));
  writeFileSync(path.join(dir, 'one', 'engine-id'), left);
  const made = nameOf('one', 'şube 1');
  expect(made).toMatch(/^ube1-[0-9a-f]{16} http:/);
  expect(nameOf('one', 'şube 1')).toBe(made);
});
