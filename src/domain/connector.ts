/** Systems that Santral plays itself, for trying out. */
export const DEMO = 'demo';

/** A system of somebody else that flows ask by its name (flows/connectors.yaml). */
export interface Connector {
  readonly name: string;
  /** Where it is, without a slash at the end; `demo`: Santral plays it. */
  readonly url: string;
  /** By small letters. Texts may hold `${secret-name}`, which only the sender of the request fills in. */
  readonly headers: Readonly<Record<string, string>>;
  /** The most that one request may take, whatever the flow allows; ms. */
  readonly timeoutMs: number;
}
