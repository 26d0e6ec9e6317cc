import type { FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ERROR_CODES, type ErrorCode, SantralError } from '../domain/errors.ts';
import type { Problem } from './contracts/common.ts';
import { statusOf } from './status.ts';

export const PROBLEM_TYPE = 'application/problem+json';
type FieldError = NonNullable<Problem['errors']>[number];

/** Errors of Fastify's own that are no fault of ours. */
const FASTIFY_CODES: { readonly [code: string]: ErrorCode } = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.invalid',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.invalid',
  FST_ERR_BAD_URL: 'request.invalid',
  FST_ERR_MAX_LIMIT: 'request.invalid',
  FST_ERR_HANDLER_TIMEOUT: 'engine.not-ready',
};
const STATUS_CODES: { readonly [status: number]: ErrorCode } = {
  400: 'request.invalid',
  404: 'request.not-found',
  413: 'request.too-large',
  415: 'request.unsupported-type',
  429: 'request.too-many',
};

export function typeOf(code: ErrorCode): string {
  return `urn:santral:error:${code}`;
}

/** The problem a thrown value is to the client. Faults of our own say nothing but their occurrence: the log has the rest. */
export function problemOf(error: unknown, requestId: string): Problem {
  const { code, detail, reason, errors } = read(error);
  return {
    type: typeOf(code),
    title: ERROR_CODES[code],
    status: statusOf(code),
    detail,
    code,
    instance: `urn:santral:request:${requestId}`,
    ...(reason === undefined ? {} : { reason }),
    ...(errors.length > 0 ? { errors: [...errors] } : {}),
  };
}

interface Reading {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly reason?: string;
  readonly errors: readonly FieldError[];
}

function read(error: unknown): Reading {
  if (error instanceof SantralError) {
    if (statusOf(error.code) === 500) return ownFault();
    const { reason } = error.details;
    const told = typeof reason === 'string' ? { reason } : {};
    return { code: error.code, detail: error.message, ...told, errors: fieldErrorsIn(error) };
  }
  if (hasZodFastifySchemaValidationErrors(error)) return readValidation(error.validation, contextOf(error));
  const code = clientFault(error);
  return code === undefined ? ownFault() : { code, detail: error instanceof Error ? error.message : ERROR_CODES[code], errors: [] };
}

function ownFault(): Reading {
  return { code: 'internal', detail: 'Something went wrong inside Santral. Tell the administrator the `instance` below.', errors: [] };
}

function clientFault(error: unknown): ErrorCode | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as Error & { code?: unknown; statusCode?: unknown };
  if (typeof code === 'string' && FASTIFY_CODES[code] !== undefined) return FASTIFY_CODES[code];
  // JSON.parse's own error, and what plugins throw with a 4xx status.
  return typeof statusCode === 'number' ? STATUS_CODES[statusCode] : undefined;
}

function contextOf(error: object): string {
  const context = 'validationContext' in error ? error.validationContext : undefined;
  return context === 'querystring' ? 'query' : typeof context === 'string' ? context : 'request';
}

function readValidation(
  issues: readonly { instancePath: string; keyword: string; message?: string | undefined }[],
  context: string,
): Reading {
  const errors = issues.map(({ instancePath, keyword, message }) => ({
    path: [context, ...instancePath.split('/').filter((part) => part !== '')].join('.'),
    code: keyword,
    message: message ?? 'is not valid',
  }));
  return { code: 'request.invalid', detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '), errors };
}

/** Services name fields in `details.errors`. */
function fieldErrorsIn(error: SantralError): readonly FieldError[] {
  const { errors } = error.details;
  return Array.isArray(errors) ? errors.filter(isFieldError).map(({ path, code, message }) => ({ path, code, message })) : [];
}

function isFieldError(value: unknown): value is FieldError {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['path', 'code', 'message'].every((key) => key in value && typeof value[key as keyof typeof value] === 'string')
  );
}

/** Answers with a problem. */
export async function sendProblem(reply: FastifyReply, error: unknown): Promise<void> {
  const problem = problemOf(error, reply.request.id);
  void reply.header('x-request-id', reply.request.id);
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="santral"');
  if (problem.status === 503) void reply.header('retry-after', '5');
  // Serialised here: a route's response schemas are for its own replies, and a problem must come through whatever they say.
  await reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem);
}
