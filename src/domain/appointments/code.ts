/** Short enough to be keyed and remembered, long enough that guessing, which is slowed down, finds nobody's. */
export const CODE_DIGITS = 6;
const FIRST = 10 ** (CODE_DIGITS - 1);
const COUNT = 9 * FIRST;
export const CODE_PATTERN = /^[1-9][0-9]{5}$/;

/**
 * An appointment's code of random 32-bit numbers. It does not begin with zero, which people leave out, and is none of those
 * that are tried first (111111, 123456).
 */
export function appointmentCode(draw: () => number): string {
  for (;;) {
    const code = String(FIRST + (draw() % COUNT));
    if (!isObvious(code)) return code;
  }
}

/** The same step from each digit to the next: 111111, 123456, 987654. */
function isObvious(code: string): boolean {
  const steps = new Set(Array.from(code.slice(1), (digit, i) => Number(digit) - Number(code[i])));
  const [step = 0] = steps;
  return steps.size === 1 && Math.abs(step) <= 1;
}
