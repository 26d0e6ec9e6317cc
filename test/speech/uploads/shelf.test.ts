import { chmodSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signatureOf } from '../../../src/speech/tones.ts';
import { createShelf } from '../../../src/speech/uploads/shelf.ts';
import { writeWav } from '../../../src/speech/wav.ts';
import { fakeVoice, type House, item, openHouse } from '../house.ts';

let house: House;
let uploads: string;
beforeEach(async () => {
  house = await openHouse();
  uploads = await mkdtemp(path.join(os.tmpdir(), 'santral-uploads-'));
});
afterEach(async () => {
  await house.close();
  await rm(uploads, { recursive: true, force: true });
});

const sound = (height: number) => writeWav(Int16Array.from({ length: 1600 }, (_, i) => height * Math.sin(i)));
const shelfOf = (changed = async () => {}) => createShelf({ uploadsDir: uploads, recordingsDir: house.sounds, changed });

describe('the shelf of recordings', () => {
  it('tells those that count, and lets the uploaded one win until it is removed', async () => {
    await house.record('tr', 'main.welcome', sound(4000));
    await house.record('en', 'main.welcome', sound(4100));
    const shelf = shelfOf();
    await shelf.put('tr', 'main.welcome', sound(9000));
    await shelf.put('tr', 'main.menu', sound(9100));
    const told = (await shelf.list()).map(({ language, key, origin }) => `${language} ${key} ${origin}`).sort();
    expect(told).toEqual(['en main.welcome shipped', 'tr main.menu uploaded', 'tr main.welcome uploaded']);
    expect(await shelf.read('tr', 'main.welcome')).toEqual(sound(9000));
    expect(await shelf.remove('tr', 'main.welcome')).toBe(true);
    expect(await shelf.remove('tr', 'main.welcome')).toBe(false);
    expect(await shelf.remove('en', 'main.welcome')).toBe(false);
    expect(await shelf.read('tr', 'main.welcome')).toEqual(sound(4000));
    expect(await shelf.read('en', 'main.menu')).toBeUndefined();
  });

  it('leaves nothing half-written behind', async () => {
    const shelf = shelfOf();
    await shelf.put('tr', 'main.menu', sound(9000));
    await shelf.put('tr', 'main.menu', sound(9100));
    expect(await readdir(path.join(uploads, 'tr'))).toEqual(['main.menu.wav']);
  });

  it('says so when its directory cannot be written', async () => {
    writeFileSync(path.join(uploads, 'tr'), '');
    chmodSync(path.join(uploads, 'tr'), 0o444);
    await expect(shelfOf().put('tr', 'main.menu', sound(1))).rejects.toMatchObject({
      code: 'store.full',
      message: expect.stringContaining(uploads),
    });
  });
});

describe('what callers hear', () => {
  it('changes with the next prompt, and changes back', async () => {
    const speech = await house.speech(fakeVoice(), { uploadsDir: uploads });
    const shelf = shelfOf(() => speech.reload());
    const heard = async () => {
      const spoken = await speech.say(item('Hoş geldiniz.', { key: 'main.welcome' }));
      return spoken.kind === 'clip' ? [spoken.source, spoken.clip.durationMs] : spoken.kind;
    };
    const [, spokenMs] = await heard();
    await house.record('tr', 'main.welcome', sound(4000));
    await speech.reload();
    expect(await heard()).toEqual(['recording', 200]);
    await shelf.put('tr', 'main.welcome', writeWav(Int16Array.from({ length: 3200 }, (_, i) => 9000 * Math.sin(i))));
    expect(await heard()).toEqual(['recording', 400]);
    await shelf.remove('tr', 'main.welcome');
    expect(await heard()).toEqual(['recording', 200]);
    await rm(path.join(house.sounds, 'tr', 'main.welcome.wav'));
    await speech.reload();
    expect(await heard()).toEqual(['cache', spokenMs]);
    expect(signatureOf('tr', 'Hoş geldiniz.')).not.toEqual('');
  });

  it('is not disturbed by other files there', async () => {
    await mkdir(path.join(uploads, 'de'), { recursive: true });
    await mkdir(path.join(uploads, 'tr'), { recursive: true });
    await writeFile(path.join(uploads, 'tr', 'notes.txt'), 'x');
    await writeFile(path.join(uploads, 'de', 'main.menu.wav'), 'x');
    expect(await shelfOf().list()).toEqual([]);
  });
});
