import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import type { PromptItem } from '../commands.ts';
import { exitBy, NEXT, type Outcome, type StepInput } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { ENGINE_DEFAULTS } from '../engine-defaults.ts';
import { Fault } from '../fault.ts';
import { assign, checkSize, filterContext, type Machine, scopeOf } from '../machine.ts';
import { anyValue, nameText, type PromptSource, templateText, variableName } from '../parts.ts';
import type { Prompts } from '../prompts.ts';
import type { Template } from '../template.ts';
import { defineNode, ERROR_EXIT, type Kit, mapValues, NEXT_EXIT } from './kind.ts';

const MAX_URL = 2000;
/** Scheme and host are fixed: callers choose a page at most, never a server. */
const FIXED_HOST = /^https?:\/\/[A-Za-z0-9.[\]:-]+(?:[/?]|$)/;
const NOT_FOUND = 404;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const REASON_EXITS = {
  timeout: 'timeout',
  status: 'status',
  invalid: 'invalid',
  'too-large': 'tooLarge',
  unreachable: 'unreachable',
  failed: 'error',
} as const;

export const http = defineNode({
  type: 'http',
  summary: 'Asks a system over HTTP.',
  doc: 'Sends JSON and expects JSON; `into` gets the answer. Values in the address are escaped. Each kind of failure has its exit; those that are not wired fall to `error`. While a slow answer is awaited the filler is heard again and again, so that the line is never silent for long.',
  example: `ask-crm:
  type: http
  method: POST
  url: "https://crm.example/customers/{{customer}}"
  headers: { authorization: "Bearer abc" }
  body: { plate: "{{plate}}" }
  timeout: 8s
  retries: 1
  filler: general.one-moment
  fillerAfter: 1500ms
  into: answer
  next: tell
  exits: { timeout: later, status: not-found }`,
  fields: {
    method: z
      .enum(METHODS, { error: `must be one of ${METHODS.join(', ')}` })
      .optional()
      .describe('How it is asked.'),
    url: templateText
      .optional()
      .describe(
        'The address, on the internet; scheme and host are fixed, the rest may hold {{…}}. This or `connector` is needed; systems of private networks are connectors.',
      ),
    connector: nameText
      .optional()
      .describe('In place of `url`: a system of flows/connectors.yaml, which knows address, headers and secrets.'),
    path: templateText.optional().describe('What is asked of the connector: begins with /, may hold {{…}}.'),
    headers: z
      .record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/), templateText)
      .optional()
      .describe('Headers; may hold {{…}}.'),
    body: anyValue.optional().describe('Sent as JSON; texts may hold {{…}}, a lone {{name}} sends the value as it is.'),
    ...INHERITED.http,
    into: variableName.optional().describe('Variable for the answer.'),
  },
  exits: [
    NEXT_EXIT,
    { name: 'timeout', doc: 'No answer in time.', otherwise: 'error' },
    { name: 'notFound', doc: 'The system knows no such thing (404).', otherwise: 'status' },
    { name: 'status', doc: 'The answer is not a success (4xx, 5xx).', otherwise: 'error' },
    { name: 'invalid', doc: 'The answer is no JSON.', otherwise: 'error' },
    { name: 'tooLarge', doc: 'The answer is too large.', otherwise: 'error' },
    { name: 'unreachable', doc: 'The system cannot be reached.', otherwise: 'error' },
    ERROR_EXIT,
  ],
  needsCaller: false,
  writes: (source) => (source.into === undefined ? [] : [{ path: ['into'], name: source.into, text: false }]),
  compile(source, kit) {
    const url = source.connector === undefined ? compileUrl(kit, source.url) : compilePath(kit, source.connector, source);
    const through = source.connector === undefined ? {} : { connector: source.connector };
    const headers = mapValues(source.headers, (value, name) => kit.template(['headers', name], value, 'sent'));
    const body = kit.value(['body'], source.body ?? null, 'sent');
    const filler = fillerOf(kit, source.filler);
    const set = inherit('http', kit.defaults, source);
    const rest = {
      method: source.method ?? ENGINE_DEFAULTS.http.method,
      timeoutMs: parseDuration(set.timeout) ?? 0,
      retries: set.retries,
      maxBytes: set.maxBytes,
      fillerAfterMs: parseDuration(set.fillerAfter) ?? 0,
      onHangup: set.onHangup,
    } as const;
    return {
      enter(m) {
        const sent = body.render(m);
        checkSize(m, sent, 'body');
        const items: readonly PromptItem[] = filler.render(m).items;
        const asked = { ...through, url: address(m, url), headers: headersOf(m, headers), body: sent };
        const command = { kind: 'http', ...asked, filler: items, ...rest } as const;
        return { kind: 'wait', command };
      },
      resume: (m, input) => answered(m, input, source.into),
    };
  },
});

/** What the caller hears meanwhile: the node's, the flow's, or the engine's own words. */
function fillerOf(kit: Kit, own: PromptSource | undefined): Prompts {
  const wide = kit.defaults.http?.filler;
  if (own !== undefined) return kit.prompts(['filler'], own, true);
  if (wide !== undefined) return kit.defaultPrompts(['defaults', 'http', 'filler'], wide, true);
  return kit.enginePrompt(ENGINE_DEFAULTS.http.filler);
}

function compileUrl(kit: Kit, source: string | undefined): Template {
  if (source === undefined) {
    kit.problem('missing-key', ['url'], `${kit.node} does not say whom it asks`, 'Write url: https://host/…, or connector: and path:.');
    return kit.template(['url'], '/', 'address');
  }
  const url = kit.template(['url'], source, 'address');
  const head = source.split('{{')[0] ?? '';
  const fixed = url.fixed === null ? /^https?:\/\/[^/?]+[/?]/.test(head) && FIXED_HOST.test(head) : FIXED_HOST.test(head);
  if (!fixed)
    kit.problem(
      'bad-url',
      ['url'],
      `"${source}" does not begin with a fixed host`,
      'Write https://host/…; only what follows the host may hold {{…}}.',
    );
  return url;
}

/** The path on a connector: what a caller typed fills one piece of it and leads nowhere else. */
function compilePath(kit: Kit, name: string, source: { readonly url?: string | undefined; readonly path?: string | undefined }): Template {
  kit.connector(['connector'], name);
  if (source.url !== undefined)
    kit.problem(
      'bad-value',
      ['url'],
      'a connector has an address of its own',
      'Write path: for what is asked of it, or leave connector: out.',
    );
  const path = source.path ?? '/';
  if (!path.startsWith('/') || path.startsWith('//') || /(?:^|\/)\.{1,2}(?:\/|\?|$)/.test(path))
    kit.problem('bad-url', ['path'], `"${path}" is no path on a connector`, 'Begin it with one /, and leave . and .. out of it.');
  return kit.template(['path'], path, 'address');
}

function address(m: Machine, url: Template): string {
  return url.fixed ?? url.render(scopeOf(m), filterContext(m), MAX_URL, escapePart);
}

/** One piece of a path or query. Dots alone would climb to another path. */
function escapePart(text: string): string {
  if (/^\.{1,2}$/.test(text)) throw new Fault('bad-filter', 'a value for the address is nothing but dots');
  return encodeURIComponent(text);
}

function headersOf(m: Machine, headers: readonly (readonly [string, Template])[]): Record<string, string> {
  return Object.fromEntries(
    headers.map(([name, template]) => {
      const value = template.render(scopeOf(m), filterContext(m), m.world.limits.maxTextLength);
      // oxlint-disable-next-line no-control-regex -- control characters are what is refused
      if (/[\u0000-\u001f\u007f]/.test(value)) throw new Fault('bad-header', `the header ${name} holds a line break`);
      return [name.toLowerCase(), value];
    }),
  );
}

function answered(m: Machine, input: StepInput, into: string | undefined): Outcome {
  if (input.kind !== 'result') throw new Fault('unexpected-input', `${input.kind} came for a request`);
  const { outcome } = input;
  const told = outcome.kind === 'ok' ? 'ok' : outcome.status === undefined ? outcome.reason : `${outcome.reason} ${outcome.status}`;
  m.events.push({ kind: 'result', node: m.top.node, name: 'http', outcome: told });
  if (outcome.kind === 'error') return exitBy(outcome.status === NOT_FOUND ? 'notFound' : REASON_EXITS[outcome.reason]);
  if (into !== undefined) assign(m, into, outcome.value);
  return NEXT;
}
