import { describe, expect, it } from 'vitest';
import { type HttpReply, ReplyReader } from '../../src/asterisk/http-reply.ts';

const HEAD = 'Server: Asterisk/22.10.1\r\nContent-Type: application/json\r\n';
const ok = (text: string): HttpReply => ({ status: 200, text, keep: true });

/** Feeds the bytes in pieces of that size through one buffer that is filled anew each time, as a socket does. */
function read(text: string, pieceSize: number): HttpReply | undefined {
  const reader = new ReplyReader();
  const bytes = Buffer.from(text);
  const buffer = Buffer.alloc(pieceSize);
  for (let at = 0; at < bytes.length; at += pieceSize) {
    const size = bytes.copy(buffer, 0, at, at + pieceSize);
    const reply = reader.push(buffer.subarray(0, size));
    if (reply !== undefined) return at + size === bytes.length ? reply : { ...reply, text: `${reply.text} (too early)` };
  }
  return reader.end();
}

describe.each([1, 7, 10_000])('a reply in pieces of %i bytes', (size) => {
  it.each<[string, string, HttpReply]>([
    ['with a length', `HTTP/1.1 200 OK\r\n${HEAD}Content-Length: 13\r\n\r\n{"id":"ğşö"}`, { ...ok('{"id":"ğşö"}') }],
    ['with nothing in it', 'HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n', { status: 204, text: '', keep: true }],
    ['of length zero', 'HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n', ok('')],
    [
      'that ends the connection',
      'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
      { status: 404, text: '{}', keep: false },
    ],
    [
      'in chunks, from a proxy',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\nA;x=y\r\n"0123456"}\r\n0\r\n\r\n',
      ok('{"a":"0123456"}'),
    ],
    ['after a word in between', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]', ok('[]')],
    ['whose end is the connection’s', 'HTTP/1.0 200 OK\r\n\r\nhello', { status: 200, text: 'hello', keep: false }],
  ])('%s', (_what, text, reply) => {
    const length = Buffer.byteLength(text.slice(text.indexOf('\r\n\r\n') + 4));
    expect(read(text.replace('Content-Length: 13', `Content-Length: ${length}`), size)).toEqual(reply);
  });
});

describe('a connection that cannot be trusted', () => {
  it('is not used again after more than was asked for', () => {
    expect(read('HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n', 10_000)).toMatchObject({ status: 204, keep: false });
  });

  it.each([
    ['what does not speak HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', /does not speak HTTP/],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', /chunk without a size/],
  ])('breaks at %s', (_what, text, message) => {
    expect(() => new ReplyReader().push(Buffer.from(text))).toThrow(message);
  });

  it('breaks at a reply without end', () => {
    const reader = new ReplyReader();
    reader.push(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n'));
    expect(() => reader.push(Buffer.alloc(4 * 1024 * 1024))).toThrow(/larger than/);
  });

  it('has no reply when it ends in the middle', () => {
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{}', 10_000)).toBeUndefined();
  });
});
