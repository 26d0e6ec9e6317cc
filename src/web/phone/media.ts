/** What the telephone network speaks, and keys on the same clock. */
const TELEPHONE_CODECS = ['audio/pcma/8000', 'audio/pcmu/8000', 'audio/telephone-event/8000'];

/**
 * Prompts are 8 kHz: Opus would gain nothing, and it would break keys. Chromium sends them as telephone-event/8000 whenever that was
 * agreed on, but counts their length on the codec's clock: beside Opus a key of 960 units lasts 20 ms instead of 120. While ICE still
 * changes its mind about the best path, Asterisk (strictrtp, probation 4) drops up to 80 ms of audio, and so every third such key was lost.
 */
export function speakTelephone(connection: RTCPeerConnection): void {
  const all = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  const known = all.filter(({ mimeType, clockRate }) => TELEPHONE_CODECS.includes(`${mimeType.toLowerCase()}/${clockRate}`));
  if (known.length < TELEPHONE_CODECS.length) return;
  for (const transceiver of connection.getTransceivers()) transceiver.setCodecPreferences(known);
}

/**
 * The same for an offer that comes in: what is not on the list is taken out of it, so that the answer cannot choose it. An
 * offer without G.711 stays as it is.
 */
export function offerOfTelephone(sdp: string): string {
  const others = [...sdp.matchAll(/^a=rtpmap:(\d+) ([\w-]+\/\d+)/gm)].filter(
    ([, , codec = '']) => !TELEPHONE_CODECS.includes(`audio/${codec.toLowerCase()}`),
  );
  const out = new Set(others.map(([, type]) => type));
  const lines = sdp.split('\r\n').flatMap((line) => {
    if (out.has(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1])) return [];
    const media = /^(m=audio \S+ \S+) (.+)$/.exec(line);
    const kept = media?.[2]?.split(' ').filter((type) => !out.has(type)) ?? [];
    return media === null ? [line] : [`${media[1]} ${kept.join(' ')}`];
  });
  const telephone = lines.some((line) => /^m=audio \S+ \S+ .*\b[08]\b/.test(line));
  return telephone ? lines.join('\r\n') : sdp;
}

/**
 * Without leave to use the microphone, browsers hide our addresses: names (`….local`, mDNS) in the candidates, 0.0.0.0 as the media's own
 * address. Asterisk cannot read the names, sees every one of its checks fail at once, and gives ICE up unless our first check is quicker,
 * which then would tell it our address. And it takes 0.0.0.0 for "hold" (RFC 3264, 8.4) and sends nothing. An address that is there but
 * silent keeps it waiting for us.
 */
export function withoutHiddenHosts(sdp: string): string {
  return sdp
    .replaceAll(/^(?<head>a=candidate:(?:\S+ ){4})\S+\.local /gm, `$<head>${SILENT} `)
    .replaceAll(/^c=IN IP4 0\.0\.0\.0(?=\r?$)/gm, `c=IN IP4 ${SILENT}`);
}

/** Asterisk's own machine, on a port of ours. */
const SILENT = '127.0.0.1';

/** Between the answer and the end of the handshakes nothing can be sent, and keys would be lost: they wait, in order. */
export function whenConnected(connection: RTCPeerConnection, act: () => void): void {
  if (connection.connectionState === 'connected') return act();
  const look = (): void => {
    if (connection.connectionState === 'connecting' || connection.connectionState === 'new') return;
    connection.removeEventListener('connectionstatechange', look);
    if (connection.connectionState === 'connected') act();
  };
  connection.addEventListener('connectionstatechange', look);
}
