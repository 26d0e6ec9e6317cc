/** Where windows-1254 has Turkish letters; the rest of ours is latin1. */
const TURKISH: Readonly<Record<string, number>> = { Ğ: 0xd0, İ: 0xdd, Ş: 0xde, ğ: 0xf0, ı: 0xfd, ş: 0xfe };

/** A text as Turkish Excel saves CSV. */
export function windows1254(text: string): Buffer {
  return Buffer.from([...text].map((letter) => TURKISH[letter] ?? letter.charCodeAt(0)));
}
