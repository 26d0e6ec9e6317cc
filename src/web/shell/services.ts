import { createContext, useContext } from 'react';
import { FEED_URL, openPhone } from '../api/phone.ts';
import { createFeed, type Feed } from '../feed/feed.ts';
import { openVoice } from '../phone/microphone.ts';
import { createPhone, type Phone } from '../phone/phone.ts';

/** What lives as long as the login and outlives a change of page: a call goes on while the user looks elsewhere. */
export interface Services {
  readonly phone: Phone;
  readonly feed: Feed;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error('useServices outside the shell');
  return services;
}

export function createServices(onUnauthenticated: () => void): Services {
  const phone = createPhone({
    openPhone,
    loadSoftphone: async () => (await import('../phone/softphone.ts')).createSoftphone,
    openVoice,
    origin: location.origin.replace(/^http/, 'ws'),
    now: () => Date.now(),
    later(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    onUnauthenticated,
  });
  return { phone, feed: createFeed(FEED_URL, onUnauthenticated) };
}
