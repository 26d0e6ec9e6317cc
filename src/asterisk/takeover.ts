import type { Clock } from '../ports/clock.ts';
import type { Pauses } from './pauses.ts';
import type { AriTransport } from './transport.ts';

/** How often we look whether the engine that took our application is gone. */
const REPLACED_PAUSE_MS = 5_000;
/** An application that gained no channel for this long is taken back: calls of a dead engine keep its name alive. */
const REPLACED_ORPHAN_MS = 600_000;

type Holder =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'somebody'; readonly channelIds: readonly string[] }
  | { readonly kind: 'unknown' };

interface TakeoverDeps {
  readonly transport: AriTransport;
  readonly app: string;
  readonly clock: Clock;
}

export function takeoverReason(app: string): string {
  return `Another engine took over the application "${app}". Two engines must not share a name: set SANTRAL_ARI_APP, or stop one. Waiting until it is free`;
}

/** Another engine has the name: it may work in peace. Back only when the name is free, or its calls are orphans. */
export async function standBack(deps: TakeoverDeps, pauses: Pauses, stopped: () => boolean): Promise<void> {
  const known = new Set<string>();
  let quietSince = deps.clock.now();
  while (!stopped()) {
    await pauses.pause(REPLACED_PAUSE_MS);
    if (stopped()) return;
    const holder = await holderOf(deps);
    if (holder.kind === 'nobody') return;
    if (holder.kind === 'unknown') continue;
    // Without channels only a living engine keeps the name; and only a living one gains channels.
    if (holder.channelIds.length === 0 || holder.channelIds.some((id) => !known.has(id))) quietSince = deps.clock.now();
    for (const id of holder.channelIds) known.add(id);
    if (deps.clock.now() - quietSince >= REPLACED_ORPHAN_MS) return;
  }
}

async function holderOf({ transport, app }: TakeoverDeps): Promise<Holder> {
  try {
    await transport.prepare();
    const reply = await transport.request('applications.get', { applicationName: app }, undefined);
    if (reply.status === 404) return { kind: 'nobody' };
    const ids = (reply.body as { readonly channel_ids?: unknown } | undefined)?.channel_ids;
    return Array.isArray(ids) ? { kind: 'somebody', channelIds: ids.map(String) } : { kind: 'unknown' };
  } catch {
    // Asterisk itself is gone: so is whoever had the name.
    return { kind: 'nobody' };
  }
}
