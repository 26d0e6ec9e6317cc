import { whole } from './schemas.ts';
import { setting } from './setting.ts';

/** Of callbacks. */
export const CALLBACK_SETTINGS = {
  callbackPollSeconds: setting(
    'SANTRAL_CALLBACK_POLL_SECONDS',
    '2',
    whole(1, 60),
    'How often it is looked what other engines on this database did with callbacks.',
  ),
  callbackStaleSeconds: setting(
    'SANTRAL_CALLBACK_STALE_SECONDS',
    '50',
    whole(10, 600),
    'A callback for which an agent was asked by a process that is gone is open again after this time.',
  ),
  callbackKeepAgentSeconds: setting(
    'SANTRAL_CALLBACK_KEEP_AGENT_SECONDS',
    '10',
    whole(1, 120),
    'How long an agent is kept for a customer who calls while that agent was calling them, until they are in the queue.',
  ),
} as const;
