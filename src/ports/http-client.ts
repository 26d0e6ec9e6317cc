import type { Value } from '../domain/value.ts';

/** One outgoing request of a flow. Expected failures are data; nothing is thrown. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The name of a connector; `url` is then the path on it. */
  readonly connector?: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; null sends no body. */
  readonly body: Value;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export type HttpOutcome =
  | { readonly kind: 'ok'; readonly status: number; readonly value: Value }
  | { readonly kind: 'error'; readonly reason: 'timeout' | 'status' | 'invalid' | 'too-large' | 'unreachable'; readonly status?: number };

export interface HttpClient {
  request(request: HttpRequest): Promise<HttpOutcome>;
}
