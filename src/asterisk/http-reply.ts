import { MAX_MESSAGE_BYTES } from './transport.ts';

/** One HTTP reply, whole. */
export interface HttpReply {
  readonly status: number;
  readonly text: string;
  /** Whether the connection may be used again. */
  readonly keep: boolean;
}

const HEAD_END = '\r\n\r\n';
const STATUS_LINE = /^HTTP\/1\.\d (\d{3})/;
const LENGTH = /\r\ncontent-length:[ \t]*(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding:[ \t]*chunked/i;
const CLOSES = /\r\nconnection:[ \t]*close/i;

/** Puts together the replies of one connection, of which one is awaited at a time. */
export class ReplyReader {
  /** What came of the reply so far. */
  #bytes: Buffer | null = null;

  /** Takes what has arrived; the bytes are the caller's again afterwards. Undefined: more must come. Throws at what is no reply, or too large. */
  push(arrived: Buffer): HttpReply | undefined {
    const bytes = this.#bytes === null ? arrived : Buffer.concat([this.#bytes, arrived]);
    if (bytes.length > MAX_MESSAGE_BYTES) throw new Error(`the reply is larger than ${MAX_MESSAGE_BYTES} bytes`);
    const reply = replyIn(bytes, false);
    if (reply !== undefined) this.#bytes = null;
    // The buffer that it arrived in is filled anew.
    else this.#bytes = bytes === arrived ? Buffer.from(arrived) : bytes;
    return reply;
  }

  /** The connection has ended: the reply, when its end is told by that. */
  end(): HttpReply | undefined {
    return this.#bytes === null ? undefined : replyIn(this.#bytes, true);
  }
}

/** The reply at the start of the bytes; `over` when no more can come. */
function replyIn(bytes: Buffer, over: boolean): HttpReply | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const status = Number(STATUS_LINE.exec(head)?.[1]);
  if (Number.isNaN(status)) throw new Error('what answers does not speak HTTP');
  const from = headEnd + HEAD_END.length;
  // Something to be going on with; the answer comes after it.
  if (status < 200) return replyIn(bytes.subarray(from), over);
  const keep = !CLOSES.test(head);
  if (status === 204 || status === 304) return whole(bytes, from, from, { status, keep });
  const length = LENGTH.exec(head)?.[1];
  if (length !== undefined) return whole(bytes, from, from + Number(length), { status, keep });
  if (CHUNKED.test(head)) return unchunked(bytes, from, { status, keep });
  return over ? { status, text: bytes.toString('utf8', from), keep: false } : undefined;
}

function whole(bytes: Buffer, from: number, to: number, { status, keep }: Omit<HttpReply, 'text'>): HttpReply | undefined {
  if (bytes.length < to) return undefined;
  // More than was asked for: whatever it is, the next reply would not be ours.
  return { status, text: bytes.toString('utf8', from, to), keep: keep && bytes.length === to };
}

/** A body in chunks, each with its size in hexadecimal before it; the last one is empty. */
function unchunked(bytes: Buffer, from: number, about: Omit<HttpReply, 'text'>): HttpReply | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (!(size >= 0)) throw new Error('the reply has a chunk without a size');
    if (size === 0) {
      const end = bytes.indexOf(HEAD_END, line);
      return end < 0 ? undefined : { ...about, text: Buffer.concat(parts).toString('utf8'), keep: about.keep };
    }
    const start = line + 2;
    at = start + size + 2;
    if (bytes.length < at) return undefined;
    parts.push(bytes.subarray(start, start + size));
  }
}
