import type { SettingValues } from './settings.ts';

/** Absent: its own text was refused already. */
type Given = Partial<SettingValues>;

/** What only two settings together show to be wrong; each problem with the variables and what to do. */
export function crossChecks(given: Given): string[] {
  return [...voice(given), ...twinPorts(given), ...portsInAudio(given)];
}

function voice({ voice, voiceUrl }: Given): string[] {
  if (voice !== 'http' || voiceUrl !== undefined) return [];
  return ['SANTRAL_VOICE_URL: is needed, because SANTRAL_VOICE is http. Set it to the voice’s address, or choose another voice'];
}

/** All of them take TCP; of an Asterisk elsewhere only the engine's own counts. */
function twinPorts({ asterisk, httpPort, ariPort, sipPort }: Given): string[] {
  if (asterisk === 'external') return [];
  const ports = [
    ['SANTRAL_HTTP_PORT', httpPort],
    ['SANTRAL_ARI_PORT', ariPort],
    ['SANTRAL_SIP_PORT', sipPort],
  ] as const;
  return ports.flatMap(([one, port], index) =>
    ports
      .slice(index + 1)
      .filter(([, other]) => port !== undefined && other === port)
      .map(([other]) => `${one} and ${other} are the same port, ${port}. Choose another for one of them`),
  );
}

function portsInAudio({ asterisk, sipPort, rtpPorts }: Given): string[] {
  if (asterisk === 'external' || sipPort === undefined || rtpPorts === undefined) return [];
  if (sipPort < rtpPorts.from || sipPort > rtpPorts.to) return [];
  return [`SANTRAL_SIP_PORT: ${sipPort} is one of SANTRAL_RTP_PORTS (${rtpPorts.from}-${rtpPorts.to}). Choose a port outside of them`];
}
