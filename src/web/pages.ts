import type { ComponentType } from 'react';
import type { IconName } from './icons.tsx';

/** A page behind the login. `name` is a key below `pages` in the locales; `load` brings its code when it is first opened. */
export interface Page {
  readonly path: string;
  readonly name:
    | 'agent'
    | 'supervisor'
    | 'phone'
    | 'flows'
    | 'surveys'
    | 'prompts'
    | 'appointments'
    | 'messages'
    | 'calls'
    | 'reports'
    | 'callbacks'
    | 'campaigns'
    | 'directory';
  readonly icon: IconName;
  /** Whoever has one of these roles may see it; everybody when nothing is said. The engine asks again. */
  readonly roles?: readonly string[];
  /** It has addresses of its own below its path. */
  readonly deep?: true;
  readonly load: () => Promise<ComponentType>;
}

/** Roles of the office, as the engine names them. */
const OFFICE = ['admin', 'supervisor', 'campaign-manager'];

/** Roles that take calls, and those that watch over them. */
const AGENTS = ['admin', 'supervisor', 'agent'];
const SUPERVISORS = ['admin', 'supervisor'];

/** Every page, in the order of the navigation. A new one is a line here and its name in the locales. */
export const PAGES: readonly [Page, ...Page[]] = [
  { path: '/phone', name: 'phone', icon: 'phone', load: async () => (await import('./phone/phone-page.tsx')).PhonePage },
  { path: '/agent', name: 'agent', icon: 'headset', roles: AGENTS, load: async () => (await import('./agent/agent-page.tsx')).AgentPage },
  {
    path: '/supervisor',
    name: 'supervisor',
    icon: 'people',
    roles: SUPERVISORS,
    load: async () => (await import('./supervisor/supervisor-page.tsx')).SupervisorPage,
  },
  {
    path: '/calls',
    name: 'calls',
    icon: 'record',
    roles: SUPERVISORS,
    deep: true,
    load: async () => (await import('./calls/calls-page.tsx')).CallsPage,
  },
  {
    path: '/reports',
    name: 'reports',
    icon: 'chart',
    roles: SUPERVISORS,
    load: async () => (await import('./reports/reports-page.tsx')).ReportsPage,
  },
  {
    path: '/callbacks',
    name: 'callbacks',
    icon: 'clock',
    roles: AGENTS,
    load: async () => (await import('./callbacks/callbacks-page.tsx')).CallbacksPage,
  },
  {
    path: '/directory',
    name: 'directory',
    icon: 'book',
    load: async () => (await import('./directory/directory-page.tsx')).DirectoryPage,
  },
  {
    path: '/flows',
    name: 'flows',
    icon: 'branch',
    roles: OFFICE,
    deep: true,
    load: async () => (await import('./flows/flows-page.tsx')).FlowsPage,
  },
  {
    path: '/campaigns',
    name: 'campaigns',
    icon: 'megaphone',
    roles: OFFICE,
    deep: true,
    load: async () => (await import('./campaigns/campaigns-page.tsx')).CampaignsPage,
  },
  {
    path: '/surveys',
    name: 'surveys',
    icon: 'survey',
    roles: OFFICE,
    load: async () => (await import('./surveys/surveys-page.tsx')).SurveysPage,
  },
  {
    path: '/prompts',
    name: 'prompts',
    icon: 'speaker',
    roles: OFFICE,
    load: async () => (await import('./prompts/prompts-page.tsx')).PromptsPage,
  },
  {
    path: '/appointments',
    name: 'appointments',
    icon: 'calendar',
    roles: OFFICE,
    load: async () => (await import('./appointments/appointments-page.tsx')).AppointmentsPage,
  },
  {
    path: '/messages',
    name: 'messages',
    icon: 'mail',
    roles: ['admin', 'supervisor'],
    load: async () => (await import('./messages/messages-page.tsx')).MessagesPage,
  },
];

export function maySee({ roles }: Pick<Page, 'roles'>, role: string): boolean {
  return roles === undefined || roles.includes(role);
}

/** Where somebody of this role begins. */
export function homeOf(role: string): string {
  return role === 'agent' ? '/agent' : role === 'supervisor' ? '/supervisor' : PAGES[0].path;
}
