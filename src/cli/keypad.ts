import { createInterface } from 'node:readline';
import type { InteractiveIo } from './io.ts';

/** Where the caller's doings come from. null: there are no more, or the caller hangs up. */
export interface Keypad {
  /** What is pressed; '' is silence. */
  keys(): Promise<string | null>;
  /** One of the words; the first one when nothing is said about it. */
  word(question: string, words: readonly [string, ...string[]]): Promise<string | null>;
  close(): void;
}

/** `1,34#,_,9`: what is pressed at each question. `_` or nothing is silence, `h` hangs up, a word answers what is not a key. */
export function scriptedKeypad(script: readonly string[]): Keypad {
  const rest = script.map((token) => token.trim());
  return {
    keys() {
      const token = rest.shift();
      return Promise.resolve(token === undefined || token === 'h' ? null : token.replaceAll(/[_\s]/g, ''));
    },
    word(_question, words) {
      const [next] = rest;
      if (next === 'h') return Promise.resolve(null);
      if (next === undefined || !words.includes(next)) return Promise.resolve(words[0]);
      rest.shift();
      return Promise.resolve(next);
    },
    close: () => undefined,
  };
}

/** Everything that is piped in, one line or comma for each question. */
export async function pipedKeypad(stdin: NodeJS.ReadableStream): Promise<Keypad> {
  let text = '';
  stdin.setEncoding('utf8');
  for await (const chunk of stdin) text += String(chunk);
  return scriptedKeypad(tokens(text.replace(/\r?\n$/, '')));
}

/** The tokens of a script. No text at all is no token. */
export function tokens(script: string): string[] {
  return script === '' ? [] : script.split(/[,\n]/);
}

/** Asks whoever sits at the terminal. */
export function typedKeypad(io: InteractiveIo): Keypad {
  const lines = createInterface({ input: io.stdin, terminal: false });
  const iterator = lines[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string | null> => {
    io.out(question);
    const { value, done } = (await iterator.next()) as IteratorResult<string, undefined>;
    return done === true || value === undefined || value.trim() === 'h' ? null : value.trim();
  };
  return {
    keys: async () => (await ask('keys> '))?.replaceAll(/[_\s]/g, '') ?? null,
    async word(question, words) {
      const answer = await ask(`${question} (${words.join(', ')}) [${words[0]}]> `);
      if (answer === null) return null;
      return words.find((word) => word.startsWith(answer)) ?? words[0];
    },
    close: () => lines.close(),
  };
}
