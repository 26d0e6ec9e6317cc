/** One spelling per text, so that it is rendered once: composed letters, no control characters, single spaces. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

/** Whether a voice has anything to say: a letter, a number or a sign that has a name ("%"). Dots and dashes alone are silence. */
export function isSpeakable(text: string): boolean {
  return /[\p{L}\p{N}\p{S}%&@*#]/u.test(text);
}
