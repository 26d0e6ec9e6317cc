import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/flow/actions.ts';
import { checkRelease } from '../../src/flow/check.ts';
import { errorsOf } from '../../src/http/contract.ts';
import { FLOW_EXAMPLE } from '../../src/http/contracts/flows.ts';
import { RESOURCES } from '../../src/http/routes/registry.ts';
import { statusOf } from '../../src/http/status.ts';
import { type House, openHouse } from './house.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, { schema: object }> };
  readonly responses: Record<
    string,
    { readonly description: string; readonly content?: Record<string, { schema: Record<string, unknown> }> }
  >;
}

let house: House;
let document: {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
  tags: { name: string }[];
};
beforeAll(async () => {
  house = await openHouse();
  document = (await house.app.inject('/docs/json')).json();
});
afterAll(() => house.close());

const CONTRACTS = RESOURCES.flatMap((resource) =>
  resource({ deps: { config: {}, stores: {} }, cookies: {}, streams: {} } as never).map(({ contract }) => contract),
);

function operations(): readonly Operation[] {
  return Object.values(document.paths).flatMap((methods) => Object.values(methods));
}

describe('the API’s description', () => {
  it('is OpenAPI 3.1 and holds exactly the operations of the registry', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(
      operations()
        .map(({ operationId }) => operationId)
        .toSorted(),
    ).toEqual(CONTRACTS.map(({ id }) => id).toSorted());
    const used = new Set(operations().flatMap(({ tags }) => tags));
    expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted());
  });

  it.each(CONTRACTS.map((contract) => [contract.id, contract] as const))(
    'tells of %s its reply, its input and all its errors',
    (id, contract) => {
      const operation = operations().find(({ operationId }) => operationId === id) as Operation;
      expect(operation.summary).toBe(contract.summary);
      expect(operation.security).toHaveLength(contract.access.kind === 'public' ? 0 : 2);
      const statuses = new Set(
        [contract.reply.status, ...(contract.more ?? []).map(({ status }) => status), ...errorsOf(contract).map(statusOf)].map(String),
      );
      expect(Object.keys(operation.responses).toSorted()).toEqual([...statuses].toSorted());
      for (const code of errorsOf(contract)) {
        const response = operation.responses[statusOf(code)];
        expect(response?.description).toContain(`\`${code}\``);
        expect(response?.content?.['application/problem+json']?.schema).toEqual({ $ref: '#/components/schemas/Problem' });
      }
      if (contract.reply.status !== 204) {
        const type = contract.reply.contentType ?? 'application/json';
        expect(operation.responses[contract.reply.status]?.content).toHaveProperty([type, 'schema']);
      }
      expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(
        contract.body === undefined ? [] : (contract.consumes ?? ['application/json']),
      );
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...contract.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
    },
  );

  it('refers to no schema that is not there, and holds none that nothing refers to', () => {
    const text = JSON.stringify(document);
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => String(name)));
    expect([...referred].toSorted()).toEqual(Object.keys(document.components.schemas).toSorted());
  });

  it('gives examples for what people type', () => {
    const text = JSON.stringify(document.paths['/api/v1/auth/login']?.['post']?.requestBody);
    expect(text).toContain('"examples":["admin"]');
    const query = document.paths['/api/v1/calls']?.['get']?.parameters ?? [];
    expect(query.map(({ name }) => name).toSorted()).toEqual(['before', 'flow', 'from', 'limit', 'state', 'to']);
  });

  it('is shown at /docs, by a page that keeps to the content policy', async () => {
    const page = await house.app.inject('/docs');
    const shown = page.statusCode === 302 ? await house.app.inject(String(page.headers.location)) : page;
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['content-type']).toContain('text/html');
    expect(shown.body).not.toMatch(/<script>[^<]/);
    const script = /src="([^"]*swagger-initializer\.js)"/.exec(shown.body)?.[1];
    const loaded = await house.app.inject(new URL(script ?? '', 'http://localhost/docs/').pathname);
    expect(loaded.statusCode).toBe(200);
    // What is tried out there is taken as our own page's doing.
    expect(loaded.body).toContain('x-santral-request');
  });
});

it('shows a flow that could be published', () => {
  const schemas = JSON.stringify(document);
  expect(schemas).toContain(JSON.stringify(FLOW_EXAMPLE));
  const file = { path: 'flows/main-menu.yaml', text: FLOW_EXAMPLE };
  const checked = checkRelease({ files: [file], catalogue: new Map(), calendars: new Map(), actions: ACTIONS, recordings: new Set() });
  expect(checked.problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect([...checked.flows.keys()]).toEqual(['main-menu']);
});
