/** The parts of ari-client 2.2 and swagger-client 2.0 that are used; neither brings types. */
declare module 'ari-client' {
  import type { EventEmitter } from 'node:events';
  import type { WebSocket } from 'ws';

  type Operation = (options: { readonly [name: string]: unknown }) => Promise<unknown>;

  export interface Client extends EventEmitter {
    /** Made anew, at once, by each `start`. */
    readonly _ws: WebSocket;
    /** True: the end of the socket was wanted, so ari-client does not reconnect by itself. */
    _wsClosed: boolean;
    readonly _swagger: { readonly apis: { readonly events: { readonly models: { readonly [type: string]: unknown } } } };
    start(app: string): Promise<void>;
  }

  const ari: { connect(url: string, user: string, password: string): Promise<Client> };
  export default ari;
  export type ClientWithResources = Client & { readonly [resource: string]: { readonly [operation: string]: Operation } };
}

declare module 'swagger-client' {
  interface Authorization {
    apply(request: { readonly url: string; readonly headers: Record<string, string> }): boolean;
  }

  /** One instance for the whole process. */
  export interface Swagger {
    readonly SwaggerApi: { readonly prototype: { fail: (this: { failure(message: string): void }, message: string) => void } };
    readonly authorizations: { add(name: string, authorization: Authorization): void; remove(name: string): void };
  }

  const swagger: Swagger;
  export default swagger;
}
