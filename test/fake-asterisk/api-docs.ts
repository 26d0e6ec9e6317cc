import { EVENT_TYPES } from '../../src/asterisk/events.ts';
import { OPERATIONS, type Operation } from '../../src/asterisk/operations.ts';

/**
 * Asterisk's description of its own API (Swagger 1.1), for ari-client: the operations the engine uses, and as event
 * models what the fake sends. Undefined when there is no such document.
 */
export function apiDocument(name: string, address: string): object | undefined {
  const resources = [...new Set(Object.keys(OPERATIONS).map(resourceOf)), 'events'];
  const head = { apiVersion: '10.0.0', swaggerVersion: '1.1', basePath: `${address}/ari` };
  if (name === 'resources') {
    const apis = resources.map((resource) => ({ path: `/api-docs/${resource}.{format}`, description: resource }));
    return { ...head, apis };
  }
  if (!resources.includes(name)) return undefined;
  const models = name === 'events' ? Object.fromEntries([...EVENT_TYPES, ...OTHER_TYPES].map((id) => [id, modelOf(id)])) : {};
  return { ...head, resourcePath: `/api-docs/${name}.{format}`, apis: apisOf(name), models };
}

const OTHER_TYPES = ['PlaybackStarted', 'PlaybackContinuing', 'ChannelEnteredBridge', 'ChannelLeftBridge', 'BridgeDestroyed'];

function resourceOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

function apisOf(resource: string): object[] {
  const mine = Object.entries(OPERATIONS).filter(([name]) => resourceOf(name) === resource);
  const paths = [...new Set(mine.map(([, { path }]) => path))];
  return paths.map((path) => ({
    path,
    description: path,
    operations: mine.filter(([, operation]) => operation.path === path).map(([name, operation]) => operationOf(name, operation)),
  }));
}

function operationOf(name: string, operation: Operation): object {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameterOf(parameter, 'path'));
  const inQuery = operation.query.map((parameter) => parameterOf(parameter, 'query'));
  const inBody = operation.body === undefined ? [] : [parameterOf(operation.body, 'body')];
  return {
    httpMethod: operation.method,
    nickname: name.slice(name.indexOf('.') + 1),
    summary: name,
    responseClass: operation.method === 'GET' ? 'object' : 'void',
    parameters: [...inPath, ...inQuery, ...inBody],
    errorResponses: [],
  };
}

function parameterOf(name: string, paramType: string): object {
  return { name, description: name, paramType, required: paramType === 'path', allowMultiple: false, dataType: 'string' };
}

function modelOf(id: string): object {
  return { id, properties: { type: { type: 'string', required: true } } };
}
