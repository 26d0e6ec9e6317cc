import { z } from 'zod';
import type { ErrorCode } from '../domain/errors.ts';
import { ROLES, type Role } from '../ports/stores.ts';

/** Names, descriptions and examples of every schema of the API; OpenAPI is made from it. */
export const api = z.registry<{ id?: string; description?: string; examples?: unknown[]; [key: string]: unknown }>();

/** Gives a schema its sentence and an example in the API's documentation. */
export function doc<S extends z.ZodType>(schema: S, description: string, example?: unknown): S {
  // A copy: the same schema may stand in several places with different sentences.
  const copy = schema.clone() as S;
  api.add(copy, example === undefined ? { description } : { description, examples: [example] });
  return copy;
}

/** A schema that gets a name of its own (PascalCase) under `components.schemas`. */
export function named<S extends z.ZodType>(id: string, schema: S, description: string, example?: unknown): S {
  api.add(schema, example === undefined ? { id, description } : { id, description, examples: [example] });
  return schema;
}

/** Who may ask. Deny by default: a route without one of these does not come up. */
export type Access =
  | { readonly kind: 'public' }
  /** loopback: a client on this machine needs no login, others need one of the roles. */
  | { readonly kind: 'roles'; readonly roles: readonly Role[]; readonly oneTimePassword?: 'enough'; readonly loopback?: 'free' };

export const PUBLIC = { kind: 'public' } as const satisfies Access;
export const EVERYBODY = { kind: 'roles', roles: ROLES } as const satisfies Access;
export const ADMINS = { kind: 'roles', roles: ['admin'] } as const satisfies Access;
export const SUPERVISORS = { kind: 'roles', roles: ['admin', 'supervisor'] } as const satisfies Access;
export const AGENTS = { kind: 'roles', roles: ['admin', 'supervisor', 'agent'] } as const satisfies Access;
export const OFFICE = { kind: 'roles', roles: ['admin', 'supervisor', 'campaign-manager'] } as const satisfies Access;

export const TAGS = {
  auth: 'Logging in and out, passwords.',
  users: 'People and machines that may use Santral, and their bearer tokens. Administrators only.',
  calls: 'Calls, their legs and their journal; the live feed.',
  phone:
    'The phone in the browser. Its SIP goes over the WebSocket at `/sip`: subprotocol `sip`, with the login cookie, from our own pages.',
  agent:
    'An agent’s own desk: state, the call on the line, wrap-up. News come over the WebSocket at `/api/v1/agent/socket`, with the login cookie, from our own pages.',
  floor: 'Queues, waiting callers and agents, for supervisors.',
  flows: 'Flow definitions, their revisions and releases.',
  simulator: 'Flows on trial, without a telephone.',
  workshop: 'Where flows are written: drafts, how a flow looks, what callers did in it, publishing and going back.',
  prompts: 'What callers hear: texts, recordings, who says them.',
  numbers: 'Numbers callers dial, and where they lead.',
  directory: 'Departments, dealers’ staff and people: who is rung, who is away, what was missed.',
  dealers: 'Places customers are sent to.',
  switches: 'What is turned on and off for all callers, and who changed what.',
  recordings: 'What callers recorded: voicemails, messages, comments.',
  campaigns: 'Calling many people: campaigns, what became of whom, the emergency stop.',
  callbacks: 'Callers who want to be called back.',
  appointments: 'What dealers do at agreed times: services, their calendars, free times, appointments, calendar feeds.',
  messages: 'SMS, e-mail and webhooks on their way out: the outbox and its dead letters.',
  consents: 'What people agreed to or refused, and who is never contacted.',
  lists: 'People whom campaigns call: lists of contacts, from files or from other systems.',
  matching: 'Who calls: customers and segments from files, candidates, verification.',
  reports: 'Figures of queues and agents from the floor’s facts, with their formulas; exports; how many agents are needed.',
  surveys: 'What people are asked after they were served: links, calls, answers, figures.',
  engine: 'Health, figures, settings, error codes.',
} as const;
type Tag = keyof typeof TAGS;

/** Everything that can be said about one operation without carrying it out. */
export interface Contract {
  /** `resource.verb`, unique: OpenAPI's operationId. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for parameters. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The handler reads the body as it comes; it looks after the size itself. */
  readonly bodyStream?: true;
  /** Pages of other origins may ask, those that the handler allows; it takes no account of logins. */
  readonly otherOrigins?: true;
  /** Content types of the body; JSON when nothing is said. */
  readonly consumes?: readonly string[];
  /** Bytes; the server's limit when nothing is said. */
  readonly bodyLimit?: number;
  /** Stricter than the server's limit, per client and minute. */
  readonly ratePerMinute?: number;
  readonly reply: {
    readonly status: 200 | 201 | 202 | 204;
    readonly description: string;
    readonly schema: z.ZodType;
    /** JSON when nothing is said. */
    readonly contentType?: string;
  };
  /** Other answers that are no errors. */
  readonly more?: readonly { readonly status: number; readonly description: string; readonly schema: z.ZodType }[];
  /** Besides those that follow from access and schemas. */
  readonly errors: readonly ErrorCode[];
}

export function contract<const C extends Contract>(definition: C): C {
  return definition;
}

/** The reply of an operation that has nothing to say. */
export const NO_CONTENT = { status: 204, description: 'Done.', schema: z.undefined() } as const;

/** Every code an operation can answer with. */
export function errorsOf({ access, params, query, body, errors }: Contract): readonly ErrorCode[] {
  const implied: ErrorCode[] = ['request.too-many', 'engine.not-ready', 'internal'];
  if (access.kind === 'roles') {
    implied.push('request.unauthenticated');
    if (access.roles.length < ROLES.length) implied.push('request.forbidden');
    if (access.oneTimePassword !== 'enough') implied.push('auth.password-change-required');
  }
  if (params !== undefined || query !== undefined || body !== undefined) implied.push('request.invalid');
  if (body !== undefined) implied.push('request.too-large', 'request.unsupported-type');
  return [...new Set([...errors, ...implied])];
}
