import type { BrandId } from '../../domain/brand.ts';
import type { AgentSnapshot, DeskNews } from '../../domain/desk-view.ts';
import type { CallId, LegId, UserId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { createHeartbeats } from './heartbeats.ts';
import { type AgentStream, catchUp, type Numbered, type Seen, startStream, tell } from './stream.ts';

/** What the desk asks of the floor. All synchronous: a snapshot and the news after it fit together without a seam. */
export interface DeskFloor {
  /** undefined: that user is no agent. */
  snapshot(agent: UserId): AgentSnapshot | undefined;
  /** Hears everything that agents' pages show. Gives the function that stops it. */
  watch(listener: (agent: UserId, news: DeskNews) => void): () => void;
  /** The page of an agent is silent (false), or speaks again (true). */
  heartbeat(agent: UserId, alive: boolean): void;
  /** Agents who work at this moment and whose telephone is the page. */
  workingOnPages(): readonly UserId[];
}

/** A message as it goes out. */
export interface DeskMessage {
  readonly brand: BrandId;
  readonly seq: number;
  readonly eventId: string;
  readonly callId: CallId | null;
  readonly legId: LegId | null;
  readonly type: DeskNews['type'] | 'hello' | 'superseded';
  readonly at: number;
  readonly data: unknown;
}

/** Why the desk is done with a page: another one of the same agent is open, that user is no agent, the engine stops. */
export type PageEnd = 'superseded' | 'no-profile' | 'closing';

/** The other end of a connection. Neither throws. */
export interface DeskPage {
  send(message: DeskMessage): void;
  end(why: PageEnd): void;
}

/** A page's connection; nothing is sent before its hello. */
export interface DeskConnection {
  /** The page is the agent's one page from now on; one that was before is superseded. */
  hello(seen: Seen): void;
  heartbeat(): void;
  /** The connection is gone. Idempotent. */
  gone(): void;
}

export interface Desk {
  connect(agent: UserId, page: DeskPage): DeskConnection;
  /** Ends all pages; no agent is called silent any more. */
  close(): void;
}

export interface DeskNeeds {
  readonly floor: DeskFloor;
  readonly brand: BrandId;
  readonly clock: Clock;
  /** A name no stream had before. */
  readonly nameStream: () => string;
}

/** Agents' pages: each agent's news in one numbered stream, to one page at a time, and whether that page is alive. */
export function createDesk({ floor, brand, clock, nameStream }: DeskNeeds): Desk {
  const streams = new Map<UserId, AgentStream>();
  const pages = new Map<UserId, DeskPage>();
  const hearts = createHeartbeats(clock, (agent, alive) => floor.heartbeat(agent, alive));

  const outgoing = ({ callId, legId, type, data, seq, eventId, at }: Numbered): DeskMessage => ({
    ...{ brand, seq, eventId, callId, legId, type, at, data },
  });

  /** Of the connection itself: it has the number of the message before, and is never told again. */
  const ownWord = ({ name, seq }: AgentStream, type: 'hello' | 'superseded', data: unknown): DeskMessage => ({
    ...{ brand, seq, eventId: `${name}.${type}`, callId: null, legId: null, type, at: clock.now(), data },
  });

  function heard(agent: UserId, news: DeskNews): void {
    if (news.type === 'state' && worksOnPage(news.data)) hearts.expect(agent);
    const stream = streams.get(agent);
    // Nobody has looked yet, and who looks first gets a snapshot.
    if (stream === undefined) return;
    const told = tell(stream, news, clock.now());
    streams.set(agent, told.stream);
    pages.get(agent)?.send(outgoing(told.message));
  }

  function take(agent: UserId, page: DeskPage, stream: AgentStream): void {
    const before = pages.get(agent);
    pages.set(agent, page);
    if (before === undefined || before === page) return;
    before.send(ownWord(stream, 'superseded', {}));
    before.end('superseded');
  }

  function greet(agent: UserId, page: DeskPage, seen: Seen): void {
    const snapshot = floor.snapshot(agent);
    if (snapshot === undefined) return page.end('no-profile');
    const stream = streams.get(agent) ?? startStream(nameStream());
    streams.set(agent, stream);
    take(agent, page, stream);
    const missed = catchUp(stream, seen, clock.now());
    const resumed = missed.kind === 'replay';
    page.send(
      ownWord(resumed ? { ...stream, seq: seen.lastSeq ?? 0 } : stream, 'hello', {
        stream: stream.name,
        snapshot: resumed ? null : snapshot,
        resumedFrom: resumed ? seen.lastSeq : null,
      }),
    );
    if (resumed) for (const message of missed.messages) page.send(outgoing(message));
    hearts.beat(agent);
  }

  const stopWatching = floor.watch(heard);
  for (const agent of floor.workingOnPages()) hearts.expect(agent);

  return {
    connect: (agent, page) => ({
      hello: (seen) => greet(agent, page, seen),
      heartbeat() {
        if (pages.get(agent) === page) hearts.beat(agent);
      },
      gone() {
        if (pages.get(agent) === page) pages.delete(agent);
      },
    }),
    close() {
      stopWatching();
      hearts.stop();
      for (const page of [...pages.values()]) page.end('closing');
      pages.clear();
    },
  };
}

function worksOnPage({ place, state }: AgentSnapshot['me']): boolean {
  return place.kind === 'web' && state.kind !== 'offline' && state.kind !== 'unreachable';
}
