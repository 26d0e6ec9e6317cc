import { createContext, useContext } from 'react';
import { type AgentDesk, createAgentDesk, openSocket } from '../agent/desk-link.ts';
import { DESK_PATH } from '../api/agent.ts';
import { FEED_URL, openPhone } from '../api/phone.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { openVoice } from '../phone/microphone.ts';
import { createPhone, type Phone } from '../phone/phone.ts';

/** What lives as long as the login and outlives a change of page: a call goes on while the user looks elsewhere. */
export interface Services {
  readonly phone: Phone;
  readonly feed: Feed;
  /** An agent's news; begins with the agent's page. */
  readonly desk: AgentDesk;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices outside the shell');
  return services;
}

export function createServices(onUnauthenticated: () => void): Services {
  const origin = location.origin.replace(/^http/, 'ws');
  const now = (): number => Date.now();
  const later = (ms: number, run: () => void): (() => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  const phone = createPhone({
    openPhone,
    loadSoftphone: async () => (await import('../phone/softphone.ts')).createSoftphone,
    openVoice,
    origin,
    now,
    later,
    onUnauthenticated,
  });
  const desk = createAgentDesk({ open: openSocket(`${origin}${DESK_PATH}`), now, later, onUnauthenticated });
  return { phone, feed: createFeed(FEED_URL, onUnauthenticated), desk };
}
