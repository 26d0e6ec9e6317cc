import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { openToAll } from './authentication.ts';
import { api, TAGS } from './contract.ts';

const addSchemas = createJsonSchemaTransformObject({ schemaRegistry: api });

const ABOUT = `Santral's HTTP API.

Browsers log in by \`POST /api/v1/auth/login\` and get a cookie; requests with it that change something carry the header
\`x-santral-request: 1\`. Machines send \`Authorization: Bearer …\` with a token made by an administrator.

Errors are \`application/problem+json\` with a \`code\` of the catalogue (\`GET /api/v1/errors\`); lists are paged by a cursor
(\`next\`); times are UTC milliseconds; customers' phone numbers are masked for everybody but administrators.`;

/** The API's description at /docs (for people) and /docs/json (OpenAPI 3.1), made from the contracts. */
export async function installOpenApi(app: FastifyInstance, version: string, cookie: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Santral', version, description: ABOUT, license: { name: 'Apache-2.0' } },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          cookie: { type: 'apiKey', in: 'cookie', name: cookie, description: 'A browser’s login.' },
          bearer: { type: 'http', scheme: 'bearer', description: 'A machine’s token.' },
        },
      },
    },
    transform: createJsonSchemaTransform({ schemaRegistry: api, skipList: [] }),
    transformObject: (document) => withoutUnused(addSchemas(document)),
  });
  await openToAll(app, async (scope) => {
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      theme: { title: 'Santral: API' },
      uiConfig: {
        // Without the bar that asks for another API's address.
        layout: 'BaseLayout',
        deepLinking: true,
        docExpansion: 'list',
        defaultModelsExpandDepth: 0,
        // Runs in the browser: what is tried out there comes from a page of ours.
        requestInterceptor: (request) => {
          request['headers'] = { ...request['headers'], 'x-santral-request': '1' };
          return request;
        },
      },
    });
  });
}

type Document = ReturnType<typeof addSchemas>;

/** Every named schema is made twice, as input and as output: only those that something refers to are of interest. */
function withoutUnused(document: Document): Document {
  const { components, paths } = document as { components?: { schemas?: Record<string, unknown> }; paths?: unknown };
  const schemas = components?.schemas ?? {};
  const used = new Set<string>();
  const collect = (part: unknown): void => {
    for (const [, id] of JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (id === undefined || used.has(id)) continue;
      used.add(id);
      collect(schemas[id]);
    }
  };
  collect(paths);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([id]) => used.has(id)));
  return Object.assign(document, { components: { ...components, schemas: kept } });
}
