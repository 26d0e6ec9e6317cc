import { type Connector, DEMO } from '../domain/connector.ts';
import type { HttpClient, HttpOutcome, HttpRequest } from '../ports/http-client.ts';
import type { Log } from '../ports/log.ts';

/** Answers as the system would; for trying out. */
export type DemoSystem = (request: Pick<HttpRequest, 'method' | 'url'>) => HttpOutcome;

export interface ConnectedParts {
  /** Asks connectors: whoever runs the engine named them, in a file of the house. */
  readonly inner: HttpClient;
  /** Asks addresses that flows name themselves. */
  readonly plain: HttpClient;
  readonly connectors: ReadonlyMap<string, Connector>;
  /** The value of a secret, or undefined. */
  readonly secret: (name: string) => string | undefined;
  readonly demos: Readonly<Record<string, DemoSystem>>;
  readonly log: Log;
}

const AWAY: HttpOutcome = { kind: 'error', reason: 'unreachable' };

/**
 * Requests to connectors by name: address, headers and secrets come from their definition and never stand in a flow, a
 * session or a log. The definition's headers win over the flow's, and its time bounds the flow's.
 */
export function connectedClient(parts: ConnectedParts): HttpClient {
  return {
    async request(wanted) {
      const { connector: name, ...rest } = wanted;
      if (name === undefined) return parts.plain.request(rest);
      const connector = parts.connectors.get(name);
      const demo = parts.demos[name];
      if (connector?.url === DEMO && demo !== undefined) return demo(wanted);
      if (connector === undefined || connector.url === DEMO)
        return away(parts.log, name, 'is not in flows/connectors.yaml as the engine read it at its start');
      const headers = filled(connector.headers, parts.secret);
      if ('missing' in headers) return away(parts.log, name, `needs the secret ${headers.missing}: set ${secretVariable(headers.missing)}`);
      return parts.inner.request({
        ...rest,
        url: `${connector.url}${wanted.url}`,
        headers: { ...wanted.headers, ...headers.all },
        timeoutMs: Math.min(wanted.timeoutMs, connector.timeoutMs),
      });
    },
  };
}

/** The environment's variable of a secret: `dealer-token` is CONNECTOR_DEALER_TOKEN. */
export function secretVariable(name: string): string {
  return `CONNECTOR_${name.toUpperCase().replaceAll('-', '_')}`;
}

function away(log: Log, connector: string, why: string): HttpOutcome {
  log.error({ connector }, `the connector ${connector} ${why}; flows take their exit for a system that cannot be reached`);
  return AWAY;
}

function filled(
  headers: Connector['headers'],
  secret: ConnectedParts['secret'],
): { readonly all: Readonly<Record<string, string>> } | { readonly missing: string } {
  let missing: string | undefined;
  const all = Object.entries(headers).map(([header, text]) => {
    const value = text.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
      const found = secret(name);
      if (found === undefined) missing ??= name;
      return found ?? '';
    });
    return [header, value] as const;
  });
  return missing === undefined ? { all: Object.fromEntries(all) } : { missing };
}
