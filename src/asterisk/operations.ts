/**
 * The ARI operations the engine uses: resource and nickname as Asterisk's own API description names them, method, path
 * and query parameters. One table serves both transports (the own one needs method and path, ari-client resource and
 * nickname) and the fake Asterisk of the tests.
 */
export const OPERATIONS = {
  'asterisk.getInfo': { method: 'GET', path: '/asterisk/info', query: ['only'] },
  'asterisk.updateObject': { method: 'PUT', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [], body: 'fields' },
  'asterisk.deleteObject': { method: 'DELETE', path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}', query: [] },
  'applications.get': { method: 'GET', path: '/applications/{applicationName}', query: [] },
  'applications.filter': { method: 'PUT', path: '/applications/{applicationName}/eventFilter', query: [], body: 'filter' },
  'channels.list': { method: 'GET', path: '/channels', query: [] },
  'channels.originate': {
    method: 'POST',
    path: '/channels',
    query: ['endpoint', 'app', 'appArgs', 'callerId', 'timeout', 'channelId', 'originator', 'formats'],
  },
  'channels.get': { method: 'GET', path: '/channels/{channelId}', query: [] },
  'channels.continueInDialplan': { method: 'POST', path: '/channels/{channelId}/continue', query: ['context', 'extension', 'priority'] },
  'channels.snoopChannelWithId': {
    method: 'POST',
    path: '/channels/{channelId}/snoop/{snoopId}',
    query: ['spy', 'whisper', 'app', 'appArgs'],
  },
  'channels.hangup': { method: 'DELETE', path: '/channels/{channelId}', query: ['reason'] },
  'channels.answer': { method: 'POST', path: '/channels/{channelId}/answer', query: [] },
  'channels.ring': { method: 'POST', path: '/channels/{channelId}/ring', query: [] },
  'channels.ringStop': { method: 'DELETE', path: '/channels/{channelId}/ring', query: [] },
  // `media` travels in the JSON body: a request line may hold 4 kB only, and a comma in a path would split it.
  'channels.playWithId': { method: 'POST', path: '/channels/{channelId}/play/{playbackId}', query: [] },
  'channels.record': {
    method: 'POST',
    path: '/channels/{channelId}/record',
    query: ['name', 'format', 'maxDurationSeconds', 'maxSilenceSeconds', 'ifExists', 'beep', 'terminateOn'],
  },
  'channels.mute': { method: 'POST', path: '/channels/{channelId}/mute', query: ['direction'] },
  'channels.unmute': { method: 'DELETE', path: '/channels/{channelId}/mute', query: ['direction'] },
  'channels.setChannelVar': { method: 'POST', path: '/channels/{channelId}/variable', query: ['variable', 'value'] },
  'channels.startMoh': { method: 'POST', path: '/channels/{channelId}/moh', query: ['mohClass'] },
  'channels.stopMoh': { method: 'DELETE', path: '/channels/{channelId}/moh', query: [] },
  'channels.sendDTMF': { method: 'POST', path: '/channels/{channelId}/dtmf', query: ['dtmf', 'between', 'duration'] },
  'playbacks.stop': { method: 'DELETE', path: '/playbacks/{playbackId}', query: [] },
  'recordings.stop': { method: 'POST', path: '/recordings/live/{recordingName}/stop', query: [] },
  'bridges.list': { method: 'GET', path: '/bridges', query: [] },
  'bridges.createWithId': { method: 'POST', path: '/bridges/{bridgeId}', query: ['type', 'name'] },
  'bridges.addChannel': { method: 'POST', path: '/bridges/{bridgeId}/addChannel', query: ['channel', 'role'] },
  'bridges.removeChannel': { method: 'POST', path: '/bridges/{bridgeId}/removeChannel', query: ['channel'] },
  'endpoints.get': { method: 'GET', path: '/endpoints/{tech}/{resource}', query: [] },
  'bridges.destroy': { method: 'DELETE', path: '/bridges/{bridgeId}', query: [] },
} as const satisfies Record<string, Operation>;

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query: readonly string[];
  /** How the description names the body; without it a body is passed as it is. */
  readonly body?: string;
}

export type OperationName = keyof typeof OPERATIONS;
export type Params = { readonly [name: string]: string | number | boolean | undefined };

type Piece = { readonly text: string } | { readonly param: string };

const PIECES: ReadonlyMap<string, readonly Piece[]> = new Map(
  Object.entries(OPERATIONS).map(([name, { path }]) => [
    name,
    path
      .split(/\{(\w+)\}/)
      .map((part, index): Piece => (index % 2 === 0 ? { text: part } : { param: part }))
      .filter((piece) => 'param' in piece || piece.text !== ''),
  ]),
);

/** Path and query of an operation below `/ari`; every value is encoded, undefined ones are left out. */
export function pathOf(name: OperationName, params: Params): string {
  let path = '';
  for (const piece of PIECES.get(name) ?? []) path += 'text' in piece ? piece.text : encodeURIComponent(String(params[piece.param]));
  let separator = '?';
  for (const key of OPERATIONS[name].query) {
    const value = params[key];
    if (value === undefined) continue;
    path += `${separator}${key}=${encodeURIComponent(String(value))}`;
    separator = '&';
  }
  return path;
}
