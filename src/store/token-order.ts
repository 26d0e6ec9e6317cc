import { TOKEN_SLICES } from '../ports/contact-lists.ts';

/** Letters of a token that tell numbers of a list apart: 96 bits. */
const SHORT = 16;
const TOKEN_BYTES = 12;
const ENTRY_BYTES = TOKEN_BYTES + 4;
const FIRST_ENTRIES = 64;

/** What a contact is found by in its list. */
export function shortToken(token: string): string {
  return token.slice(0, SHORT);
}

export interface TokenPlace {
  readonly token: string;
  readonly no: number;
}

/** Tokens that come in no order and leave in theirs, sixteen bytes each: a million take sixteen megabytes, and no slice is long to sort. */
export interface TokenOrder {
  add(token: string, no: number): void;
  /** The tokens of a slice as the database orders them, byte by byte. */
  slice(index: number): readonly TokenPlace[];
}

export function createTokenOrder(): TokenOrder {
  const slices = Array.from({ length: TOKEN_SLICES }, () => ({ bytes: Buffer.alloc(0), used: 0 }));
  return {
    add(token, no) {
      const raw = Buffer.from(shortToken(token), 'base64url');
      const slice = slices[raw[0] ?? 0] as { bytes: Buffer; used: number };
      if (slice.used === slice.bytes.length) {
        const entries = Math.max(FIRST_ENTRIES, Math.ceil((slice.used / ENTRY_BYTES) * 1.5));
        slice.bytes = Buffer.concat([slice.bytes], entries * ENTRY_BYTES);
      }
      raw.copy(slice.bytes, slice.used);
      slice.bytes.writeUInt32BE(no, slice.used + TOKEN_BYTES);
      slice.used += ENTRY_BYTES;
    },
    slice(index) {
      const { bytes, used } = slices[index] as { bytes: Buffer; used: number };
      const places: TokenPlace[] = [];
      for (let at = 0; at < used; at += ENTRY_BYTES)
        places.push({ token: bytes.toString('base64url', at, at + TOKEN_BYTES), no: bytes.readUInt32BE(at + TOKEN_BYTES) });
      return places.sort((a, b) => (a.token < b.token ? -1 : 1));
    },
  };
}
