import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeTones } from '../../src/speech/tones.ts';
import { writeWav } from '../../src/speech/wav.ts';

/** The test voice behind HTTP, for an engine with SANTRAL_VOICE=http. It can lose its voice. */
export interface VoiceServer {
  readonly url: string;
  /** From now on texts that fit are refused. */
  refuse(fits: (text: string, language: string) => boolean): void;
  close(): void;
}

export async function openVoiceServer(): Promise<VoiceServer> {
  let refused: (text: string, language: string) => boolean = () => false;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { text, language } = JSON.parse(body) as { text: string; language: string };
      // 400: a second try would not help, so nobody waits for one.
      if (refused(text, language)) response.writeHead(400).end();
      else response.writeHead(200, { 'content-type': 'audio/wav' }).end(writeWav(encodeTones(language, text)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/voice`,
    refuse: (fits) => {
      refused = fits;
    },
    close: () => void server.close(),
  };
}
