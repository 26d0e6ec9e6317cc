import type { CookieJar } from '../authentication.ts';
import type { HttpDeps } from '../deps.ts';
import type { Streams } from '../sse.ts';

/** What the routes work with. */
export interface RouteContext {
  readonly deps: HttpDeps;
  readonly cookies: CookieJar;
  readonly streams: Streams;
}
