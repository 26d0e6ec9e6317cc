import { describe, expect, it } from 'vitest';
import { reasonOf, sipCodeOf } from '../../src/web/phone/end-reason.ts';
import { levelOf } from '../../src/web/phone/level.ts';
import { offerOfTelephone, withoutHiddenHosts } from '../../src/web/phone/media.ts';
import { END_REASONS } from '../../src/web/phone/states.ts';
import { clockText } from '../../src/web/shared/use-seconds.ts';

describe('an offer with hidden addresses', () => {
  const hidden = 'a=candidate:30 1 udp 2113937151 82d4c706-bfd4-4d7a-8775-135b55d32b82.local 35745 typ host generation 0';
  const plain = 'a=candidate:31 1 udp 2122194687 192.0.2.7 53544 typ host generation 0 network-id 1';

  it('gets a silent address in their place, and keeps everything else', () => {
    const sdp = [
      'v=0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 0 8 126',
      'c=IN IP4 0.0.0.0',
      'a=rtcp:9 IN IP4 0.0.0.0',
      hidden,
      plain,
      'a=ice-ufrag:x.local y',
      '',
    ].join('\r\n');
    expect(withoutHiddenHosts(sdp)).toBe(
      sdp.replace('82d4c706-bfd4-4d7a-8775-135b55d32b82.local', '127.0.0.1').replace('c=IN IP4 0.0.0.0', 'c=IN IP4 127.0.0.1'),
    );
  });

  it('is left alone when nothing is hidden', () => {
    const sdp = `c=IN IP4 192.0.2.7\r\n${plain}\r\n`;
    expect(withoutHiddenHosts(sdp)).toBe(sdp);
  });
});

describe('why a call ended', () => {
  it.each([
    ['Terminated', 'local', 'you-hung-up'],
    ['Terminated', 'remote', 'they-hung-up'],
    ['Canceled', 'local', 'you-hung-up'],
    ['Busy', 'remote', 'busy'],
    ['No Answer', 'system', 'no-answer'],
    ['Rejected', 'remote', 'rejected'],
    ['Not Found', 'remote', 'not-found'],
    ['Unavailable', 'remote', 'unavailable'],
    ['RTP Timeout', 'local', 'media'],
    ['WebRTC Error', 'local', 'media'],
    ['Connection Error', 'system', 'connection'],
    ['SIP Failure Code', 'remote', 'failed'],
    ['Something new', 'remote', 'failed'],
  ])('%s by %s is %s', (cause, originator, reason) => {
    expect(reasonOf({ cause, originator })).toBe(reason);
    expect(END_REASONS).toContain(reason);
  });

  it('names the SIP status of a refusal only', () => {
    expect(sipCodeOf({ status_code: 486 })).toBe(486);
    expect(sipCodeOf({ status_code: 200 })).toBeNull();
    expect(sipCodeOf(null)).toBeNull();
    expect(sipCodeOf('486')).toBeNull();
  });
});

describe('the level meter', () => {
  it.each([
    [0, 0],
    [0.001, 0],
    [0.0316, 50],
    [1, 100],
  ])('shows an amplitude of %d as %d', (amplitude, level) => {
    expect(levelOf(new Float32Array(64).fill(amplitude))).toBe(level);
  });
});

describe('the timer', () => {
  it.each([
    [0, '0:00'],
    [65, '1:05'],
    [3599, '59:59'],
    [3725, '1:02:05'],
  ])('%d s is %s', (seconds, text) => {
    expect(clockText(seconds)).toBe(text);
  });
});

describe('an offer that comes in', () => {
  const offer = (types: string, ...lines: string[]) =>
    ['v=0', `m=audio 4000 UDP/TLS/RTP/SAVPF ${types}`, ...lines, 'a=sendrecv', ''].join('\r\n');

  it('is left with G.711 and keys on its clock', () => {
    const opus = ['a=rtpmap:107 opus/48000/2', 'a=fmtp:107 useinbandfec=1'];
    const g711 = ['a=rtpmap:0 PCMU/8000', 'a=rtpmap:101 telephone-event/8000', 'a=fmtp:101 0-16'];
    const keys = 'a=rtpmap:100 telephone-event/48000';
    expect(offerOfTelephone(offer('107 0 100 101', ...opus, ...g711, keys))).toBe(offer('0 101', ...g711));
  });

  it('stays as it is where there is no G.711', () => {
    const opus = offer('107', 'a=rtpmap:107 opus/48000/2');
    expect(offerOfTelephone(opus)).toBe(opus);
  });
});
