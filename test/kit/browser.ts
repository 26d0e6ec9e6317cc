import { existsSync } from 'node:fs';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

/** What the browser phone needs of Chromium: a microphone that beeps, nobody to click on permission, audio over loopback. */
const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export interface VisitOptions {
  /** What the browser says its user reads; `en-US` when nothing is said. */
  readonly locale?: string;
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** Makes `getUserMedia` fail with this DOMException's name. */
  readonly microphone?: 'NotAllowedError' | 'NotFoundError' | 'NotReadableError';
}

/** One page with storage of its own. `problems` are the exceptions, console errors and failed requests so far. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly problems: string[];
  readonly close: () => Promise<void>;
}

export interface TestBrowser {
  visit(options?: VisitOptions): Promise<Visit>;
  close(): Promise<void>;
}

/** Debian's Chromium without a screen, with an empty profile. `without` leaves flags out, to be nearer to a user's own browser. */
export async function openBrowser(without: readonly string[] = []): Promise<TestBrowser> {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('No Chromium here. Install it: apt-get install -y chromium');
  const browser = await chromium.launch({ executablePath, args: FLAGS.filter((flag) => !without.includes(flag)) });
  return {
    async visit(options = {}) {
      const context = await browser.newContext({
        locale: options.locale ?? 'en-US',
        viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
        colorScheme: options.scheme ?? 'light',
        reducedMotion: 'reduce',
      });
      if (options.microphone !== undefined) await context.addInitScript(withoutMicrophone, options.microphone);
      const page = await context.newPage();
      return { page, context, problems: watchProblems(page), close: () => context.close() };
    },
    close: () => browser.close(),
  };
}

function withoutMicrophone(name: string): void {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('not in this test', name));
}

function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return problems;
}
