import { C, UA, WebSocketInterface } from 'jssip';
import type { PhoneAccount } from '../api/phone.ts';
import type { EndReason } from './states.ts';

/** What the softphone tells. After `onEnded` a call is silent for good. */
export interface SoftphoneListener {
  onLine(line: 'registering' | 'ready' | 'offline' | 'refused'): void;
  onRinging(): void;
  onAnswered(): void;
  onAudio(stream: MediaStream): void;
  onEnded(reason: EndReason, sipCode: number | null): void;
}

export interface Softphone {
  readonly username: string;
  call(number: string, voice: MediaStream): void;
  hangUp(): void;
  sendKey(key: string): void;
  setMuted(muted: boolean): void;
  /** Registers again, with this password from now on. */
  renew(password: string): void;
  stop(): void;
}

type Session = ReturnType<UA['call']>;
interface EndEvent {
  readonly originator: string;
  readonly message: unknown;
  readonly cause: string;
}

/** Long enough for every detector, short enough for a quick finger. ms. */
const KEY_MS = 120;
const KEY_GAP_MS = 70;
/** A page that vanished without a word is forgotten by Asterisk after this long. */
const REGISTER_SECONDS = 120;

/** The one place that knows JsSIP. One line, one call at a time. */
export function createSoftphone(account: PhoneAccount, origin: string, listener: SoftphoneListener): Softphone {
  const socket = new WebSocketInterface(`${origin}${account.wsPath}`);
  const ua = new UA({
    sockets: [socket],
    uri: `sip:${account.username}@${account.domain}`,
    authorization_user: account.username,
    password: account.password,
    register: true,
    register_expires: REGISTER_SECONDS,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 6,
    user_agent: 'Santral web phone',
  });
  let session: Session | null = null;

  ua.on('connecting', () => listener.onLine('registering'));
  ua.on('connected', () => listener.onLine('registering'));
  ua.on('registered', () => listener.onLine('ready'));
  ua.on('disconnected', () => listener.onLine('offline'));
  ua.on('registrationFailed', ({ response }) => listener.onLine(response ? 'refused' : 'offline'));
  // Nobody calls a web phone; without this JsSIP would leave the caller ringing.
  ua.on('newRTCSession', (event: { readonly originator: string; readonly session: Session }) => {
    if (event.originator === 'remote') event.session.terminate({ status_code: 486 });
  });
  ua.start();

  function place(number: string, voice: MediaStream): Session {
    const placed = ua.call(`sip:${encodeURIComponent(number)}@${account.domain}`, {
      mediaStream: voice,
      pcConfig: { iceServers: [], bundlePolicy: 'max-bundle' },
      rtcOfferConstraints: { offerToReceiveAudio: true, offerToReceiveVideo: false },
    });
    const current = (): boolean => session === placed;
    const over = (event: EndEvent): void => {
      if (!current()) return;
      session = null;
      listener.onEnded(reasonOf(event), sipCodeOf(event.message));
    };
    placed.on('progress', () => void (current() && listener.onRinging()));
    placed.on('accepted', () => void (current() && listener.onAnswered()));
    placed.on('ended', over);
    placed.on('failed', over);
    placed.connection.addEventListener('track', ({ track, streams }) => {
      if (current()) listener.onAudio(streams[0] ?? new MediaStream([track]));
    });
    return placed;
  }

  return {
    username: account.username,
    call(number, voice) {
      if (session !== null) throw new Error('one call at a time');
      session = place(number, voice);
    },
    hangUp() {
      if (session !== null && !session.isEnded()) session.terminate();
    },
    sendKey(key) {
      if (session?.isEstablished() !== true) return;
      session.sendDTMF(key, { duration: KEY_MS, interToneGap: KEY_GAP_MS, transportType: C.DTMF_TRANSPORT.RFC2833 });
    },
    setMuted(muted) {
      if (muted) session?.mute({ audio: true });
      else session?.unmute({ audio: true });
    },
    renew(password) {
      ua.set('password', password);
      ua.register();
    },
    stop: () => ua.stop(),
  };
}

/** JsSIP's cause, in our words. `originator` tells who said goodbye. */
export function reasonOf({ cause, originator }: Pick<EndEvent, 'cause' | 'originator'>): EndReason {
  switch (cause) {
    case 'Terminated':
      return originator === 'remote' ? 'they-hung-up' : 'you-hung-up';
    case 'Canceled':
      return originator === 'remote' ? 'failed' : 'you-hung-up';
    case 'Busy':
      return 'busy';
    case 'No Answer':
    case 'Expires':
      return 'no-answer';
    case 'Rejected':
    case 'Authentication Error':
      return 'rejected';
    case 'Not Found':
    case 'Address Incomplete':
      return 'not-found';
    case 'Unavailable':
      return 'unavailable';
    case 'WebRTC Error':
    case 'Incompatible SDP':
    case 'Bad Media Description':
    case 'Missing SDP':
    case 'RTP Timeout':
      return 'media';
    case 'Connection Error':
    case 'Request Timeout':
    case 'Dialog Error':
      return 'connection';
    default:
      return 'failed';
  }
}

function sipCodeOf(message: unknown): number | null {
  const code = typeof message === 'object' && message !== null ? (message as { status_code?: unknown }).status_code : undefined;
  return typeof code === 'number' && code >= 300 ? code : null;
}
