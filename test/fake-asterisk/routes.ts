import { OPERATIONS, type OperationName } from '../../src/asterisk/operations.ts';

/** What the fake understands beyond the engine's own operations. */
const MORE = {
  'playbacks.get': { method: 'GET', path: '/playbacks/{playbackId}' },
} as const;

export type FakeOperation = OperationName | keyof typeof MORE;

export interface Routed {
  readonly operation: FakeOperation;
  readonly params: { readonly [name: string]: string };
}

const ROUTES = Object.entries({ ...OPERATIONS, ...MORE }).map(([name, { method, path }]) => ({
  operation: name as FakeOperation,
  method,
  pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

/** The operation of a request below `/ari`, with its path parameters; undefined when there is none. */
export function route(method: string, path: string): Routed | undefined {
  for (const { operation, method: wanted, pattern } of ROUTES) {
    const match = method === wanted ? pattern.exec(path) : null;
    if (match !== null)
      return {
        operation,
        params: Object.fromEntries(Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)])),
      };
  }
  return undefined;
}
