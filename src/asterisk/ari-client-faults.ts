import type { Swagger } from 'swagger-client';

const credentials = new Map<string, string>();
let swagger: Swagger | undefined;

/**
 * Mends what of ari-client is global to the process, once: a failed description of the API is thrown as a string out of
 * an event handler (an uncaught exception), every load writes to the console, and the last password given goes to every
 * server. The password now goes by the server's address.
 */
export async function mendSwagger(): Promise<void> {
  if (swagger !== undefined) return;
  ({ default: swagger } = await import('swagger-client'));
  swagger.SwaggerApi.prototype.fail = function fail(message) {
    this.failure(message);
  };
  // `log = function …` without a declaration: swagger-client puts its logger among the globals, and looks it up there.
  Object.assign(globalThis, { log: () => undefined });
}

/** Call before each `connect`: ari-client adds its own authorisation, which ours must follow to win. */
export function rememberCredentials(origin: string, authorization: string): void {
  credentials.set(origin, authorization);
  swagger?.authorizations.add('basic-auth', { apply: () => true });
  swagger?.authorizations.remove('santral');
  swagger?.authorizations.add('santral', {
    apply(request) {
      const known = credentials.get(new URL(request.url).origin);
      if (known !== undefined) request.headers['Authorization'] = known;
      return true;
    },
  });
}

/** Asterisk's words, and the HTTP status ari-client lost. Texts of res/ari/resource_*.c of 22.10.1; first match counts. */
const STATUS_OF_TEXT: readonly (readonly [RegExp, number])[] = [
  [/^Authentication required$/, 401],
  [/not in this bridge/i, 422],
  [/format is unknown/i, 422],
  [/not in (a )?Stasis application/i, 409],
  [/already exists/i, 409],
  [/currently (recording|bridged)/i, 409],
  [/invalid state/i, 412],
  [/originator channel was not found/i, 400],
  [/not found$/i, 404],
  [/^Could not (create|delete|update)/i, 403],
  [/(failed field value validation|must be specified|^Invalid|^Missing|request line too long)/i, 400],
  [/too large/i, 413],
];

/** 500 for what is not known: refused, for a reason that the text carries. */
export function statusOfText(text: string): number {
  return STATUS_OF_TEXT.find(([pattern]) => pattern.test(text))?.[1] ?? 500;
}
