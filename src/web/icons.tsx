import type { ReactNode } from 'react';

/** Our own line icons on a grid of 24. Decoration only: the words beside them carry the meaning. */
const SHAPES = {
  phone: (
    <path d="M6.5 3.5h3l1.6 4.4-2.1 1.5a12 12 0 0 0 5.6 5.6l1.5-2.1 4.4 1.6v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2Z" />
  ),
  hangUp: (
    <path d="M3.2 15.6c-1-1.9-.4-3.7 1.3-4.8a15.6 15.6 0 0 1 15 0c1.7 1.1 2.3 2.9 1.3 4.800l-.5.9-4.3-1.3-.2-2.700a13 13 0 0 0-7.6 0l-.2 2.7-4.3 1.300Z" />
  ),
  mic: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.500a6.5 6.5 0 0 0 13 0M12 18v3M9 21h6" />
    </>
  ),
  micOff: (
    <>
      <path d="M9 9v2a3 3 0 0 0 4.8 2.400M15 11V6a3 3 0 0 0-5.7-1.300M5.5 11.500a6.5 6.5 0 0 0 9.8 5.600M18.5 11.500a6.4 6.4 0 0 1-.5 2.500M12 18v3M9 21h6M4 4l16 16" />
    </>
  ),
  speaker: <path d="M4 9.500v5h3.500L12 18.500v-13L7.5 9.500H4ZM15.5 9a4 4 0 0 1 0 6M18 6.500a7.6 7.6 0 0 1 0 11" />,
  keypad: (
    <>
      {[6, 12, 18].flatMap((y) =>
        [6, 12, 18].map((x) => <circle key={`${x}-${y}`} cx={x} cy={y} r="1.5" fill="currentColor" stroke="none" />),
      )}
    </>
  ),
  book: <path d="M5 4.500h12a2 2 0 0 1 2 2v13H7a2 2 0 0 1-2-2v-13ZM5 17.500a2 2 0 0 1 2-2h12M9 8.500h6" />,
  calendar: <path d="M4.5 6.500h15v13h-15v-13ZM4.5 10.500h15M8.5 4v4M15.5 4v4" />,
  mail: <path d="M3.5 6h17v12h-17V6ZM3.5 7l8.5 6.500L20.5 7" />,
  chart: <path d="M4 20h16M7 16.500v-4M12 16.500v-10M17 16.500v-7" />,
  check: <path d="m5 12.5 4.5 4.500L19 7.5" />,
  arrow: <path d="M4 12h15M13.5 6.5 19 12l-5.5 5.5" />,
  plus: <path d="M12 5v14M5 12h14" />,
  minus: <path d="M5 12h14" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  branch: (
    <>
      <circle cx="6" cy="5.5" r="2" />
      <circle cx="6" cy="18.5" r="2" />
      <circle cx="18" cy="9" r="2" />
      <path d="M6 7.500v9M18 11c0 4-8 2-11 5.5" />
    </>
  ),
  globe: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M3.5 12h17M12 3.500c5 5.5 5 11.5 0 17M12 3.500c-5 5.5-5 11.5 0 17" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="m15 15 5 5" />
    </>
  ),
  language: <path d="M3.5 6h9M8 4v2c0 4-2 7-4.5 8.500M5.5 9c1 2.5 3.5 4.5 6 5.500M12.5 20l4-10 4 10M14 17h5" />,
  box: (
    <>
      <rect x="4" y="4" width="16" height="16" rx="3" />
      <path d="M8.5 12h7" />
    </>
  ),
  layers: <path d="m12 4 8.5 4.500L12 13 3.5 8.5 12 4ZM4 13l8 4.5 8-4.5" />,
  forward: <path d="M14 5.5 19.5 11 14 16.500M19.5 11H11a6 6 0 0 0-6 6v1.5" />,
  warning: <path d="M12 4.5 21 20H3l9-15.500ZM12 10v4.500M12 17.300v.2" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5M12 8v.2" />
    </>
  ),
  offline: <path d="M4 4l16 16M8.5 16a5 5 0 0 1 7 0M5.5 12.500A9.5 9.5 0 0 1 10 10M18.5 12.500a9.5 9.5 0 0 0-4-2.400M12 19.500v.2" />,
  upload: <path d="M12 15.5V5M7.5 9.5 12 5l4.5 4.5M4.5 16v2.5a1.5 1.5 0 0 0 1.5 1.5h12a1.5 1.5 0 0 0 1.5-1.5V16" />,
  trash: <path d="M5 7h14M10 7V4.5h4V7M6.5 7l.8 12.5h9.400L17.5 7M10 10.5v5.5M14 10.5v5.5" />,
  play: <path d="M8 5.5v13l10.5-6.5Z" fill="currentColor" />,
  stop: <rect x="6.5" y="6.5" width="11" height="11" rx="1.5" fill="currentColor" />,
  user: (
    <>
      <circle cx="12" cy="8" r="3.8" />
      <path d="M4.5 20a7.5 7.5 0 0 1 15 0" />
    </>
  ),
  logOut: <path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 7.5 19.5 12 15 16.500M9.5 12h10" />,
  backspace: <path d="M8.5 5.500H19a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H8.500L3 12l5.5-6.500ZM11 9.500l5 5M16 9.500l-5 5" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.400M18.4 5.6 17 7M7 17l-1.4 1.4" />
    </>
  ),
  moon: <path d="M20 14.500A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.500Z" />,
  screen: (
    <>
      <rect x="3" y="4.5" width="18" height="12" rx="2" />
      <path d="M8.5 20h7M12 16.500V20" />
    </>
  ),
  dot: <circle cx="12" cy="12" r="5" fill="currentColor" stroke="none" />,
  pause: <path d="M8.5 6v12M15.5 6v12" strokeWidth="3" />,
  headset: (
    <path d="M4.500 14v-2a7.500 7.500 0 0 1 15 0v2M4.500 13.500h2.500v5H6a1.500 1.500 0 0 1-1.500-1.500v-3.500ZM19.500 13.500H17v5h1a1.500 1.500 0 0 0 1.500-1.500v-3.500ZM18.500 18.500c0 1.500-2 2.500-4.500 2.500" />
  ),
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.2" />
      <path d="M3 19.500a6 6 0 0 1 12 0M15.500 5.800a3.200 3.200 0 0 1 0 5.400M17.500 14.200a6 6 0 0 1 3.500 5.300" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
      <path d="M8 10.500V8a4 4 0 0 1 8 0v2.500" />
    </>
  ),
  question: <path d="M9 9.200a3 3 0 1 1 4.200 2.800c-.8.4-1.200 1-1.200 2M12 17.300v.2" />,
  ear: <path d="M7 9.500a5 5 0 0 1 10 0c0 3-3 3.500-3 6.500a3 3 0 0 1-6 .5M10 9.500a2 2 0 0 1 4 0" />,
  survey: (
    <path d="M6 4h12a1.500 1.500 0 0 1 1.500 1.500v13A1.500 1.500 0 0 1 18 20H6a1.500 1.500 0 0 1-1.500-1.500v-13A1.500 1.500 0 0 1 6 4ZM8.500 16v-3M12 16V8.500M15.500 16v-5" />
  ),
  megaphone: <path d="M4 9.500v5h2.500L15 19V5L6.500 9.500H4ZM8 14.500l1.500 5h2M18 9.500a3.500 3.500 0 0 1 0 5" />,
  record: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle cx="12" cy="12" r="4" fill="currentColor" stroke="none" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** `size` in px. Hidden from screen readers. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      {SHAPES[name]}
    </svg>
  );
}
