import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { openToAll } from './authentication.ts';
import { pathOf } from './errors.ts';

/** Pages that are answered whatever the client says it accepts. Others of the web app's own router are for browsers only. */
export const WEB_PAGES = ['/', '/login', '/password', '/phone', '/surveys', '/prompts'] as const;
/** Behind the link of a survey; it says by itself whether the link is good. */
const SURVEY_PAGE = 'survey.html';
/** A web form that asks to be called back; it finds out by itself whether there is such a form. */
const CALLBACK_PAGE = 'callback.html';
/** Where no page of the web app can be. */
const NO_PAGE = /^\/(api|docs|assets|health|metrics|sip)(\/|$)|\.[a-z0-9]+$/i;

const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Santral</title></head>
<body><h1>Santral</h1>
<p>The engine runs, but its web pages are not built. Run <code>npm run build</code> and reload this page.</p>
<p lang="tr">Motor çalışıyor, ancak web sayfaları derlenmemiş. <code>npm run build</code> komutunu çalıştırıp bu sayfayı yenileyin.</p>
<p><a href="/docs">API</a> · <a href="/health">/health</a></p></body></html>
`;

/** The pages that `vite build` left in `root`. Files under assets/ carry their hash in their name and are kept for ever. */
export async function installWebApp(app: FastifyInstance, root: string): Promise<void> {
  await openToAll(app, async (scope) => {
    await scope.register(fastifyStatic, {
      root: path.join(root, 'assets'),
      prefix: '/assets/',
      index: false,
      decorateReply: false,
      immutable: true,
      maxAge: '365d',
    });
    for (const page of WEB_PAGES) {
      scope.get(page, { schema: { hide: true } }, async (_request, reply) => sendPage(reply, root));
    }
    scope.get('/s/:token', { schema: { hide: true } }, async (_request, reply) => sendPage(reply, root, SURVEY_PAGE));
    scope.get('/callback/:form', { schema: { hide: true } }, async (_request, reply) => sendPage(reply, root, CALLBACK_PAGE));
    scope.get('/embed/callback.js', { schema: { hide: true } }, async (_request, reply) => {
      const bytes = await readFile(path.join(root, 'embed/callback.js')).catch(absent);
      if (bytes === undefined) return reply.callNotFound();
      // Pages of others load it: by any of them, and checked by its hash where they like.
      void reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*');
      return reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=300').send(bytes);
    });
    for (const [file, type] of LOOSE_FILES) {
      scope.get(`/${file}`, { schema: { hide: true } }, async (_request, reply) => {
        const bytes = await readFile(path.join(root, file)).catch(absent);
        if (bytes === undefined) return reply.callNotFound();
        return reply.type(type).header('cache-control', 'public, max-age=3600').send(bytes);
      });
    }
  });
}

/** True for an address that only the web app can know: its own router has the last word there. */
export function wantsPage(request: FastifyRequest): boolean {
  const { accept } = request.headers;
  return request.method === 'GET' && accept !== undefined && accept.includes('text/html') && !NO_PAGE.test(pathOf(request));
}

export async function sendPage(reply: FastifyReply, root: string, page = 'index.html'): Promise<void> {
  const html = await readFile(path.join(root, page), 'utf8').catch(absent);
  void reply.code(html === undefined ? 503 : 200);
  await reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-cache')
    .send(html ?? NOT_BUILT);
}

/** What browsers ask for by a fixed name. */
const LOOSE_FILES = [
  ['favicon.ico', 'image/x-icon'],
  ['favicon.svg', 'image/svg+xml'],
  ['robots.txt', 'text/plain; charset=utf-8'],
] as const;

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
