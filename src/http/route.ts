import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { z } from 'zod';
import { ERROR_CODES } from '../domain/errors.ts';
import type { Caller } from '../services/auth/callers.ts';
import { callerOf } from './authentication.ts';
import { type Contract, errorsOf } from './contract.ts';
import { problem } from './contracts/common.ts';
import { addPreflight } from './cross-origin.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { statusOf } from './status.ts';

/** A contract with what carries it out. */
export interface Route {
  readonly contract: Contract;
  /** The handler takes the response over, and may keep it open for long. */
  readonly streams: boolean;
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;
type Schema<C extends Contract, K extends 'params' | 'query' | 'body'> = C extends { readonly [P in K]: infer S } ? Parsed<S> : undefined;

/** What a handler is given: parsed input, and who asks (null only where everybody may). */
export interface Ask<C extends Contract> {
  readonly params: Schema<C, 'params'>;
  readonly query: Schema<C, 'query'>;
  readonly body: Schema<C, 'body'>;
  readonly caller: C['access'] extends { readonly kind: 'public' } | { readonly loopback: 'free' } ? Caller | null : Caller;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function ask<C extends Contract>(contract: C, request: FastifyRequest, reply: FastifyReply): Ask<C> {
  const open = contract.access.kind === 'public' || contract.access.loopback === 'free';
  // The schemas of this very contract have parsed them.
  return {
    params: request.params,
    query: request.query,
    body: request.body,
    caller: open ? request.caller : callerOf(request),
    request,
    reply,
  } as Ask<C>;
}

type Answer<C extends Contract> = C['reply'] extends { readonly status: 204 } ? void : z.output<C['reply']['schema']>;

/** An operation that answers with one value. */
export function route<C extends Contract>(contract: C, handle: (asked: Ask<C>) => Promise<Answer<C>>): Route {
  return {
    contract,
    streams: false,
    async handle(request, reply) {
      void reply.code(contract.reply.status);
      const { contentType } = contract.reply;
      if (contentType !== undefined) void reply.type(contentType).serializer(String);
      const answer: unknown = await handle(ask(contract, request, reply));
      if (reply.sent) return reply;
      return contract.reply.status === 204 ? reply.send() : answer;
    },
  };
}

/** An operation that takes the response over (a stream). */
export function streamRoute<C extends Contract>(contract: C, handle: (asked: Ask<C>) => Promise<void>): Route {
  return {
    contract,
    streams: true,
    async handle(request, reply) {
      await handle(ask(contract, request, reply));
      return reply;
    },
  };
}

/** The contract as Fastify wants it: checked on the way in, on the way out, and told by OpenAPI. */
export function addRoute(app: FastifyInstance, { contract, handle, streams }: Route): void {
  const { params, query, body, bodyStream, consumes, bodyLimit, ratePerMinute, access, otherOrigins } = contract;
  const options: RouteOptions = {
    method: contract.method,
    url: contract.path,
    schema: {
      operationId: contract.id,
      tags: [contract.tag],
      summary: contract.summary,
      ...(contract.description === undefined ? {} : { description: contract.description }),
      security: access.kind === 'public' ? [] : [{ cookie: [] }, { bearer: [] }],
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { querystring: query }),
      ...(body === undefined ? {} : { body }),
      ...(consumes === undefined ? {} : { consumes: [...consumes] }),
      response: responses(contract),
    },
    config: {
      access,
      ...(bodyStream === undefined ? {} : { bodyStream }),
      ...(otherOrigins === undefined ? {} : { otherOrigins }),
      ...(ratePerMinute === undefined ? {} : { rateLimit: { max: ratePerMinute } }),
    },
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    // HEAD comes with GET, but a stream has no end to tell of.
    exposeHeadRoute: !streams,
    handler: handle,
  };
  app.route(options);
  if (otherOrigins === true && contract.method === 'POST') addPreflight(app, contract.path);
}

interface Response {
  readonly description: string;
  readonly content: Record<string, { readonly schema: z.ZodType }>;
}

function responses(contract: Contract): Record<number, Response | z.ZodType> {
  const all: Record<number, Response> = {};
  const empty: Record<number, z.ZodType> = {};
  const add = (status: number, description: string, type: string, schema: z.ZodType): void => {
    const known = all[status];
    const told = known === undefined ? description : `${known.description}\n\n${description}`;
    all[status] = { description: told, content: { ...known?.content, [type]: { schema } } };
  };
  for (const { status, description, schema, contentType } of [contract.reply, ...(contract.more ?? [])] as readonly Contract['reply'][]) {
    if (status === 204) empty[status] = schema;
    else add(status, description, contentType ?? 'application/json', schema);
  }
  const codes = errorsOf(contract);
  for (const status of new Set(codes.map(statusOf))) {
    const lines = codes.filter((code) => statusOf(code) === status).map((code) => `\`${code}\`: ${ERROR_CODES[code]}`);
    add(status, lines.join('\n\n'), PROBLEM_TYPE, problem);
  }
  return { ...all, ...empty };
}
