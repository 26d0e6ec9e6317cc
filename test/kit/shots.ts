import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = path.resolve('var/screenshots');

/** What every page is looked at in: both languages, a desktop and a phone. */
export const LOOKS = (['tr', 'en'] as const).flatMap((language) =>
  ([1280, 390] as const).map((width) => ({
    language,
    locale: language === 'tr' ? 'tr-TR' : 'en-US',
    width,
    height: width === 390 ? 844 : 900,
    name: `${language}-${width}`,
  })),
);

/** A picture of the whole page in var/screenshots/, for people to look at. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), fullPage: true });
}

/** Whether anything sticks out to the right, so that a phone would scroll sideways. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
