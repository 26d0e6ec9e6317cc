/** Longer ones are outside numbers. */
const LONGEST_EXTENSION_DIGITS = 6;

/** One telephone a line, in the order they are tried: an extension of the house, or a number as people write it. */
export function telephonesFrom(text: string): readonly ({ readonly extension: string } | { readonly number: string })[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(/\D/g, '').length <= LONGEST_EXTENSION_DIGITS && !line.startsWith('+') ? { extension: line } : { number: line },
    );
}
