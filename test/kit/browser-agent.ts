import type { Page } from 'playwright-core';
import type { Ask } from './api.ts';
import type { TestBrowser } from './browser.ts';

const PASSWORD = 'temsilci parolam 7';

export interface BrowserAgent {
  readonly id: string;
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** A user who is an agent, logged in in a page of their own, at work, with the page as their telephone. */
export async function openBrowserAgent(
  browser: TestBrowser,
  { admin, url, name, queues }: { readonly admin: Ask; readonly url: string; readonly name: string; readonly queues: readonly string[] },
): Promise<BrowserAgent> {
  const send = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await admin(`/api/v1${path}`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { user, oneTimePassword: password } = (await send('POST', '/users', { name, role: 'agent' })) as {
    user: { id: string };
    oneTimePassword: string;
  };
  await send('PUT', `/agents/${user.id}`, { displayName: 'Deniz Yılmaz', language: 'en', skills: {}, queues });
  const { page, close } = await browser.visit({ locale: 'en-US' });
  await page.goto(url);
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[name=password]').fill(password);
  await page.keyboard.press('Enter');
  const fields = page.locator('input[type=password]');
  await fields.nth(1).waitFor();
  for (let index = 0; index < (await fields.count()); index += 1) {
    const current = (await fields.nth(index).getAttribute('autocomplete')) === 'current-password';
    await fields.nth(index).fill(current ? password : PASSWORD);
  }
  await page.keyboard.press('Enter');
  // An agent begins at the desk.
  await page.locator('[data-line="ready"]').waitFor({ timeout: 40_000 });
  await page.getByRole('button', { name: 'Start work', exact: true }).click();
  await page.locator('[data-state="available"]').waitFor();
  return { id: user.id, page, close };
}
