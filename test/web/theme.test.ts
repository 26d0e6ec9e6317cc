import { DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import { describe, expect, it } from 'vitest';
import { contrast, mix, readableOn } from '../../src/web/theme/contrast.ts';
import { softColours, theme, variables } from '../../src/web/theme/theme.ts';

const merged = mergeMantineTheme(DEFAULT_THEME, theme);
const colours = Object.entries(merged.colors).filter(([name]) => name !== 'dark');

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#336699', '#336699', 1],
  ])('%s on %s is %d', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 1);
    expect(contrast(other, one)).toBeCloseTo(expected, 1);
  });

  it('mixes', () => {
    expect(mix('#ffffff', '#000000', 0.5)).toBe('#808080');
    expect(mix('#123456', '#ffffff', 1)).toBe('#123456');
  });

  it('goes as far as needed to be readable, and no further', () => {
    expect(readableOn('#000000', '#ffffff', '#000000')).toBe('#000000');
    expect(contrast(readableOn('#ffd43b', '#ffffff', '#000000'), '#ffffff')).toBeGreaterThanOrEqual(5);
  });
});

describe('the theme', () => {
  it.each(colours)('has a soft variant of %s that can be read in both schemes', (_name, shades) => {
    for (const { background, text } of Object.values(softColours(shades))) expect(contrast(background, text)).toBeGreaterThanOrEqual(5);
  });

  it('gives every colour its soft variant', () => {
    const { light, dark } = variables(merged);
    for (const [name] of colours) {
      expect(light[`--mantine-color-${name}-light-color`], name).toBeDefined();
      expect(dark[`--mantine-color-${name}-light-color`], name).toBeDefined();
    }
  });

  it('has dimmed, error and placeholder texts that can be read on every ground', () => {
    const { light, dark }: Record<'light' | 'dark', { readonly [name: string]: string | undefined }> = variables(merged);
    for (const scheme of [light, dark]) {
      const grounds = ['--mantine-color-body', '--santral-surface', '--santral-sunken'].map((name) => scheme[name] ?? '');
      for (const name of ['--mantine-color-dimmed', '--mantine-color-error', '--mantine-color-anchor', '--mantine-color-placeholder']) {
        for (const ground of grounds) expect(contrast(scheme[name] ?? '', ground), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('has buttons whose label can be read', () => {
    for (const [name, shade] of [
      ['petrol', 8],
      ['petrol', 7],
      ['green', 8],
      ['red', 7],
    ] as const) {
      expect(contrast(merged.colors[name]?.[shade] ?? '', '#ffffff'), `${name} ${shade}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});
