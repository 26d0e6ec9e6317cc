/** A request that failed. `code` is the engine's (problem+json), or one of ours: `web.unreachable`, `web.unexpected`. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;

  /** Why, where the code has more than one reason. */
  readonly reason: string | null;

  constructor(code: string, status: number, message: string, reason: string | null = null) {
    super(message);
    this.reason = reason;
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
  }
}

export const BASE = '/api/v1';

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof ApiError && error.code === code;
}

export function isUnauthenticated(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Why the engine refused with this code; null: another error, or none is told. */
export function reasonOf(error: unknown, code: string): string | null {
  return error instanceof ApiError && error.code === code ? error.reason : null;
}

/** The engine's code for what went wrong. */
export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : 'web.unexpected';
}

/** A trouble that may be over in a moment. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** One request to the engine on the same origin (the cookie goes along). Gives the parsed body, undefined for none. Throws ApiError only. */
export async function request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const response = await send(method, path, body);
  const text = await response.text().catch(() => '');
  const json = parseJson(text);
  if (response.ok) {
    if (json === undefined && text !== '') throw new ApiError('web.unexpected', response.status, `${path} did not answer with JSON`);
    return json;
  }
  throw problemFrom(response.status, json);
}

/** Something that is no JSON, such as sound. Throws ApiError only. */
export async function download(path: string): Promise<Blob> {
  const response = await send('GET', path, undefined);
  if (response.ok) return response.blob();
  throw problemFrom(response.status, parseJson(await response.text().catch(() => '')));
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(`${BASE}${path}`, {
      method,
      credentials: 'same-origin',
      // The second header tells the engine that a page of ours asks, not a form of somebody else's.
      headers: {
        accept: 'application/json',
        'x-santral-request': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new ApiError('web.unreachable', 0, error instanceof Error ? error.message : 'no answer');
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The error that an answer tells of. */
export function problemFrom(status: number, json: unknown): ApiError {
  const fields = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  const { code, detail, title, reason } = fields;
  const message = typeof detail === 'string' ? detail : typeof title === 'string' ? title : `status ${status}`;
  if (typeof code === 'string') return new ApiError(code, status, message, typeof reason === 'string' ? reason : null);
  // Something between us and the engine answered, such as a proxy whose engine is away.
  return new ApiError(status >= 502 && status <= 504 ? 'web.unreachable' : 'web.unexpected', status, message);
}
