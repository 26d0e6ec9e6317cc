import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scenarioFiles } from '../../src/files/scenario-files.ts';

test('reads the scenario files of a directory, in order, and nothing else', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'santral-scenarios-'));
  for (const name of ['b.test.yaml', 'a.test.yaml', 'a.yaml', 'numbers.yaml', 'a.test.yaml.bak'])
    await writeFile(path.join(dir, name), name);
  expect((await scenarioFiles(dir).read()).map(({ path: file, text }) => [path.basename(file), text])).toEqual([
    ['a.test.yaml', 'a.test.yaml'],
    ['b.test.yaml', 'b.test.yaml'],
  ]);
  await rm(dir, { recursive: true });
});

test('a directory that is not there holds none', async () => {
  expect(await scenarioFiles('/nowhere/at/all').read()).toEqual([]);
});
