import type { ComponentType } from 'react';
import type { IconName } from './icons.tsx';

/** A page behind the login. `name` is a key below `pages` in the locales; `load` brings its code when it is first opened. */
export interface Page {
  readonly path: string;
  readonly name: 'phone' | 'surveys' | 'prompts';
  /** Who may see it; everybody when nothing is said. */
  readonly roles?: readonly string[];
  readonly icon: IconName;
  readonly load: () => Promise<ComponentType>;
}

/** Every page, in the order of the navigation. A new one is a line here and its name in the locales. */
export const PAGES: readonly [Page, ...Page[]] = [
  { path: '/phone', name: 'phone', icon: 'phone', load: async () => (await import('./phone/phone-page.tsx')).PhonePage },
  { path: '/surveys', name: 'surveys', icon: 'survey', load: async () => (await import('./surveys/surveys-page.tsx')).SurveysPage },
  {
    path: '/prompts',
    name: 'prompts',
    icon: 'speaker',
    roles: ['admin', 'supervisor', 'campaign-manager'],
    load: async () => (await import('./prompts/prompts-page.tsx')).PromptsPage,
  },
];
