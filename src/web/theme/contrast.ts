/** Contrast after WCAG 2.2 (relative luminance, sRGB). Colours are `#rrggbb`. */
export type Hex = `#${string}`;

const channels = (hex: string): [number, number, number] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];

function luminance(hex: string): number {
  const [r, g, b] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 1 (same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** `share` of `over` laid on `under`. */
export function mix(over: string, under: string, share: number): Hex {
  const [a, b] = [channels(over), channels(under)];
  const hex = a.map((value, index) =>
    Math.round(value * share + (b[index] ?? 0) * (1 - share))
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

/** `colour`, moved towards `towards` in small steps until it can be read on `background`. */
export function readableOn(colour: string, background: string, towards: string, wanted = 5): string {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(towards, colour, share);
    if (contrast(candidate, background) >= wanted) return candidate;
  }
  return towards;
}
