import { C, UA, WebSocketInterface } from 'jssip';
import type { PhoneAccount } from '../api/phone.ts';
import { endOfIncoming, reasonOf, sipCodeOf } from './end-reason.ts';
import { offerOfTelephone, speakTelephone, whenConnected, withoutHiddenHosts } from './media.ts';
import type { EndReason } from './states.ts';

/** What the softphone tells. After `onEnded` a call is silent for good. */
export interface SoftphoneListener {
  onLine(line: 'registering' | 'ready' | 'offline' | 'refused'): void;
  onRinging(): void;
  /** Somebody calls: answer or hang up. */
  onIncoming(number: string): void;
  onAnswered(): void;
  onAudio(stream: MediaStream): void;
  onEnded(reason: EndReason, sipCode: number | null): void;
}

export interface Softphone {
  readonly username: string;
  call(number: string, voice: MediaStream): void;
  /** Takes the call that comes in. */
  answer(voice: MediaStream): void;
  /** Also refuses a call that comes in. */
  hangUp(): void;
  sendKey(key: string): void;
  setMuted(muted: boolean): void;
  /** Registers again, with this password from now on. */
  renew(password: string): void;
  stop(): void;
}

type Session = ReturnType<UA['call']>;
/** A call as JsSIP announces it. */
interface Announced {
  readonly originator: string;
  readonly session: Session;
}
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

const REGISTER_AGAIN_MS = 2000;

const MEDIA: RTCConfiguration = { iceServers: [], bundlePolicy: 'max-bundle' };

/** The one place that knows JsSIP. One line, one call at a time. */
export function createSoftphone(account: PhoneAccount, origin: string, listener: SoftphoneListener): Softphone {
  const ua = startUserAgent(account, origin, (line) => listener.onLine(line));
  let session: Session | null = null;

  function follow(followed: Session, reason: (event: EndEvent) => EndReason): void {
    const current = (): boolean => session === followed;
    const over = (event: EndEvent): void => {
      if (!current()) return;
      session = null;
      listener.onEnded(reason(event), sipCodeOf(event.message));
    };
    const hear = (connection: RTCPeerConnection): void =>
      connection.addEventListener('track', ({ track, streams }) => {
        if (current()) listener.onAudio(streams[0] ?? new MediaStream([track]));
      });
    // Between adding our track and making the offer.
    followed.on('connecting', () => speakTelephone(followed.connection));
    followed.on('sdp', (event: { originator: string; sdp: string }) => {
      if (event.originator === 'local') event.sdp = withoutHiddenHosts(event.sdp);
      else if (followed.direction === 'incoming') event.sdp = offerOfTelephone(event.sdp);
    });
    followed.on('progress', (event: { readonly originator: string }) => {
      if (current() && event.originator === 'remote') listener.onRinging();
    });
    followed.on('accepted', () => void (current() && listener.onAnswered()));
    followed.on('ended', over);
    followed.on('failed', over);
    // Of a call that comes in, the connection is made by its answer.
    if (followed.direction === 'incoming') followed.on('peerconnection', ({ peerconnection }) => hear(peerconnection));
    else hear(followed.connection);
  }

  ua.on('newRTCSession', ({ originator, session: incoming }: Announced) => {
    if (originator !== 'remote') return;
    if (session !== null) return incoming.terminate({ status_code: 486 });
    session = incoming;
    follow(incoming, endOfIncoming);
    listener.onIncoming(incoming.remote_identity.uri.user);
  });
  ua.start();

  return {
    username: account.username,
    call(number, voice) {
      if (session !== null) throw new Error('one call at a time');
      session = ua.call(`sip:${encodeURIComponent(number)}@${account.domain}`, {
        mediaStream: voice,
        pcConfig: MEDIA,
        rtcOfferConstraints: { offerToReceiveAudio: true, offerToReceiveVideo: false },
      });
      follow(session, reasonOf);
    },
    answer(voice) {
      if (session?.direction === 'incoming' && session.isInProgress()) session.answer({ mediaStream: voice, pcConfig: MEDIA });
    },
    hangUp() {
      if (session !== null && !session.isEnded()) session.terminate();
    },
    sendKey(key) {
      const talking = session;
      if (talking?.isEstablished() !== true) return;
      whenConnected(talking.connection, () => {
        if (session !== talking) return;
        talking.sendDTMF(key, { duration: KEY_MS, interToneGap: KEY_GAP_MS, transportType: C.DTMF_TRANSPORT.RFC2833 });
      });
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

/** Connects, registers, and (JsSIP's doing) connects again; tells how it goes. */
function startUserAgent(account: PhoneAccount, origin: string, tell: SoftphoneListener['onLine']): UA {
  const ua = new UA({
    sockets: [new WebSocketInterface(`${origin}${account.wsPath}`)],
    uri: `sip:${account.username}@${account.domain}`,
    authorization_user: account.username,
    password: account.password,
    register: true,
    register_expires: REGISTER_SECONDS,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 6,
    user_agent: 'Santral web phone',
  });
  ua.on('connecting', () => tell('registering'));
  ua.on('connected', () => tell('registering'));
  ua.on('registered', () => tell('ready'));
  ua.on('disconnected', () => tell('offline'));
  ua.on('registrationFailed', ({ response }) => {
    tell(response ? 'refused' : 'offline');
    // No answer though the socket is up: JsSIP would leave it at that.
    if (!response && ua.isConnected()) setTimeout(() => ua.isConnected() && ua.register(), REGISTER_AGAIN_MS);
  });
  return ua;
}
