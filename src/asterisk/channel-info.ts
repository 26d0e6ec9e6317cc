import type { ChannelInfo } from '../ports/telephony.ts';
import { parseTimestamp } from './timestamps.ts';

/** A JSON object of unknown shape; every field must be looked at before it is believed. */
export type Raw = { readonly [key: string]: unknown };

export function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Our words for ast_channel_state: `Ring` is a caller not yet answered, `Ringing` a far end not yet answering. */
export function stateOf(state: unknown): ChannelInfo['state'] {
  switch (state) {
    case 'Up':
      return 'up';
    case 'Ring':
    case 'Ringing':
      return 'ringing';
    case 'Down':
    case 'Rsrvd':
      return 'down';
    default:
      return 'other';
  }
}

/** Asterisk's Channel as the engine knows it; undefined when it has no id. */
export function channelInfoOf(raw: unknown, fallbackTime: number): ChannelInfo | undefined {
  if (!isRaw(raw) || typeof raw['id'] !== 'string' || raw['id'] === '') return undefined;
  const caller = raw['caller'];
  const dialplan = raw['dialplan'];
  const created = parseTimestamp(textOf(raw['creationtime']));
  return {
    id: raw['id'],
    name: textOf(raw['name']),
    state: stateOf(raw['state']),
    ani: isRaw(caller) ? textOf(caller['number']) : '',
    did: isRaw(dialplan) ? textOf(dialplan['exten']) : '',
    createdAt: Number.isNaN(created) ? fallbackTime : created,
  };
}
