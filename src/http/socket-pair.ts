import { WebSocket } from 'ws';
import type { Clock } from '../ports/clock.ts';

/** Bytes waiting for the slower side before the faster one is stopped, and when it goes on. */
const HIGH_WATER = 256 * 1024;
const LOW_WATER = 64 * 1024;
export const PING_MS = 30_000;
const LAST_WORD_MS = 1000;

export interface PairNeeds {
  readonly clock: Clock;
  /** Asked at every ping of the browser; false ends the pair. */
  readonly stillAllowed: () => Promise<boolean>;
  readonly onOver: () => void;
}

/** Joins two open sockets: messages pass both ways as they are, the end of one is the end of both. */
export function joinSockets(browser: WebSocket, asterisk: WebSocket, { clock, stillAllowed, onOver }: PairNeeds): { close(): void } {
  let over = false;
  let heard = true;
  let cancelPing = ping();

  function end(code: number, reason: string): void {
    if (over) return;
    over = true;
    cancelPing();
    shut(browser, code, reason, clock);
    shut(asterisk, code, reason, clock);
    onOver();
  }

  function ping(): () => void {
    return clock.setTimer(PING_MS, () => {
      if (!heard) return end(1001, 'the browser is gone');
      heard = false;
      browser.ping();
      cancelPing = ping();
      // When that cannot be told (the database is locked), the phone stays.
      stillAllowed().then((allowed) => (allowed ? undefined : end(4401, 'logged out')), nothing);
    });
  }

  browser.on('pong', () => {
    heard = true;
  });
  carry(browser, asterisk);
  carry(asterisk, browser);
  browser.on('close', (code) => end(sendable(code), ''));
  // 1013: try again later. Asterisk restarts, and the phone registers again by itself.
  asterisk.on('close', (code) => end(code === 1006 ? 1013 : sendable(code), ''));
  asterisk.resume();
  return { close: () => end(1001, 'the engine stops') };
}

const nothing = (): void => undefined;

function carry(from: WebSocket, to: WebSocket): void {
  from.on('message', (data, isBinary) => {
    if (to.readyState !== WebSocket.OPEN) return;
    to.send(data as Buffer, { binary: isBinary }, () => {
      if (from.isPaused && to.bufferedAmount < LOW_WATER) from.resume();
    });
    if (to.bufferedAmount > HIGH_WATER) from.pause();
  });
  // 'close' follows every 'error'.
  from.on('error', nothing);
}

/** Says goodbye, and doesn't wait long for the answer. */
export function shut(socket: WebSocket, code: number, reason: string, clock: Clock): void {
  if (socket.readyState === WebSocket.CLOSED) return;
  // A paused socket never sees the other side's goodbye.
  if (socket.isPaused) socket.resume();
  socket.close(code, reason);
  const cancel = clock.setTimer(LAST_WORD_MS, () => socket.terminate());
  socket.once('close', cancel);
}

/** Codes that say "nothing was said" (1005), "cut" (1006) or "TLS" (1015) may not be sent. */
function sendable(code: number): number {
  return code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code) ? code : code >= 3000 && code <= 4999 ? code : 1000;
}
