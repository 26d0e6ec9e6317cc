import type { Book } from '../flow/turkish/book.ts';

/** Line by line in Turkish; what the book does not know (a text of the flow, a name) stays as it is. */
export function inTurkish(book: Book): (text: string) => string {
  return (text) =>
    text
      .split('\n')
      .map((line) => book(line) ?? line)
      .join('\n');
}
