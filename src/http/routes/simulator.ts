import type { z } from 'zod';
import { isKey } from '../../domain/keys.ts';
import { turkishFault } from '../../flow/turkish/run-words.ts';
import type { Caller } from '../../services/auth/callers.ts';
import type { SimulationInput, SimulationOwner } from '../../services/simulator/order.ts';
import type { SimulationView } from '../../services/simulator/simulation.ts';
import {
  beginSimulation,
  endSimulation,
  hearSimulation,
  inputSimulation,
  lookAtSimulation,
  recordSimulation,
} from '../contracts/simulator.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

type Shown = z.output<typeof lookAtSimulation.reply.schema>;
type Sent = z.output<typeof inputSimulation.body>;

export function simulatorRoutes({ deps: { simulator } }: RouteContext): readonly Route[] {
  return [
    route(beginSimulation, async ({ body, caller }) => shown(await simulator.begin(body, ownerOf(caller)))),
    route(inputSimulation, async ({ params, body, caller }) => shown(await simulator.input(params.id, inputOf(body), ownerOf(caller)))),
    route(lookAtSimulation, async ({ params, query, caller }) => shown(simulator.look(params.id, query.first, ownerOf(caller)))),
    route(recordSimulation, async ({ params, body, caller }) => simulator.record(params.id, body.into, body.name, ownerOf(caller))),
    route(endSimulation, async ({ params, caller }) => simulator.end(params.id, ownerOf(caller))),
    route(hearSimulation, async ({ params, caller, reply }) => {
      const wav = await simulator.audio(params.id, params.line, ownerOf(caller));
      void reply.header('cache-control', 'private, max-age=1800');
      return Buffer.from(wav);
    }),
  ];
}

function ownerOf({ token, user }: Caller): SimulationOwner {
  return { login: token.id, admin: user.role === 'admin' };
}

function inputOf(sent: Sent): SimulationInput {
  switch (sent.kind) {
    case 'press':
      return { kind: 'press', keys: [...sent.keys].filter(isKey), more: sent.more };
    case 'record':
      return { kind: 'recorded', outcome: recordingOf(sent) };
    case 'dialled':
      return { ...sent, sipCode: null };
    case 'queued':
      return { ...sent, key: null, agent: null };
    case 'answer':
      return { kind: 'result', outcome: { kind: 'ok', value: sent.value, ...statusOf(sent) }, afterMs: sent.afterMs };
    case 'fail':
      return { kind: 'result', outcome: { kind: 'error', reason: sent.reason, ...statusOf(sent) }, afterMs: sent.afterMs };
    case 'silence':
    case 'hang-up':
    case 'ask':
    case 'wait':
      return sent;
  }
}

function recordingOf({ outcome, ms }: Sent & { kind: 'record' }): Extract<SimulationInput, { kind: 'recorded' }>['outcome'] {
  switch (outcome) {
    case 'spoken':
      return { kind: 'ok', name: 'recording', durationMs: ms };
    case 'nothing':
      return { kind: 'empty' };
    case 'failed':
      return { kind: 'failed' };
  }
}

function statusOf({ status }: { readonly status?: number | undefined }): { readonly status?: number } {
  return status === undefined ? {} : { status };
}

/** Lists that may be written to, as schemas make them. */
function shown({ waiting, stack, hidden, told, ...rest }: SimulationView): Shown {
  const wait: Shown['waiting'] =
    waiting.kind === 'keys'
      ? { ...waiting, options: [...waiting.options] }
      : waiting.kind === 'queueing'
        ? { ...waiting, keys: [...waiting.keys] }
        : waiting;
  return {
    ...rest,
    waiting: wait,
    stack: stack.map((frame) => ({ ...frame })),
    hidden: [...hidden],
    told: told.map((line) => (line.kind === 'fault' ? { ...line, tr: turkishFault(line) } : { ...line })),
  };
}
