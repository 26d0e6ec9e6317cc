import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { mix, readableOn } from './contrast.ts';

/** Petrol, our own; the rest of the palette is tuned so that text on it can be read. */
const petrol: MantineColorsTuple = [
  '#eaf6f7',
  '#d3eaed',
  '#a8d5db',
  '#7abfc9',
  '#55adb9',
  '#3e9fad',
  '#2b8f9e',
  '#1d7885',
  '#14616e',
  '#0b4b56',
];
const green: MantineColorsTuple = [
  '#e9f7ed',
  '#d2ecd9',
  '#a6d9b3',
  '#77c58c',
  '#50b46a',
  '#37a453',
  '#2a9146',
  '#1f7a39',
  '#17662e',
  '#0f4d22',
];
const red: MantineColorsTuple = [
  '#fdeeec',
  '#f8d9d5',
  '#efb0a9',
  '#e5857b',
  '#dc6155',
  '#d4483b',
  '#c5392c',
  '#ad2e22',
  '#92251b',
  '#731b13',
];
const amber: MantineColorsTuple = [
  '#fff6e3',
  '#fbe9c6',
  '#f5d28d',
  '#eeb951',
  '#e8a524',
  '#dd960c',
  '#bb7d05',
  '#926100',
  '#734c00',
  '#573900',
];
const gray: MantineColorsTuple = [
  '#f7f8f9',
  '#eef0f2',
  '#e2e6e9',
  '#d3d9dd',
  '#bcc4ca',
  '#98a3ab',
  '#646e77',
  '#515b63',
  '#363e45',
  '#20262b',
];
const dark: MantineColorsTuple = [
  '#dfe4e8',
  '#bcc5cb',
  '#9aa6ae',
  '#717e87',
  '#4b565e',
  '#3a444b',
  '#2b343a',
  '#1e252a',
  '#171d21',
  '#111619',
];

export const theme = createTheme({
  colors: { petrol, green, red, amber, yellow: amber, gray, dark },
  black: '#1a2126',
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 7 },
  // White on anything darker than this reaches 4.5 : 1, black on anything lighter does.
  autoContrast: true,
  luminanceThreshold: 0.18,
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "Liberation Mono", monospace',
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.95rem', lg: '1.1rem', xl: '1.3rem' },
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.35rem' }, h2: { fontSize: '1.08rem' }, h3: { fontSize: '0.95rem' } } },
  cursorType: 'pointer',
  focusRing: 'auto',
});

const LIGHT_SURFACE = '#ffffff';
const DARK_SURFACE = dark[7];

/** Mantine's soft variants (badges, alerts) and dimmed texts are too pale to read by default: darkened, or lightened, until they are. */
export const variables: CSSVariablesResolver = (resolved) => {
  const light: Record<string, string> = {
    '--mantine-color-body': '#f4f6f7',
    '--mantine-color-dimmed': gray[7],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-error': red[7],
    '--mantine-color-anchor': petrol[8],
    '--santral-surface': LIGHT_SURFACE,
    '--santral-sunken': gray[0],
    '--santral-line': gray[3],
    '--santral-control-line': gray[5],
  };
  const darkScheme: Record<string, string> = {
    '--mantine-color-body': dark[9],
    '--mantine-color-dimmed': dark[1],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': red[3],
    '--mantine-color-anchor': petrol[3],
    '--santral-surface': DARK_SURFACE,
    '--santral-sunken': dark[8],
    '--santral-line': dark[5],
    '--santral-control-line': dark[3],
  };
  for (const [name, shades] of Object.entries(resolved.colors)) {
    if (name === 'dark' || shades.length < 10) continue;
    const soft = softColours(shades);
    Object.assign(light, {
      [`--mantine-color-${name}-light`]: soft.light.background,
      [`--mantine-color-${name}-light-color`]: soft.light.text,
    });
    Object.assign(darkScheme, {
      [`--mantine-color-${name}-light`]: soft.dark.background,
      [`--mantine-color-${name}-light-color`]: soft.dark.text,
    });
  }
  return { variables: {}, light, dark: darkScheme };
};

/** Background and text of a colour's soft variant in both schemes; the text reaches 5 : 1. */
export function softColours(shades: readonly string[]) {
  const [pale, deep] = [shades[2] ?? '#ffffff', shades[8] ?? '#000000'];
  const background = { light: mix(pale, LIGHT_SURFACE, 0.4), dark: mix(shades[5] ?? '#888888', DARK_SURFACE, 0.22) };
  return {
    light: { background: background.light, text: readableOn(deep, background.light, '#000000') },
    dark: { background: background.dark, text: readableOn(pale, background.dark, '#ffffff') },
  };
}
