import type { TestBrowser, Visit, VisitOptions } from '../kit/browser.ts';
import type { PretendEngine } from './pretend-engine.ts';

/** Pages in a browser, closed together. */
export interface Guests {
  readonly visit: (options?: VisitOptions) => Promise<Visit>;
  /** The phone page of somebody who is logged in already, its feed open. `endpoint` is the phone's name at Asterisk. */
  readonly member: (options?: VisitOptions) => Promise<Visit & { readonly endpoint: string }>;
  readonly leave: () => Promise<void>;
}

export function guestsOf(browser: () => TestBrowser, engine: () => PretendEngine): Guests {
  const visits: Visit[] = [];
  async function visit(options: VisitOptions = {}): Promise<Visit> {
    const opened = await browser().visit(options);
    visits.push(opened);
    return opened;
  }
  return {
    visit,
    async member(options) {
      const opened = await visit(options);
      const { cookie, endpoint } = await engine().login();
      await opened.context.addCookies([cookie]);
      const feed = opened.page.waitForResponse((response) => response.url().includes('/phone/feed'));
      await opened.page.goto(`${engine().url}/phone`);
      await feed;
      return { ...opened, endpoint };
    },
    async leave() {
      await Promise.all(visits.splice(0).map((opened) => opened.close()));
    },
  };
}
